package storage

import (
	"context"
	"database/sql/driver"
	"time"
)

// Event is something that people are invited to.
type Event struct {
	ID        int64
	Code      string // SK-2026-0001
	Draft     string // of the form it came from; unique
	Author    int64  `db:"author_id"` // who changed it last
	Agency    string // who holds it: the id of an Agency
	Host      string // the agency's name; the id of one that is not known
	Name      string
	Kind      string
	Task      string // of the plan, which it counts for: "1.6"; "": none
	Place     string
	Map       string    // a link; "": none
	Questions Questions // to those who join
	StartsAt  int64     `db:"starts_at"` // Unix milliseconds, as all below
	EndsAt    int64     `db:"ends_at"`
	TimedAt   int64     `db:"timed_at"` // when StartsAt was set last
	Capacity  int64     // places; 0: no limit
	State     EventState
	Revision  int64 // raised by every correction
	CreatedAt int64 `db:"created_at"`
}

// EventState is where an event stands.
type EventState string

// The states.
const (
	EventOpen      EventState = "open" // to come, or going on
	EventCancelled EventState = "cancelled"
	EventOver      EventState = "over"
)

// Start and End are its times, in a zone.
func (e Event) Start(zone *time.Location) time.Time { return time.UnixMilli(e.StartsAt).In(zone) }

// End is when it ends.
func (e Event) End(zone *time.Location) time.Time { return time.UnixMilli(e.EndsAt).In(zone) }

// Joinable reports whether people may still join.
func (e Event) Joinable(now time.Time) bool { return e.State == EventOpen && millis(now) < e.EndsAt }

// Questions are asked of those who join; answers are kept by their index.
type Questions []string

// Value gives the JSON that is kept.
func (q Questions) Value() (driver.Value, error) { return encodeColumn([]string(q)) }

// Scan reads what Value gave.
func (q *Questions) Scan(kept any) error { return decodeColumn(kept, (*[]string)(q)) }

const eventColumns = `id, code, draft, author_id, agency, name, kind, task, place, map, questions, starts_at, ends_at, timed_at, capacity, state,
	revision, created_at, COALESCE((SELECT h.name FROM agencies h WHERE h.id = events.agency), agency) AS host`

// AddEvent keeps e as open, once for its form, and fills in the rest.
func AddEvent(ctx context.Context, tx *Tx, e *Event, now time.Time) error {
	ok, err := found(tx.GetContext(ctx, e, `SELECT `+eventColumns+` FROM events WHERE draft = $1`, e.Draft))
	if ok || err != nil {
		return wrap("find event of draft", err)
	}
	if e.Code, err = nextCode(ctx, tx, "SK", now.Year()); err != nil {
		return err
	}
	return wrap("keep event", tx.GetContext(ctx, e, `
		INSERT INTO events (id, code, draft, author_id, agency, name, kind, task, place, map, questions, starts_at, ends_at, capacity, state, created_at, timed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', $15, $15) RETURNING `+eventColumns,
		NewID(now), e.Code, e.Draft, e.Author, e.Agency, e.Name, e.Kind, e.Task, e.Place, e.Map, e.Questions, e.StartsAt, e.EndsAt, e.Capacity, millis(now)))
}

// ReviseEvent keeps what e says in the place of what the open event with its code said, as it was at its revision, and fills
// in the rest. ok is false when it is not open, or was corrected since.
func ReviseEvent(ctx context.Context, tx *Tx, e *Event, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, e, `
		UPDATE events SET author_id = $3, agency = $4, name = $5, kind = $6, task = $7, place = $8, map = $9, questions = $10, starts_at = $11,
			ends_at = $12, capacity = $13,
			timed_at = CASE WHEN starts_at <> $11 THEN $14 ELSE timed_at END, revision = revision + 1
		WHERE code = $1 AND revision = $2 AND state = 'open' RETURNING `+eventColumns,
		e.Code, e.Revision, e.Author, e.Agency, e.Name, e.Kind, e.Task, e.Place, e.Map, e.Questions, e.StartsAt, e.EndsAt, e.Capacity, millis(now)))
	return ok, wrap("correct event", err)
}

// FindEvent finds one by its code, locked until the transaction ends: whatever changes who has a place waits for that.
func FindEvent(ctx context.Context, tx *Tx, code string) (e Event, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &e, `UPDATE events SET state = state WHERE code = $1 RETURNING `+eventColumns, code))
	return e, ok, wrap("find event", err)
}

// CancelEvent ends an open event before it is held. ok is false when it is not open.
func CancelEvent(ctx context.Context, tx *Tx, code string) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE events SET state = 'cancelled', revision = revision + 1
		WHERE code = $1 AND state = 'open' RETURNING id`, code))
	return ok, wrap("cancel event", err)
}

// EndEvent marks an open event whose end has come. ok is false when there is none: of several at once, one wins.
func EndEvent(ctx context.Context, tx *Tx, code string, now time.Time) (e Event, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &e, `UPDATE events SET state = 'over' WHERE code = $1 AND state = 'open' AND ends_at <= $2 RETURNING `+eventColumns,
		code, millis(now)))
	return e, ok, wrap("end event", err)
}
