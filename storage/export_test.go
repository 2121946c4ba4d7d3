package storage

import "time"

// AtPoint has f called at the weak moments of a turn with an effect: freeze, frozen, written, committed; and of a
// drain, when it has read values and not written them yet: drain.
func (s *RedisDialogs) AtPoint(f func(point string) error) { s.atPoint = f }

// ErrTakenOut, returned at "freeze", takes the freeze out.
var ErrTakenOut = errTakenOut

// DrainedAt says when the last complete pass of draining began.
func (s *RedisDialogs) DrainedAt(at time.Time) { s.drain.clear(at) }

// Holdings lists the tables that export and erasure know of.
func Holdings() []string {
	tables := []string{}
	for _, h := range append(ofPerson(), ofChat()...) {
		tables = append(tables, h.table)
	}
	return tables
}

// At has dialogs begin by that clock.
func (s *Store) At(clock func() time.Time) { s.clock = clock }
