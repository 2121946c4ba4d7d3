package storage

import (
	"context"
	"fmt"
	"time"
)

// Guests lists who joined an event and did not leave: those with a place by name, then those who wait, in their order.
func Guests(ctx context.Context, tx *Tx, event int64) ([]Guest, error) {
	list := []Guest{}
	err := tx.SelectContext(ctx, &list, `SELECT `+guestColumns+` FROM guests WHERE event_id = $1 AND state <> 'left'
		ORDER BY CASE state WHEN 'going' THEN 0 WHEN 'offered' THEN 1 ELSE 2 END, CASE state WHEN 'waiting' THEN number ELSE 0 END, name, id`, event)
	return list, wrap("list guests", err)
}

// EventSource is the source of a notice about e, see Notice: what says which. Reminders and changes begin with EventNews.
func EventSource(e Event, what string) string { return "event/" + e.Code + "/" + what }

// ToRemind lists those who have had a place in e since before a moment and were not told from the source yet.
func ToRemind(ctx context.Context, tx *Tx, e Event, source string, before time.Time) ([]int64, error) {
	people := []int64{}
	err := tx.SelectContext(ctx, &people, `SELECT person_id FROM guests g WHERE event_id = $1 AND state = 'going' AND at <= $3
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.source = $2 AND d.person_id = g.person_id) ORDER BY id`, e.ID, source, millis(before))
	return people, wrap("find guests to remind", err)
}

// EventNews begins what of e becomes out of date when it is changed.
const EventNews = "news/"

// TellGuests queues a notice for everybody who has a place in e or waits for one, in the place of what they were still to be
// told of it: all that, or what begins with EventNews. It returns how many they are.
func TellGuests(ctx context.Context, tx *Tx, e Event, instead string, n Notice, now time.Time) (int, error) {
	err := dropEventNotices(ctx, tx, EventSource(e, instead), `person_id IN (SELECT person_id FROM guests WHERE event_id = $4)`, now, e.ID)
	if err != nil {
		return 0, err
	}
	people := []int64{}
	err = tx.SelectContext(ctx, &people, `SELECT person_id FROM guests WHERE event_id = $1 AND state <> 'left' ORDER BY id`, e.ID)
	if err != nil {
		return 0, fmt.Errorf("list guests to tell: %w", err)
	}
	for _, n.Person = range people {
		if err := Notify(ctx, tx, n, now); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

// dropEventNotices takes back what some people, whom a condition with $4 names, are still to be told by sources that begin so.
func dropEventNotices(ctx context.Context, tx *Tx, source, who string, now time.Time, whom int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'cancelled', reason = $2, at = $3
		WHERE state = 'queued' AND source LIKE $1 AND `+who, source+"%", TakenBack, millis(now), whom)
	return wrap("take notices of an event back", err)
}

// ForgetGuests deletes who was at events that ended before the given time.
func (s *Store) ForgetGuests(ctx context.Context, before time.Time) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM guests WHERE event_id IN (SELECT id FROM events WHERE ends_at < $1)`, millis(before))
	return wrap("forget guests", err)
}

// duplicateGuests leaves one guest of each event, when two people, $1 and $2, turn out to be one: who was at the door, else
// who is closer to a place, else who came first.
func duplicateGuests() string {
	const rank = `CASE WHEN %[1]s.arrived_at > 0 THEN 0 ELSE CASE %[1]s.state WHEN 'going' THEN 1 WHEN 'offered' THEN 2 WHEN 'waiting' THEN 3 ELSE 4 END END`
	mine, other := fmt.Sprintf(rank, "guests"), fmt.Sprintf(rank, "o")
	return `DELETE FROM guests WHERE person_id IN ($1, $2) AND EXISTS (SELECT 1 FROM guests o WHERE o.event_id = guests.event_id
		AND o.person_id IN ($1, $2) AND o.id <> guests.id AND (` + other + ` < ` + mine + ` OR ` + other + ` = ` + mine + ` AND o.id < guests.id))`
}
