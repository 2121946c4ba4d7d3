package zalotest

import (
	"net/http"
	"strconv"
	"unicode/utf8"
)

const textLimit = 2000 // characters

// message answers a message call. The caller holds the lock.
func (s *Server) message(r *http.Request) any {
	call := sent{}
	if !read(r, &call) || !utf8.ValidString(call.Message.Text) {
		return refuse(codeParameter)
	}
	if utf8.RuneCountInString(call.Message.Text) > textLimit {
		return refuse(codeTooLong)
	}
	m := Message{Text: call.Message.Text}
	if !s.attach(&m, call.Message.Attachment) {
		return refuse(codeParameter)
	}
	p := s.people[call.Recipient.User]
	if p == nil {
		return refuse(codeParameter)
	}
	used, code := s.spend(p)
	if code != 0 {
		return refuse(code)
	}
	return done(s.deliver(p, m, used))
}

// deliver puts a message into the inbox and tells what became of it. The caller holds the lock.
func (s *Server) deliver(p *Person, m Message, used quota) map[string]any {
	m.ID = s.number("message-")
	p.keep(m)
	if s.watch != nil {
		s.watch(m.Text)
	}
	return map[string]any{
		"message_id": m.ID, "user_id": p.ID, "quota": used, "sent_time": strconv.FormatInt(s.now().UnixMilli(), 10),
	}
}
