package zalotest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// tell delivers an event for the first time, and leaves the rest to retry.
func (s *Server) tell(e event) {
	s.mu.Lock()
	copies := s.webhook.copies
	s.webhook.pending += copies - 1
	s.mu.Unlock()
	var first sync.WaitGroup
	for range copies {
		first.Go(func() {
			began := s.Now()
			if s.call(e, 0) {
				s.settled()
				return
			}
			s.drains.Go(func() { s.retry(e, began) })
		})
	}
	first.Wait()
}

// retry calls again until the event is taken, or given up. A pause counts from when the call before began.
func (s *Server) retry(e event, began time.Time) {
	defer s.settled()
	s.mu.Lock()
	pauses := s.webhook.retries
	s.mu.Unlock()
	for i, pause := range pauses {
		if !s.until(began.Add(pause)) {
			return
		}
		began = s.Now()
		if s.call(e, i+1) {
			return
		}
	}
}

func (s *Server) settled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook.pending--
}

// call makes one webhook call; it tells whether the event was taken.
func (s *Server) call(e event, attempt int) bool {
	s.mu.Lock()
	hook, url := s.webhook, s.webhook.url
	if len(hook.urls) > 0 {
		url = hook.urls[hook.turn%len(hook.urls)]
		s.webhook.turn++
	}
	s.mu.Unlock()
	req, err := hook.request(s.life, url, e)
	if err != nil {
		return false
	}
	if attempt > 0 {
		req.Header.Set("num_retry", strconv.Itoa(attempt))
	}
	return s.taken(req, hook.timeout)
}

// request is an event, signed.
func (h webhook) request(ctx context.Context, url string, e event) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(e.body))
	if err != nil {
		return nil, err
	}
	stamp := e.stamp
	if h.byHeader {
		stamp = e.stamp + "1"
		req.Header.Set("X-ZEvent-Timestamp", stamp)
	}
	req.Header.Set("X-ZEvent-Signature", Signature(e.body, stamp))
	return req, nil
}

// Signature is what Zalo signs an event with.
func Signature(body []byte, timestamp string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s%s%s%s", AppID, body, timestamp, OASecret))
	return "mac=" + hex.EncodeToString(sum[:])
}

func (s *Server) taken(req *http.Request, timeout time.Duration) bool {
	ctx, cancel := context.WithTimeout(req.Context(), timeout)
	defer cancel()
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.hooks.Do(req.WithContext(ctx))
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
