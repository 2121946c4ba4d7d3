package storage

import "time"

// AtPoint has f called at the weak moments of a turn with an effect: freeze, frozen, written, committed.
func (s *RedisDialogs) AtPoint(f func(point string) error) { s.atPoint = f }

// ErrTakenOut, returned at "freeze", takes the freeze out.
var ErrTakenOut = errTakenOut

// DrainedAt says when the last complete pass of draining began.
func (s *RedisDialogs) DrainedAt(at time.Time) { s.drain.clear(at) }
