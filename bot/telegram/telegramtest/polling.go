package telegramtest

import (
	"net/http"
	"strconv"
	"time"
)

func (s *Server) getUpdates(r *http.Request) answer {
	offset := number(r, "offset", 0)
	limit := min(max(number(r, "limit", 100), 1), 100)
	timeout := time.Duration(number(r, "timeout", 0)) * time.Second

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.webhook.url != "" {
		return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if !s.updates.allow(r.FormValue("allowed_updates")) {
		return bad("can't parse allowed updates JSON object")
	}
	s.endPolling()
	s.updates.confirm(offset)
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	mine := make(chan struct{})
	s.updates.polling = mine
	for timeout > 0 && len(s.updates.from(offset, 1)) == 0 {
		goOn, conflicted := s.await(r, deadline.C, mine)
		if conflicted {
			return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
		}
		if !goOn {
			break
		}
	}
	if s.updates.polling == mine {
		s.updates.polling = nil
	}
	return done(s.updates.from(offset, limit))
}

// await lets go of the lock until an update comes (goOn), another call takes over (conflicted), or waiting is over.
func (s *Server) await(r *http.Request, deadline <-chan time.Time, mine <-chan struct{}) (goOn, conflicted bool) {
	arrived := s.updates.arrived
	s.mu.Unlock()
	defer s.mu.Lock()
	select {
	case <-arrived:
		return true, false
	case <-mine:
		return false, true
	case <-deadline:
	case <-r.Context().Done():
	case <-s.life.Done():
	}
	return false, false
}

// endPolling answers the getUpdates that waits with a conflict. The caller holds the lock.
func (s *Server) endPolling() {
	if s.updates.polling != nil {
		close(s.updates.polling)
		s.updates.polling = nil
	}
}

func conflict(description string) answer {
	return refuse(http.StatusConflict, "Conflict: "+description)
}

func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.FormValue(name))
	if err != nil {
		return otherwise
	}
	return n
}
