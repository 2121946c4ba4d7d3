package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Guest is somebody who joined an event, waits for a place, or left again.
type Guest struct {
	ID           int64
	Event        int64 `db:"event_id"`
	Person       int64 `db:"person_id"`
	Name         string
	Phone        string
	Ticket       string // shows at the door who it is; nobody can guess one
	State        GuestState
	Number       int64   // on the waiting list, in the order of coming; 0: never waited
	Answers      Profile // to the questions of the event, by index from "0"
	OfferedUntil int64   `db:"offered_until"` // Unix milliseconds, as all below
	ArrivedAt    int64   `db:"arrived_at"`    // 0: not
	ArrivedBy    int64   `db:"arrived_by"`    // who checked the ticket
	Rating       int64   // 1 to 5; 0: none
	Comment      string
	At           int64 // when it came into its state
}

// GuestState is where a guest stands.
type GuestState string

// The states. Of these the first two hold a place.
const (
	GuestGoing   GuestState = "going"
	GuestOffered GuestState = "offered" // a place came free, and is theirs until OfferedUntil
	GuestWaiting GuestState = "waiting"
	GuestLeft    GuestState = "left"
)

// ticketLength is how many letters a ticket has: about 40 bits, and too few to be taken for a one-time code.
const ticketLength = 10

const guestColumns = `id, event_id, person_id, ticket, state, number, answers, offered_until, arrived_at, arrived_by, rating, comment, at,
	COALESCE((SELECT p.name FROM people p WHERE p.id = guests.person_id), '') AS name,
	COALESCE((SELECT p.phone FROM people p WHERE p.id = guests.person_id), '') AS phone`

// Seats counts the guests of an event.
type Seats struct {
	Going, Offered, Waiting int64
	Arrived                 int64
	Rated, Points           int64 // how many rated it, and the sum of that
}

// Free is how many places of e are free; without a limit, more than there are people.
func (s Seats) Free(e Event) int64 {
	if e.Capacity == 0 {
		return 1 << 31
	}
	return e.Capacity - s.Going - s.Offered
}

const seats = `SELECT COUNT(CASE WHEN state = 'going' THEN 1 END) AS going, COUNT(CASE WHEN state = 'offered' THEN 1 END) AS offered,
	COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting, COUNT(CASE WHEN arrived_at > 0 THEN 1 END) AS arrived,
	COUNT(CASE WHEN rating > 0 THEN 1 END) AS rated, COALESCE(SUM(rating), 0) AS points FROM guests WHERE event_id = $1`

// SeatsOf counts inside tx: exact while the event is locked, see FindEvent.
func SeatsOf(ctx context.Context, tx *Tx, event int64) (s Seats, err error) {
	return s, wrap("count guests", tx.GetContext(ctx, &s, seats, event))
}

// Seats counts the guests of an event.
func (s *Store) Seats(ctx context.Context, event int64) (n Seats, err error) {
	return n, wrap("count guests", s.read.GetContext(ctx, &n, seats, event))
}

// GuestAt finds who writes from a among the guests of an event; ok is false when they never joined.
func (s *Store) GuestAt(ctx context.Context, a bot.Address, event int64) (g Guest, ok bool, err error) {
	ok, err = found(s.read.GetContext(ctx, &g, `SELECT `+guestColumns+` FROM guests
		WHERE event_id = $3 AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)`, a.Channel, a.Chat, event))
	return g, ok, wrap("find guest", err)
}

const ahead = `SELECT COUNT(*) FROM guests WHERE event_id = $1 AND state = 'waiting' AND number <= $2`

// AheadOf is Ahead inside tx.
func AheadOf(ctx context.Context, tx *Tx, g Guest) (n int64, err error) {
	return n, wrap("count who waits", tx.GetContext(ctx, &n, ahead, g.Event, g.Number))
}

// Ahead counts those who wait for a place before g, and g.
func (s *Store) Ahead(ctx context.Context, g Guest) (n int64, err error) {
	return n, wrap("count who waits", s.read.GetContext(ctx, &n, ahead, g.Event, g.Number))
}

