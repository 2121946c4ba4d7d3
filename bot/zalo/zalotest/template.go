package zalotest

import (
	"maps"
	"net/http"
	"regexp"
	"unicode/utf8"
)

const trackingLimit = 48 // characters

var phoneShape = regexp.MustCompile(`^84[0-9]{9}$`)

// Template is a text that the account submitted for approval.
type Template struct {
	Params  map[string]int // the most characters of each
	Pending bool           // not approved yet
}

// SetTemplate submits a template under an id.
func (s *Server) SetTemplate(id string, t Template) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.templates[id] = t
}

// filled is a template message as the person sees it.
type filled struct {
	Template string            `json:"template_id"`
	Data     map[string]string `json:"template_data"`
}

// templateByID sends to a person by id. The caller holds the lock.
func (s *Server) templateByID(r *http.Request) any {
	call := struct {
		filled
		User string `json:"user_id"`
	}{}
	if !read(r, &call) || s.people[call.User] == nil {
		return refuse(codeParameter)
	}
	return s.sendTemplate(s.people[call.User], call.filled, "")
}

// templateByPhone sends to whoever has a phone number. The caller holds the lock.
func (s *Server) templateByPhone(r *http.Request) any {
	call := struct {
		filled
		Phone    string `json:"phone"`
		Tracking string `json:"tracking_id"`
	}{}
	switch {
	case !read(r, &call), !within(call.Tracking, trackingLimit):
		return refuse(codeParameter)
	case !phoneShape.MatchString(call.Phone):
		return refuse(codePhone)
	}
	for p := range maps.Values(s.people) {
		if p.Phone == call.Phone {
			return s.sendTemplate(p, call.filled, call.Tracking)
		}
	}
	return refuse(codeNoAccount)
}

// sendTemplate needs no window: also who never wrote gets it.
func (s *Server) sendTemplate(p *Person, f filled, tracking string) any {
	t, known := s.templates[f.Template]
	switch {
	case !known || !t.takes(f.Data):
		return refuse(codeParameter)
	case t.Pending:
		return refuse(codeNotApproved)
	case s.allowance.balance == 0:
		return refuse(codeBalance)
	}
	s.allowance.balance--
	told := s.deliver(p, Message{Template: f.Template, Params: f.Data, Tracking: tracking}, s.paidQuota())
	delete(told, "quota")
	return done(told)
}

// takes tells that data has all parameters, each short enough, and no others.
func (t Template) takes(data map[string]string) bool {
	for name, limit := range t.Params {
		if n := utf8.RuneCountInString(data[name]); n == 0 || n > limit {
			return false
		}
	}
	return len(data) == len(t.Params)
}
