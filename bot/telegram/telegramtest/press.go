package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
)

// Press presses the button or key with a label under the latest message that has one. A key sends its label, or the
// person's contact. It is an error when there is none, or when it opens a web page.
func (p *Person) Press(label string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, m := range slices.Backward(p.inbox) {
		if b, ok := m.button(label); ok {
			return p.press(m, b)
		}
	}
	return fmt.Errorf("no message has a button %q", label)
}

// PressMessage is Press for one message.
func (p *Person) PressMessage(id int, label string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	m := p.find(id)
	if m == nil {
		return fmt.Errorf("there is no message %d", id)
	}
	b, ok := m.button(label)
	if !ok {
		return fmt.Errorf("message %d has no button %q", id, label)
	}
	return p.press(*m, b)
}

// Waiting is how many buttons that the person pressed still show a spinner.
func (p *Person) Waiting() int {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	n := 0
	for _, person := range p.server.presses {
		if person == p.ID {
			n++
		}
	}
	return n
}

func (m Message) button(label string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Label == label {
				return b, true
			}
		}
	}
	return Button{}, false
}

func (p *Person) press(m Message, b Button) error {
	s := p.server
	switch {
	case b.Contact:
		p.saying(func(m *message) { m.Contact = &contact{Phone: p.Phone, FirstName: p.Name, UserID: p.ID} })
	case m.Keyboard:
		p.saying(func(m *message) { m.Text = b.Label })
	case b.URL != "":
		return fmt.Errorf("button %q opens %s", b.Label, b.URL)
	default:
		s.lastPress++
		id := strconv.Itoa(s.lastPress)
		s.presses[id] = p.ID
		bearer := p.botMessage(m)
		s.push("c"+p.Chat(), "callback_query", callbackQuery{
			ID: id, From: p.user(), Message: &bearer, ChatInstance: p.Chat(), Data: b.Data,
		})
	}
	return nil
}
