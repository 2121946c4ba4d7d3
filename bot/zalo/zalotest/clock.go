package zalotest

import "time"

// Now is the server's time: the real one, and what was added by Advance.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// now is Now for who holds the lock.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// Advance puts the server's clock forward: windows close, tokens and uploads end, and retries come due.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
	close(s.moved)
	s.moved = make(chan struct{})
}

// until waits for a time of the server's clock. It reports false when the server is closed before.
func (s *Server) until(due time.Time) bool {
	for {
		s.mu.Lock()
		rest, moved := due.Sub(s.now()), s.moved
		s.mu.Unlock()
		if rest <= 0 {
			return s.life.Err() == nil
		}
		timer := time.NewTimer(rest)
		select {
		case <-timer.C:
		case <-moved:
		case <-s.life.Done():
		}
		timer.Stop()
		if s.life.Err() != nil {
			return false
		}
	}
}
