package telegramtest

import (
	"net/http"
	"strings"
	"time"
)

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, isFile := strings.CutPrefix(r.URL.Path, "/file/bot"+Token+"/")
	name, isCall := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	switch {
	case isFile:
		name = "file"
	case !isCall:
		write(w, refuse(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	fault, latency := s.note(name)
	s.wait(r, latency)
	switch {
	case fault != nil:
		if fault.Done {
			s.call(name, r)
		}
		s.misbehave(w, r, fault)
	case isFile:
		s.serveFile(w, path)
	default:
		write(w, s.call(name, r))
	}
}

// note counts a call and finds out what shall happen to it.
func (s *Server) note(name string) (*Fault, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[name]++
	s.calls[""]++
	for _, key := range []string{name, ""} {
		if f := s.faults[key]; f != nil {
			f.calls++
			if fault := f.pick(f.calls); fault != nil {
				return fault, s.latency
			}
		}
	}
	return nil, s.latency
}

// wait passes d, unless the caller goes away before.
func (s *Server) wait(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.life.Done():
	}
}
