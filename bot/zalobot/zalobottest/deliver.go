package zalobottest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// outTimeout is how long one webhook call, or fetching a photo, may take; the platform's own is not known [?].
const outTimeout = 30 * time.Second

// deliverTo sees to it that somebody delivers what a person did, when there is a webhook. The caller holds the lock.
func (s *Server) deliverTo(p *Person) {
	if s.hook.url == "" || p.delivering || s.life.Err() != nil {
		return
	}
	p.delivering = true
	s.drains.Go(func() { s.drain(p) })
}

// drain delivers what a person did, one update at a time, each until it is taken.
func (s *Server) drain(p *Person) {
	for {
		s.mu.Lock()
		i := slices.IndexFunc(s.waiting, func(u *update) bool { return u.person == p })
		if i < 0 || s.hook.url == "" || s.life.Err() != nil {
			p.delivering = false
			s.mu.Unlock()
			return
		}
		one, hook := s.waiting[i], s.hook
		s.mu.Unlock()
		if succeeded(hook.post(s.life, s.out, hook.envelope(one.body))) {
			s.mu.Lock()
			s.remove(one)
			s.mu.Unlock()
			continue
		}
		select {
		case <-time.After(hook.retry):
		case <-s.life.Done():
		}
	}
}

func (h webhook) envelope(body json.RawMessage) []byte {
	if !h.wrapped {
		return body
	}
	return slices.Concat([]byte(`{"ok":true,"result":`), body, []byte(`}`))
}

// post makes one webhook call and gives the status of its answer; 0 when none came.
func (h webhook) post(ctx context.Context, client *http.Client, body []byte) int {
	ctx, cancel := context.WithTimeout(ctx, outTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Bot-Api-Secret-Token", h.secret)
	resp, err := client.Do(req)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}
