package storage

import (
	"time"

	"khoinghiep/bot"
)

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

// ReadValue reads a dialog as Redis has it, and gives it as it is written again.
func ReadValue(a bot.Address, value string) (*Dialog, string, error) {
	d, err := parseValue(a, value)
	if err != nil {
		return nil, "", err
	}
	state, err := d.encode()
	return d, d.stored.String() + string(state), err
}
