package storage

import (
	"context"
	"time"
)

// HeldEvent is an event that was held, as it counts for the quotas of the plan.
type HeldEvent struct {
	ID       int64
	Source   string // the code of an event, or the draft of a form: once each
	Agency   string // who held it
	Task     string // of the plan: "1.6"
	Name     string
	Day      string `db:"held_on"` // "2006-01-02"
	Place    string
	Attended int64  // people; 0: not told
	Document string // that proves it
	Person   int64  `db:"person_id"` // who recorded it
	At       int64
}

// RecordHeldEvent keeps one; ok is false when its source was recorded already.
func RecordHeldEvent(ctx context.Context, tx *Tx, e HeldEvent, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), `
		INSERT INTO held_events (id, source, agency, task, name, held_on, place, attended, document, person_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (source) DO NOTHING RETURNING id`,
		NewID(now), e.Source, e.Agency, e.Task, e.Name, e.Day, e.Place, e.Attended, e.Document, e.Person, millis(now)))
	return ok, wrap("record event", err)
}

// HeldEvents lists the events of a task between two days, both included, the earliest first.
func HeldEvents(ctx context.Context, tx *Tx, task, from, until string) ([]HeldEvent, error) {
	list := []HeldEvent{}
	err := tx.SelectContext(ctx, &list, `SELECT id, source, agency, task, name, held_on, place, attended, document, person_id, at FROM held_events
		WHERE task = $1 AND held_on BETWEEN $2 AND $3 ORDER BY held_on, id`, task, from, until)
	return list, wrap("list events", err)
}
