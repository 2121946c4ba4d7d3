package storage

import (
	"context"
	"strings"
	"time"
)

// Admission is what came of a ticket at the door.
type Admission struct {
	Guest
	First   bool   // they came in just now; else, with ArrivedAt, they did so before
	Checked string // the name of who let them in; may be empty
}

// NormalTicket gives the letters of a ticket as it is typed, alone or in its link. ok is false for what cannot be one.
func NormalTicket(text string) (ticket string, ok bool) {
	ticket = text[strings.LastIndex(text, "/")+1:]
	if len(ticket) > 3*ticketLength {
		return "", false
	}
	ticket = strings.Map(codeLetter, strings.ToUpper(ticket))
	return ticket, len(ticket) == ticketLength && strings.Trim(ticket, codeLetters) == ""
}

const ofTicket = `SELECT ` + eventColumns + ` FROM events WHERE id = (SELECT event_id FROM guests WHERE ticket = $1)`

// TicketEvent finds the event of a ticket; ok is false for a ticket that nobody has.
func (s *Store) TicketEvent(ctx context.Context, ticket string) (e Event, ok bool, err error) {
	ok, err = found(s.read.GetContext(ctx, &e, ofTicket, ticket))
	return e, ok, wrap("find event of a ticket", err)
}

// FindTicketEvent is TicketEvent inside tx.
func FindTicketEvent(ctx context.Context, tx *Tx, ticket string) (e Event, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &e, ofTicket, ticket))
	return e, ok, wrap("find event of a ticket", err)
}

// CheckIn lets the holder of a ticket in, once: of several at the same time, one is the first. Only who has a place comes in.
// ok is false for a ticket that nobody has.
func CheckIn(ctx context.Context, tx *Tx, ticket string, by int64, now time.Time) (a Admission, ok bool, err error) {
	a.First, err = found(tx.GetContext(ctx, new(int64), `UPDATE guests SET arrived_at = $2, arrived_by = $3
		WHERE ticket = $1 AND state = 'going' AND arrived_at = 0 RETURNING id`, ticket, millis(now), by))
	if err != nil {
		return a, false, wrap("check a ticket in", err)
	}
	ok, err = found(tx.GetContext(ctx, &a.Guest, `SELECT `+guestColumns+` FROM guests WHERE ticket = $1`, ticket))
	if !ok || err != nil {
		return a, ok, wrap("find a ticket", err)
	}
	_, err = found(tx.GetContext(ctx, &a.Checked, `SELECT name FROM people WHERE id = $1`, a.ArrivedBy))
	return a, true, wrap("find who checked a ticket", err)
}

// Rate keeps how a person who was at an event that is over liked it. ok is false for anybody else.
func Rate(ctx context.Context, tx *Tx, code string, person, rating int64) (ok bool, err error) {
	return changeGuest(ctx, tx, `UPDATE guests SET rating = $3`, code, person, rating)
}

// CommentOn keeps the words that a person adds to their rating.
func CommentOn(ctx context.Context, tx *Tx, code string, person int64, comment string) (ok bool, err error) {
	return changeGuest(ctx, tx, `UPDATE guests SET comment = $3`, code, person, comment)
}

func changeGuest(ctx context.Context, tx *Tx, change, code string, person int64, value any) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), change+` WHERE person_id = $2 AND arrived_at > 0
		AND event_id = (SELECT id FROM events WHERE code = $1 AND state = 'over') RETURNING id`, code, person, value))
	return ok, wrap("keep what a guest thinks", err)
}

// ToRate lists those who were at an event.
func ToRate(ctx context.Context, tx *Tx, event int64) ([]int64, error) {
	people := []int64{}
	err := tx.SelectContext(ctx, &people, `SELECT person_id FROM guests WHERE event_id = $1 AND arrived_at > 0 ORDER BY id`, event)
	return people, wrap("list who was at an event", err)
}
