package zalotest

import (
	"bytes"
	"errors"
	"net/http"
	"time"
)

// webhook is where events are delivered. Server.mu guards it.
type webhook struct {
	url      string
	urls     []string // where to, in turn, instead of url
	copies   int      // how often each event is sent
	turn     int
	reorder  int  // so many events of a person change their order
	byHeader bool // signed with the time in the header
	timeout  time.Duration
	retries  []time.Duration // pauses after which a call that failed is made again
	pending  int             // events that are neither taken nor given up
}

// newWebhook answers within 2 s or is called again, as Zalo does.
func newWebhook() webhook {
	return webhook{
		copies: 1, timeout: 2 * time.Second,
		retries: []time.Duration{30 * time.Second, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour},
	}
}

// SetWebhook saves an address in the console, which tries it with an unsigned {} and wants 200 within 2 s.
func (s *Server) SetWebhook(url string) error {
	req, err := http.NewRequestWithContext(s.life, http.MethodPost, url, bytes.NewReader([]byte("{}")))
	if err != nil {
		return err
	}
	if !s.taken(req, 2*time.Second) {
		return errors.New("the console does not take the address: {} must get 200 within 2 s")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.url = url
	return nil
}

// Duplicate makes the server send each event n times at once, to urls in turn, instead of once to the webhook's address:
// replicas behind a balancer (n = 1), or redeliveries.
func (s *Server) Duplicate(n int, urls ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.copies, s.webhook.urls = n, urls
}

// Reorder makes each n events of a person come in the opposite order; 0: as they happen.
func (s *Server) Reorder(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.reorder = n
}

// SignByHeader makes the server sign with a time in the header X-ZEvent-Timestamp, another one than the event's.
func (s *Server) SignByHeader() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.byHeader = true
}

// RetryAfter sets the pauses after which a call that failed is made again, and how long one may take.
func (s *Server) RetryAfter(timeout time.Duration, pauses ...time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.timeout, s.webhook.retries = timeout, pauses
}

// Pending is how many events were told of, are not taken, and are not given up.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.webhook.pending
}
