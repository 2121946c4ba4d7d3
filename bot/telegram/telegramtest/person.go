package telegramtest

import (
	"fmt"
	"strconv"
	"time"
)

// Person is somebody with a Telegram account. The bot can write to them only after they did something.
type Person struct {
	ID    int64 // also the id of their private chat
	Name  string
	Phone string

	server      *Server // its mu guards the rest
	started     bool
	blocked     bool
	lastMessage int
	received    int
	inbox       []Message
	changed     chan struct{} // closed when the bot sends or edits
}

// Person makes an account.
func (s *Server) Person(name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastPerson++
	p := &Person{
		ID: 1_000_000 + s.lastPerson, Name: name, Phone: fmt.Sprintf("849%08d", s.lastPerson),
		server: s, changed: make(chan struct{}),
	}
	s.people[p.ID] = p
	return p
}

// Chat is the id of the private chat, as bot.Address holds it.
func (p *Person) Chat() string { return strconv.FormatInt(p.ID, 10) }

// Send types a text and gives the id of the message.
func (p *Person) Send(text string) int {
	return p.say(func(m *message) { m.Text = text })
}

// Start presses "Start", or opens a deep link with a payload; as in Telegram, a malformed payload is an error.
func (p *Person) Start(payload string) error {
	if !payloadShape.MatchString(payload) {
		return fmt.Errorf("a start payload has at most 64 of A-Z a-z 0-9 _ -: %q", payload)
	}
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	p.say(func(m *message) {
		m.Text, m.Entities = text, []entities{{Type: "bot_command", Length: len("/start")}}
	})
	return nil
}

// Met makes the person one who wrote to the bot before all this.
func (p *Person) Met() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.started = true
}

// Edit changes a message of the person.
func (p *Person) Edit(id int, text string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	m := p.wire(id, text)
	m.EditDate = time.Now().Unix()
	p.server.push("m"+p.Chat(), "edited_message", m)
}

// ShareContact sends a contact: the person's own, or that of somebody else.
func (p *Person) ShareContact(own bool) {
	c := &contact{Phone: "84901234567", FirstName: "Lê Thị B", UserID: 999}
	if own {
		c = &contact{Phone: p.Phone, FirstName: p.Name, UserID: p.ID}
	}
	p.say(func(m *message) { m.Contact = c })
}

// SendSticker sends a sticker.
func (p *Person) SendSticker() {
	p.say(func(m *message) { m.Sticker = &attached{FileID: "sticker", UniqueID: "sticker"} })
}

// SendVoice sends a voice message.
func (p *Person) SendVoice() {
	p.say(func(m *message) { m.Voice = &attached{FileID: "voice", UniqueID: "voice"} })
}

// SendLocation sends a place.
func (p *Person) SendLocation() {
	p.say(func(m *message) { m.Location = &location{Latitude: 15.12, Longitude: 108.8} })
}

// Block blocks the bot, which Telegram tells the bot.
func (p *Person) Block() { p.member(true, "member", "kicked") }

// Unblock ends Block.
func (p *Person) Unblock() { p.member(false, "kicked", "member") }

func (p *Person) member(blocked bool, was, is string) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	p.started, p.blocked = true, blocked
	us := user{ID: botID, IsBot: true, FirstName: Username, Username: Username}
	s.push("m"+p.Chat(), "my_chat_member", memberUpdate{
		Chat: p.chat(), From: p.user(), Date: time.Now().Unix(),
		Old: member{User: us, Status: was}, New: member{User: us, Status: is},
	})
}

// say sends a message that fill completes, and gives its id.
func (p *Person) say(fill func(*message)) int {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.saying(fill)
}

// saying is say for who holds the lock.
func (p *Person) saying(fill func(*message)) int {
	p.started = true
	p.lastMessage++
	m := p.wire(p.lastMessage, "")
	fill(&m)
	p.server.push("m"+p.Chat(), "message", m)
	return m.ID
}