// JoinEvent gives a person a place, or when there is none, or others wait for one, the next number of the waiting list. Who
// has either keeps it. ok is false when nobody may join any more.
func JoinEvent(ctx context.Context, tx *Tx, code string, person int64, answers Profile, now time.Time) (g Guest, ok bool, err error) {
	e, ok, err := FindEvent(ctx, tx, code)
	if err != nil || !ok || !e.Joinable(now) {
		return g, false, err
	}
	there, err := found(tx.GetContext(ctx, &g, `SELECT `+guestColumns+` FROM guests WHERE event_id = $1 AND person_id = $2`, e.ID, person))
	if err != nil || there && g.State != GuestLeft {
		return g, there, wrap("find guest", err)
	}
	taken, err := SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return g, false, err
	}
	g.State, g.Number = GuestGoing, 0
	if taken.Waiting > 0 || taken.Free(e) <= 0 {
		g.State = GuestWaiting
		if err := tx.GetContext(ctx, &g.Number, `SELECT COALESCE(MAX(number), 0) + 1 FROM guests WHERE event_id = $1`, e.ID); err != nil {
			return g, false, fmt.Errorf("number the waiting list: %w", err)
		}
	}
	err = tx.GetContext(ctx, &g, `
		INSERT INTO guests (id, event_id, person_id, ticket, state, number, answers, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (event_id, person_id) DO UPDATE SET state = excluded.state, number = excluded.number, answers = excluded.answers,
			offered_until = 0, at = excluded.at RETURNING `+guestColumns,
		NewID(now), e.ID, person, randomCode()[:ticketLength], g.State, g.Number, answers, millis(now))
	return g, true, wrap("join event", err)
}

// ChangeAnswers keeps other answers of a person who has a place or waits for one, until the event begins. ok is false for anybody
// else, and later.
func ChangeAnswers(ctx context.Context, tx *Tx, code string, person int64, answers Profile, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE guests SET answers = $3 WHERE person_id = $2 AND state <> 'left'
		AND event_id = (SELECT id FROM events WHERE code = $1 AND state = 'open' AND starts_at > $4) RETURNING id`, code, person, answers, millis(now)))
	return ok, wrap("change answers of a guest", err)
}

// LeaveEvent gives a place, or a number on the waiting list, back, and takes back what the person was to be told of the
// event. ok is false for who has neither, or is at the event already, and when it is over or cancelled.
func LeaveEvent(ctx context.Context, tx *Tx, code string, person int64, now time.Time) (ok bool, err error) {
	e, ok, err := FindEvent(ctx, tx, code)
	if !ok || err != nil || e.State != EventOpen {
		return false, err
	}
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE guests SET state = 'left', at = $3
		WHERE event_id = $1 AND person_id = $2 AND state <> 'left' AND arrived_at = 0 RETURNING id`, e.ID, person, millis(now)))
	if !ok || err != nil {
		return false, wrap("leave event", err)
	}
	return true, dropEventNotices(ctx, tx, EventSource(e, ""), `person_id = $4`, now, person)
}

// LeaveEvents has a person leave all events that are still to come, and returns how many.
func LeaveEvents(ctx context.Context, tx *Tx, person int64, now time.Time) (n int, err error) {
	codes := []string{}
	err = tx.SelectContext(ctx, &codes, `SELECT e.code FROM events e JOIN guests g ON g.event_id = e.id
		WHERE g.person_id = $1 AND g.state <> 'left' AND e.state = 'open' ORDER BY e.id`, person)
	if err != nil {
		return 0, fmt.Errorf("list a person's events: %w", err)
	}
	for _, code := range codes {
		ok, err := LeaveEvent(ctx, tx, code, person, now)
		if err != nil {
			return 0, err
		}
		n += number(ok)
	}
	return n, nil
}

// TakePlace has a person take the place that is offered to them. ok is false when it is not, or no longer.
func TakePlace(ctx context.Context, tx *Tx, code string, person int64, now time.Time) (ok bool, err error) {
	e, ok, err := FindEvent(ctx, tx, code)
	if !ok || err != nil || !e.Joinable(now) {
		return false, err
	}
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE guests SET state = 'going', at = $3
		WHERE event_id = $1 AND person_id = $2 AND state = 'offered' AND offered_until > $3 RETURNING id`, e.ID, person, millis(now)))
	return ok, wrap("take a place", err)
}
