package zalobottest

import (
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// webhook is where updates are delivered. Server.mu guards it.
type webhook struct {
	url     string // empty: updates wait for getUpdates
	secret  string
	at      int64 // when it was set, Unix milliseconds
	wrapped bool
	retry   time.Duration
}

// Wrap makes webhook calls carry the documented envelope [2+]. Without it an event comes by itself, as seen in service [1].
func (s *Server) Wrap() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.wrapped = true
}

// RetryAfter sets how long the server waits after a webhook call that was not answered with success, before it tries again.
// Whether the platform does so is not known [?].
func (s *Server) RetryAfter(delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.retry = delay
}

// setWebhook tries the address and tells how that went; the webhook is set in any case [1]. It accepts http too, and this
// machine, because tests have no public address.
func (s *Server) setWebhook(_ *http.Request, p parameters) answer {
	u, err := url.Parse(p.URL)
	switch {
	case err != nil || u.Host == "":
		return bad("url must be a URL")
	case len(p.Secret) < 8 || len(p.Secret) > 256: // [2+]
		return bad("secret_token must have 8 to 256 characters")
	}
	trial := webhook{url: p.URL, secret: p.Secret}
	status := trial.post(s.life, s.out, []byte(`{}`)) // what it really sends is not known [?]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.url, s.hook.secret, s.hook.at = p.URL, p.Secret, time.Now().UnixMilli()
	for _, waiting := range s.waiting {
		s.deliverTo(waiting.person)
	}
	result := s.hook.info()
	result["verification"] = map[string]any{"ok": succeeded(status), "url": p.URL, "outcome": outcome(status), "hint": ""}
	return done(result)
}

func (s *Server) deleteWebhook(*http.Request, parameters) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.url, s.hook.at = "", time.Now().UnixMilli()
	return done(s.hook.info())
}

func (s *Server) getWebhookInfo(*http.Request, parameters) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return done(s.hook.info())
}

func (h webhook) info() map[string]any { return map[string]any{"url": h.url, "updated_at": h.at} }

func succeeded(status int) bool { return status >= 200 && status < 300 }

// outcome is the platform's word for the status of an answer; 0 is none [1].
func outcome(status int) string {
	switch {
	case succeeded(status):
		return "webhook.ok"
	case status == 0:
		return "webhook.err.unreachable"
	case status == http.StatusForbidden, status == http.StatusNotFound:
		return fmt.Sprintf("webhook.http.%d", status)
	case status >= 500:
		return "webhook.http.5xx"
	}
	return "webhook.http.other"
}
