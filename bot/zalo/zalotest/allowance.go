package zalotest

import (
	"net/http"
	"strconv"
	"time"
)

const (
	freeWindow = 48 * time.Hour
	lastWindow = 7 * 24 * time.Hour
)

// allowance is what the account may send. Server.mu guards it.
type allowance struct {
	free    int // replies to each message of a person; 0: as many as one likes
	paid    int // messages beyond the free ones, that the account still has
	total   int // paid, when it was set
	balance int // templates that the account can still pay
	rate    int // calls a minute; 0: as many as one likes
	minute  time.Time
	made    int // calls since minute
}

// newAllowance has Zalo's 8 free replies, and nothing that costs.
func newAllowance() allowance { return allowance{free: 8} }

// FreeReplies sets how many replies to each message of a person are free, within 48 hours; 0: all.
func (s *Server) FreeReplies(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowance.free = n
}

// Buy sets how many messages beyond the free ones and how many templates the account may send. At first it has none.
func (s *Server) Buy(messages, templates int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowance.paid, s.allowance.total, s.allowance.balance = messages, messages, templates
}

// Limit sets how many calls a minute Zalo takes, and has it tell how many remain; 0: all.
func (s *Server) Limit(rate int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowance.rate, s.allowance.minute = rate, time.Time{}
}

// call counts a call against the rate. The caller holds the lock.
func (a *allowance) call(h http.Header, now time.Time) bool {
	if a.rate == 0 {
		return true
	}
	if now.Sub(a.minute) >= time.Minute {
		a.minute, a.made = now, 0
	}
	a.made++
	h.Set("X-RateLimit-Limit", strconv.Itoa(a.rate))
	h.Set("X-RateLimit-Remain", strconv.Itoa(max(a.rate-a.made, 0)))
	return a.made <= a.rate
}

// quota is Zalo's word for what a message used. Its numbers are strings.
type quota struct {
	Type   string `json:"quota_type"` // the names are not known [?]
	Remain string `json:"remain"`
	Total  string `json:"total"`
}

// spend lets one message through to a person, or tells why not. The caller holds the lock.
func (s *Server) spend(p *Person) (q quota, code int) {
	a, since := &s.allowance, s.now().Sub(p.interacted)
	switch {
	case !p.present:
		return quota{}, codeNoFollower
	case since > lastWindow:
		return quota{}, codeWindow
	case since <= freeWindow && (a.free == 0 || p.replies < a.free):
		p.replies++
		return s.freeQuota(p), 0
	case a.paid == 0:
		return quota{}, codeQuota
	}
	a.paid--
	return s.paidQuota(), 0
}

func (s *Server) freeQuota(p *Person) quota {
	return quota{"reply", strconv.Itoa(max(s.allowance.free-p.replies, 0)), strconv.Itoa(s.allowance.free)}
}

func (s *Server) paidQuota() quota {
	return quota{"paid", strconv.Itoa(s.allowance.paid), strconv.Itoa(s.allowance.total)}
}

// quota answers what may still be sent to a person.
func (s *Server) quota(r *http.Request) any {
	var asked struct {
		User string `json:"user_id"`
	}
	if !read(r, &asked) || s.people[asked.User] == nil {
		return refuse(codeParameter)
	}
	return done([]quota{s.freeQuota(s.people[asked.User]), s.paidQuota()})
}
