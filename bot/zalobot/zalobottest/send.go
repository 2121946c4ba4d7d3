package zalobottest

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf16"
)

const (
	textLimit  = 2000     // characters [2+], counted here in UTF-16 units, the strictest reading [?]
	photoLimit = 10 << 20 // bytes; ours, the platform's is not known [?]
)

func tooLong(text string) bool { return len(utf16.Encode([]rune(text))) > textLimit }

func (s *Server) sendMessage(_ *http.Request, p parameters) answer {
	switch {
	case strings.TrimSpace(p.Text) == "":
		return bad("text must be non-empty")
	case tooLong(p.Text):
		return bad("text is longer than 2000 characters")
	}
	return s.deliver(p.Chat, Message{Text: p.Text})
}

// sendPhoto takes a photo by its address only, and fetches it [2+].
func (s *Server) sendPhoto(_ *http.Request, p parameters) answer {
	if tooLong(p.Caption) {
		return bad("caption is longer than 2000 characters")
	}
	data, refusal := s.fetch(p.Photo)
	if refusal != "" {
		return bad(refusal)
	}
	return s.deliver(p.Chat, Message{Text: p.Caption, Photo: data})
}

// fetch gets a photo as the platform does, or says why not.
func (s *Server) fetch(address string) (data []byte, refusal string) {
	if u, err := url.Parse(address); err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
		return nil, "photo must be a URL"
	}
	ctx, cancel := context.WithTimeout(s.life, outTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, "photo must be a URL"
	}
	resp, err := s.out.Do(req)
	if err != nil {
		return nil, "cannot fetch the photo"
	}
	defer func() { _ = resp.Body.Close() }()
	data, err = io.ReadAll(io.LimitReader(resp.Body, photoLimit+1))
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, "cannot fetch the photo"
	}
	if len(data) > photoLimit || !strings.HasPrefix(http.DetectContentType(data), "image/") {
		return nil, "photo is not an image of a fair size"
	}
	return data, ""
}

func (s *Server) sendSticker(_ *http.Request, p parameters) answer {
	if p.Sticker == "" {
		return bad("sticker must be non-empty")
	}
	return s.deliver(p.Chat, Message{Sticker: p.Sticker})
}

func (s *Server) sendChatAction(_ *http.Request, p parameters) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.reached(p.Chat) == nil:
		return bad("chat not found")
	case p.Action != "typing": // upload_photo is announced only [2+]
		return bad("action is unknown")
	}
	return answer{OK: true}
}

// deliver puts a message into the inbox of the chat, within the plan.
func (s *Server) deliver(chat string, m Message) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.reached(chat)
	switch {
	case p == nil:
		return bad("chat not found")
	case s.plan.messages < 1, p.received == 0 && s.plan.people < 1:
		return refuse(http.StatusTooManyRequests, "Quota exceeded")
	}
	s.plan.messages--
	if p.received == 0 {
		s.plan.people--
	}
	m.ID = s.newID()
	p.keep(m)
	return done(map[string]any{"message_id": m.ID, "date": time.Now().UnixMilli()})
}

// reached finds who is in a chat; nil when nobody there ever wrote. The caller holds the lock.
func (s *Server) reached(chat string) *Person {
	if p := s.people[chat]; p != nil && p.wrote {
		return p
	}
	return nil
}
