package zalobottest

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// The objects of an update as far as the fake sends them [2+].
type (
	event struct {
		Name    string  `json:"event_name"`
		Message message `json:"message"`
	}
	message struct {
		ID       string `json:"message_id"`
		From     user   `json:"from"`
		Chat     chat   `json:"chat"`
		Date     int64  `json:"date"` // Unix milliseconds
		Text     string `json:"text,omitempty"`
		Photo    string `json:"photo,omitempty"`
		Caption  string `json:"caption,omitempty"`
		Sticker  string `json:"sticker,omitempty"`
		URL      string `json:"url,omitempty"` // of the sticker
		VoiceURL string `json:"voice_url,omitempty"`
	}
	user struct {
		ID    string `json:"id"`
		Name  string `json:"display_name"`
		IsBot bool   `json:"is_bot"`
	}
	chat struct {
		ID   string `json:"id"`
		Type string `json:"chat_type"`
	}
)

// update is an event that waits to be taken.
type update struct {
	person *Person
	body   json.RawMessage
}

// push makes an update. The caller holds the lock.
func (s *Server) push(p *Person, e event) {
	body, err := json.Marshal(e)
	if err != nil {
		panic(err) // our own structures
	}
	s.waiting = append(s.waiting, &update{p, body})
	close(s.arrived)
	s.arrived = make(chan struct{})
	s.deliverTo(p)
}

// Pending is how many updates nobody took yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

// remove forgets an update. The caller holds the lock.
func (s *Server) remove(one *update) {
	s.waiting = slices.DeleteFunc(s.waiting, func(u *update) bool { return u == one })
}

// getUpdates hands out one update, which is gone then, or says 408 when none comes in time [2+].
func (s *Server) getUpdates(r *http.Request, p parameters) answer {
	deadline := time.NewTimer(time.Duration(cmp.Or(p.Timeout, 30)) * time.Second)
	defer deadline.Stop()
	for {
		s.mu.Lock()
		if s.hook.url != "" {
			s.mu.Unlock()
			return bad("getUpdates does not work while a webhook is set; use deleteWebhook")
		}
		if len(s.waiting) > 0 {
			one := s.waiting[0]
			s.remove(one)
			s.mu.Unlock()
			return done(one.body)
		}
		arrived := s.arrived
		s.mu.Unlock()
		select {
		case <-arrived:
			continue
		case <-deadline.C:
		case <-r.Context().Done():
		case <-s.life.Done():
		}
		return refuse(http.StatusRequestTimeout, "Request timeout")
	}
}
