package telegramtest

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"sync"
	"time"
)

// webhook is where updates are delivered. Server.mu guards it, except for slots.
type webhook struct {
	url     string // empty: updates wait for getUpdates
	secret  string
	copies  int           // how often each update is sent
	urls    []string      // where to, in turn, instead of url
	timeout time.Duration // for one call
	retry   time.Duration // after a first failure; doubles up to a minute
	slots   chan struct{} // calls at once: Telegram's default max_connections
}

var secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

// RetryAfter sets how long the server waits after a webhook call that failed, at first; and how long one call may take.
func (s *Server) RetryAfter(delay, timeout time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.retry, s.webhook.timeout = delay, timeout
}

// Duplicate makes the server send each update n times at once, to urls in turn, instead of once to the webhook's
// address: replicas behind a balancer (n = 1), or redeliveries. It takes effect once a webhook is set.
func (s *Server) Duplicate(n int, urls ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.copies, s.webhook.urls = n, urls
}

// setWebhook accepts http too, because tests have no certificates.
func (s *Server) setWebhook(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.updates.allow(r.FormValue("allowed_updates")) {
		return bad("can't parse allowed updates JSON object")
	}
	if !secretShape.MatchString(r.FormValue("secret_token")) {
		return bad("secret token contains unallowed characters")
	}
	s.webhook.url, s.webhook.secret = r.FormValue("url"), r.FormValue("secret_token")
	if s.webhook.url != "" {
		s.endPolling()
	}
	for _, q := range s.updates.queues {
		s.deliverFrom(q)
	}
	return done(true)
}

func (s *Server) deleteWebhook(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.url = ""
	if r.FormValue("drop_pending_updates") == "true" {
		s.updates.confirm(s.updates.last + 1)
	}
	return done(true)
}

// deliverFrom sees to it that somebody delivers from q, when there is a webhook. The caller holds the lock.
func (s *Server) deliverFrom(q *queue) {
	if s.webhook.url == "" || q.busy || s.life.Err() != nil {
		return
	}
	q.busy = true
	s.drains.Go(func() { s.drain(q) })
}

// drain delivers a queue, one update at a time.
func (s *Server) drain(q *queue) {
	for {
		s.mu.Lock()
		q.items = withoutDone(q.items)
		if len(q.items) == 0 || s.webhook.url == "" || s.life.Err() != nil {
			q.busy = false
			s.mu.Unlock()
			return
		}
		one, copies := q.items[0], max(s.webhook.copies, 1)
		s.mu.Unlock()

		var sent sync.WaitGroup
		for i := range copies {
			sent.Go(func() { s.post(one, i) })
		}
		sent.Wait()
	}
}

// post delivers one copy of an update, again and again until it is taken or there is no webhook.
func (s *Server) post(one *update, nth int) {
	s.mu.Lock()
	delay := s.webhook.retry
	s.mu.Unlock()
	for attempt := 0; ; attempt++ {
		s.mu.Lock()
		hook := s.webhook
		s.mu.Unlock()
		if hook.url == "" {
			return
		}
		if hook.call(s.life, s.hooks, one, one.id+nth+attempt) {
			s.mu.Lock()
			one.done = true
			s.mu.Unlock()
			return
		}
		select {
		case <-time.After(delay):
			delay = min(2*delay, time.Minute)
		case <-s.life.Done():
			return
		}
	}
}

// call is one webhook call; turn chooses among several addresses. It tells whether the update was taken.
func (h *webhook) call(ctx context.Context, client *http.Client, one *update, turn int) bool {
	h.slots <- struct{}{}
	defer func() { <-h.slots }()
	url := h.url
	if len(h.urls) > 0 {
		url = h.urls[turn%len(h.urls)]
	}
	ctx, cancel := context.WithTimeout(ctx, h.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(one.body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode >= 200 && resp.StatusCode < 300
}
