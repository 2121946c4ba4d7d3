package storage

import (
	"context"
	"time"
)

// RecordEventHeld counts an event that is over for the quota of who held it, once; an event without a task counts for none.
// now is in the zone of the province.
func RecordEventHeld(ctx context.Context, tx *Tx, e Event, now time.Time) error {
	if e.Task == "" {
		return nil
	}
	s, err := SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	_, err = RecordHeldEvent(ctx, tx, HeldEvent{
		Source: e.Code, Agency: e.Agency, Task: e.Task, Name: e.Name, Day: e.Start(now.Location()).Format(time.DateOnly), Place: e.Place,
		Attended: s.Arrived, Person: e.Author,
	}, now)
	return err
}

// EventHeld reports whether an event was counted as held.
func EventHeld(ctx context.Context, tx *Tx, e Event) (bool, error) {
	ok, err := found(tx.GetContext(ctx, new(int64), `SELECT id FROM held_events WHERE source = $1`, e.Code))
	return ok, wrap("ask whether an event was held", err)
}
