package storage

import (
	"context"
	"strings"
	"time"

	"khoinghiep/bot"
)

// EventAt finds an event by its code; ok is false for none.
func (s *Store) EventAt(ctx context.Context, code string) (e Event, ok bool, err error) {
	ok, err = found(s.read.GetContext(ctx, &e, `SELECT `+eventColumns+` FROM events WHERE code = $1`, strings.ToUpper(code)))
	return e, ok, wrap("find event by code", err)
}

// EventsOn lists what is on or to come, the earliest first, skipping the first ones.
func (s *Store) EventsOn(ctx context.Context, now time.Time, skip, most int) ([]Event, error) {
	list := []Event{}
	err := s.read.SelectContext(ctx, &list, `SELECT `+eventColumns+` FROM events WHERE state = 'open' AND ends_at > $1
		ORDER BY starts_at, id LIMIT $3 OFFSET $2`, millis(now), skip, most)
	return list, wrap("list events", err)
}

// EventsToRate lists the events that who writes from a came to, that ended since the given time, and that they did not rate
// yet, the latest first.
func (s *Store) EventsToRate(ctx context.Context, a bot.Address, since time.Time) ([]Event, error) {
	list := []Event{}
	err := s.read.SelectContext(ctx, &list, `SELECT `+eventColumns+` FROM events WHERE state = 'over' AND ends_at >= $3 AND id IN
		(SELECT g.event_id FROM guests g JOIN addresses a ON a.person_id = g.person_id
			WHERE a.channel = $1 AND a.chat = $2 AND g.arrived_at > 0 AND g.rating = 0) ORDER BY ends_at DESC, id`, a.Channel, a.Chat, millis(since))
	return list, wrap("list events to rate", err)
}

// OrganisedEvents lists the events that somebody holds, the latest first, skipping the first ones.
func OrganisedEvents(ctx context.Context, tx *Tx, o Organising, skip, most int) ([]Event, error) {
	list := []Event{}
	where, values := o.where([]any{skip, most})
	err := tx.SelectContext(ctx, &list, `SELECT `+eventColumns+` FROM events WHERE `+where+` ORDER BY starts_at DESC, id DESC LIMIT $2 OFFSET $1`, values...)
	return list, wrap("list organised events", err)
}

// EventsBetween lists the open events that start after the first moment and until the second.
func (s *Store) EventsBetween(ctx context.Context, after, until time.Time) ([]Event, error) {
	list := []Event{}
	err := s.read.SelectContext(ctx, &list, `SELECT `+eventColumns+` FROM events WHERE state = 'open' AND starts_at > $1 AND starts_at <= $2 ORDER BY starts_at, id`,
		millis(after), millis(until))
	return list, wrap("find events ahead", err)
}

// EndedEvents lists the codes of open events whose end has come.
func (s *Store) EndedEvents(ctx context.Context, now time.Time) ([]string, error) {
	codes := []string{}
	err := s.read.SelectContext(ctx, &codes, `SELECT code FROM events WHERE state = 'open' AND ends_at <= $1 ORDER BY ends_at, id`, millis(now))
	return codes, wrap("find ended events", err)
}

// EventsAround lists the events that are not cancelled and on at some time between two moments, the earliest first.
func EventsAround(ctx context.Context, tx *Tx, from, until time.Time) ([]Event, error) {
	list := []Event{}
	err := tx.SelectContext(ctx, &list, `SELECT `+eventColumns+` FROM events WHERE state <> 'cancelled' AND ends_at > $1 AND starts_at < $2 ORDER BY starts_at, id`,
		millis(from), millis(until))
	return list, wrap("list events around a moment", err)
}
