package zalotest

import (
	"fmt"
	"slices"
)

// Press presses the button with a label under the latest message that has one, or the card with that title, which shares
// the person's name and number. It is an error when there is none, or when it opens a web page or a call.
func (p *Person) Press(label string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, m := range slices.Backward(p.inbox) {
		if m.Card == label && label != "" {
			p.share(Info{Name: p.Name, Phone: p.Phone})
			return nil
		}
		if b, ok := m.button(label); ok {
			return p.press(b)
		}
	}
	return fmt.Errorf("no message has a button %q", label)
}

// PressMessage is Press for the buttons of one message.
func (p *Person) PressMessage(id, label string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	i := slices.IndexFunc(p.inbox, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return fmt.Errorf("there is no message %s", id)
	}
	b, ok := p.inbox[i].button(label)
	if !ok {
		return fmt.Errorf("message %s has no button %q", id, label)
	}
	return p.press(b)
}

func (m Message) button(label string) (Button, bool) {
	i := slices.IndexFunc(m.Buttons, func(b Button) bool { return b.Label == label })
	if i < 0 {
		return Button{}, false
	}
	return m.Buttons[i], true
}

// press types the payload, as Zalo does. The caller holds the lock.
func (p *Person) press(b Button) error {
	if b.Payload == "" {
		return fmt.Errorf("button %q opens %s%s", b.Label, b.URL, b.Phone)
	}
	p.saying("user_send_text", map[string]any{"text": b.Payload})
	return nil
}

// Info is what a person fills in on the form that a card opens.
type Info struct {
	Name, Phone, Address, Ward, City string
	Old                              bool // sent in the form of earlier years
}

// ShareInfo fills in the form of the latest card. It is an error when there is none.
func (p *Person) ShareInfo(info Info) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if !slices.ContainsFunc(p.inbox, func(m Message) bool { return m.Card != "" }) {
		return fmt.Errorf("nobody asked for it")
	}
	p.share(info)
	return nil
}

// share tells what a form holds. The caller holds the lock.
func (p *Person) share(info Info) {
	p.interact()
	told := map[string]any{
		"name": info.Name, "phone": info.Phone, "user_dob": "30/10/1999", "gender": "1",
		"full_address": map[string]string{"user_city": info.City, "user_ward": info.Ward, "user_address": info.Address},
	}
	if info.Old {
		told = map[string]any{
			"name": info.Name, "phone": info.Phone, "address": info.Address, "city": info.City, "district": "", "ward": info.Ward,
		}
	}
	p.server.push(p, "user_submit_info", map[string]any{"sender": party{p.ID}, "recipient": party{OA}, "info": told})
}
