package zalobottest

import (
	"fmt"
	"net/http"
	"time"
)

const photoPath = "/photo/"

// Person is somebody with a Zalo account. The bot can write to them only after they wrote [?].
type Person struct {
	Name string

	chat       string
	server     *Server // its mu guards the rest
	wrote      bool
	received   int
	inbox      []Message
	changed    chan struct{} // closed when the bot sends
	delivering bool          // somebody delivers by webhook what the person did
}

// Person makes an account.
func (s *Server) Person(name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastPerson++
	p := &Person{Name: name, chat: fmt.Sprintf("6ede9afa66b8%08x", s.lastPerson), server: s, changed: make(chan struct{})}
	s.people[p.chat] = p
	return p
}

// Chat is the id of the private chat, as bot.Address holds it; it is also the person's own.
func (p *Person) Chat() string { return p.chat }

// Send types a text and gives the id of the message.
func (p *Person) Send(text string) string {
	return p.say("text", func(m *message) { m.Text = text })
}

// SendPhoto sends a photo with a caption, which may be empty.
func (p *Person) SendPhoto(data []byte, caption string) string {
	return p.say("image", func(m *message) {
		path := photoPath + m.ID + ".jpg"
		p.server.photos[path] = data
		m.Photo, m.Caption = p.server.URL+path, caption
	})
}

// SendSticker sends a sticker.
func (p *Person) SendSticker() string {
	return p.say("sticker", func(m *message) {
		m.Sticker, m.URL = "0e078a2fb66a5f34067b", "https://stickers.zaloapp.com/0e078a2fb66a5f34067b.png"
	})
}

// SendVoice sends a voice message.
func (p *Person) SendVoice() string {
	return p.say("voice", func(m *message) { m.VoiceURL = p.server.URL + "/voice.aac" })
}

// SendFile sends a file, or something else of which the platform tells the bot no more than that it came [1].
func (p *Person) SendFile() string {
	return p.say("unsupported", func(*message) {})
}

// Met makes the person one who wrote to the bot before all this.
func (p *Person) Met() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.wrote = true
}

// say sends a message that fill completes, and gives its id.
func (p *Person) say(kind string, fill func(*message)) string {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	p.wrote = true
	m := message{
		ID: s.newID(), From: user{ID: p.chat, Name: p.Name}, Chat: chat{ID: p.chat, Type: "PRIVATE"},
		Date: time.Now().UnixMilli(),
	}
	fill(&m)
	s.push(p, event{Name: "message." + kind + ".received", Message: m})
	return m.ID
}

// newID names a message. The caller holds the lock.
func (s *Server) newID() string {
	s.lastID++
	return fmt.Sprintf("2d758cb5e222%08x", s.lastID)
}

func (s *Server) servePhoto(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	data, ok := s.photos[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_, _ = w.Write(data) // a client that has gone away is no error of ours
}
