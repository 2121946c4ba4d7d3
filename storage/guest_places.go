package storage

import (
	"context"
	"fmt"
	"time"
)

// What who waits for a place is given when one comes free: time to answer, but for the last hours before the event.
const (
	offerFor    = 24 * time.Hour
	offersUntil = 2 * time.Hour
)

// OfferHours are when people hear of a place that came free.
const OfferHours = LongDay

// offerUntil is by when an offer made now has to be taken; ok is false when it would come too late. The time to answer
// begins when people may be written to.
func (e Event) offerUntil(now time.Time) (until time.Time, ok bool) {
	last, told := e.Start(now.Location()).Add(-offersUntil), OfferHours.Next(now)
	if until = told.Add(offerFor); until.After(last) {
		until = last
	}
	return until, told.Before(until)
}

// OfferPlaces takes back offers that nobody took in time, and offers what is free to those who wait longest. now is in the
// zone of the province.
func OfferPlaces(ctx context.Context, tx *Tx, code string, now time.Time) (e Event, offered, lapsed []Guest, err error) {
	e, ok, err := FindEvent(ctx, tx, code)
	if !ok || err != nil || e.State != EventOpen {
		return e, nil, nil, err
	}
	err = tx.SelectContext(ctx, &lapsed, `UPDATE guests SET state = 'left', at = $2 WHERE event_id = $1 AND state = 'offered' AND offered_until <= $2
		RETURNING `+guestColumns, e.ID, millis(now))
	if err != nil {
		return e, nil, nil, fmt.Errorf("take offers back: %w", err)
	}
	until, inTime := e.offerUntil(now)
	taken, err := SeatsOf(ctx, tx, e.ID)
	free := min(taken.Free(e), taken.Waiting)
	if err != nil || !inTime || free <= 0 {
		return e, nil, lapsed, err
	}
	err = tx.SelectContext(ctx, &offered, `UPDATE guests SET state = 'offered', offered_until = $2, at = $3 WHERE id IN
		(SELECT id FROM guests WHERE event_id = $1 AND state = 'waiting' ORDER BY number LIMIT $4) RETURNING `+guestColumns,
		e.ID, millis(until), millis(now), free)
	return e, offered, lapsed, wrap("offer places", err)
}

// EventsWithWaiting lists the codes of events to come in which somebody waits for a place, or an offer is over.
func (s *Store) EventsWithWaiting(ctx context.Context, now time.Time) ([]string, error) {
	codes := []string{}
	err := s.read.SelectContext(ctx, &codes, `SELECT code FROM events WHERE state = 'open' AND starts_at > $1 AND EXISTS (SELECT 1 FROM guests g
		WHERE g.event_id = events.id AND (g.state = 'waiting' OR g.state = 'offered' AND g.offered_until <= $1)) ORDER BY starts_at, id`, millis(now))
	return codes, wrap("find events with a waiting list", err)
}
