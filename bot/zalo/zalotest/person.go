package zalotest

import (
	"fmt"
	"strconv"
	"time"
)

// Person is somebody with a Zalo account. The account can write to them only after they did something.
type Person struct {
	ID    string // as the account knows them; also the id of their chat
	Name  string
	Phone string

	server     *Server // its mu guards the rest
	present    bool    // follows, or wrote since they stopped following
	interacted time.Time
	replies    int // that were free since the last message
	received   int
	inbox      []Message
	changed    chan struct{} // closed when the account sends
}

// Person makes an account.
func (s *Server) Person(name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.people) + 1
	p := &Person{
		ID: strconv.Itoa(4_500_000_000_000_000_000 + n), Name: name, Phone: fmt.Sprintf("849%08d", n),
		server: s, changed: make(chan struct{}),
	}
	s.people[p.ID] = p
	return p
}

// Chat is the id of the chat, as bot.Address holds it.
func (p *Person) Chat() string { return p.ID }

// Met makes the person one who wrote to the account just before all this.
func (p *Person) Met() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.interact()
}

// Follow presses "Quan tâm".
func (p *Person) Follow() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.interact()
	p.server.push(p, "follow", p.following())
}

// Unfollow ends Follow.
func (p *Person) Unfollow() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.present = false
	p.server.push(p, "unfollow", p.following())
}

func (p *Person) following() map[string]any {
	return map[string]any{"oa_id": OA, "follower": party{p.ID}, "source": "oa_profile"}
}

// ClickChat opens the chat.
func (p *Person) ClickChat() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.push(p, "user_click_chatnow", map[string]any{"oa_id": OA, "user_id": p.ID})
}

// See makes Zalo tell that the person got, or read, messages of the account.
func (p *Person) See(read bool, messageIDs ...string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	name, message := "user_received_message", map[string]any{"msg_id": messageIDs[0], "delivery_time": p.server.stamp()}
	if read {
		name, message = "user_seen_message", map[string]any{"msg_ids": messageIDs}
	}
	p.server.push(p, name, map[string]any{"sender": party{OA}, "recipient": party{p.ID}, "message": message})
}

// HearFrom has the account write a text outside the API: an admin by hand, or nobody ("") as an automatic reply. Zalo tells
// of it as of everything that the account sends.
func (p *Person) HearFrom(admin, text string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	sender := map[string]string{"id": OA}
	if admin != "" {
		sender["admin_id"] = admin
	}
	m := Message{ID: p.server.number("message-"), Text: text}
	p.keep(m)
	p.server.push(p, "oa_send_text", map[string]any{
		"sender": sender, "recipient": party{p.ID}, "message": map[string]any{"text": text, "msg_id": m.ID},
	})
}

// interact begins the person's window anew. The caller holds the lock.
func (p *Person) interact() { p.present, p.interacted, p.replies = true, p.server.now(), 0 }
