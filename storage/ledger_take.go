package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// take finds what is most urgent and due, and settles what becomes of each.
func (l *Ledger) take(ctx context.Context, tx *Tx, now time.Time, most int) (taken []Delivery, more bool, err error) {
	running, err := runningAnnouncements(ctx, tx, now)
	if err != nil {
		return nil, false, err
	}
	due, err := l.due(ctx, tx, now, running, most)
	if err != nil || len(due) == 0 {
		return nil, false, err
	}
	judge, err := l.judge(ctx, tx, due, running, now)
	if err != nil {
		return nil, false, err
	}
	decided := []Delivery{}
	for _, d := range due {
		decided = append(decided, judge.decide(d))
	}
	taken, err = l.settle(ctx, tx, decided, now)
	for i := range taken {
		if a, ok := announcementOf(running, taken[i]); ok {
			taken[i].Body = a.Body
		}
	}
	return taken, len(due) == most, err
}

// running is an announcement that is being sent.
type running struct {
	ID    Queue
	Body  string `db:"message"`
	Hours Hours
}

// runningAnnouncements lists what is being sent to many at this hour, the most urgent first.
func runningAnnouncements(ctx context.Context, tx *Tx, now time.Time) ([]running, error) {
	list := []running{}
	err := tx.SelectContext(ctx, &list, `SELECT id, message, CASE urgent WHEN 1 THEN 'long' ELSE 'day' END AS hours
		FROM announcements WHERE state = 'sending' AND start_at <= $1 ORDER BY urgent DESC, start_at, id`, millis(now))
	list = slices.DeleteFunc(list, func(r running) bool { return !r.Hours.Open(now) })
	return list, wrap("list running announcements", err)
}

// announcementOf is what a delivery belongs to; ok is false for one of its own.
func announcementOf(list []running, d Delivery) (r running, ok bool) {
	i := slices.IndexFunc(list, func(r running) bool { return r.ID == d.Queue })
	if i < 0 {
		return r, false
	}
	return list[i], true
}

const deliveryColumns = `id, source, person_id, queue, channel, body, hours, again, not_before, not_after, attempts, reason, mode, closed`

// oneByOne leaves a person alone to whom something is on its way, so that nothing overtakes it. An answer also waits for those
// before it that are not due: they are a talk.
const oneByOne = ` AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.person_id = deliveries.person_id AND e.state = 'sending')
	AND (queue <> 0 OR NOT EXISTS (SELECT 1 FROM deliveries e
		WHERE e.person_id = deliveries.person_id AND e.queue = 0 AND e.id < deliveries.id AND e.state = 'queued'))`

// due lists the most urgent deliveries. Each queue is asked for on its own: so the index gives the first ones at once,
// however many wait behind them.
func (l *Ledger) due(ctx context.Context, tx *Tx, now time.Time, running []running, most int) ([]Delivery, error) {
	queues := []Queue{QueueAnswers, QueueReminders, QueueNotices}
	for _, r := range running {
		queues = append(queues, r.ID)
	}
	parts, values := []string{}, []any{l.Channel, millis(now), most}
	for i, q := range queues {
		values = append(values, q)
		parts = append(parts, fmt.Sprintf(`SELECT * FROM (SELECT `+deliveryColumns+` FROM deliveries
			WHERE queue = $%d AND channel = $1 AND state = 'queued' AND not_before <= $2`+oneByOne+` ORDER BY not_before, id LIMIT $3) AS q%d`, len(values), i))
	}
	list := []Delivery{}
	if err := tx.SelectContext(ctx, &list, strings.Join(parts, ` UNION ALL `), values...); err != nil {
		return nil, fmt.Errorf("find due deliveries: %w", err)
	}
	slices.SortStableFunc(list, func(a, b Delivery) int { return slices.Index(queues, a.Queue) - slices.Index(queues, b.Queue) })
	list = firstOfEach(list)
	return list[:min(len(list), most)], nil
}

// firstOfEach leaves the first of each person.
func firstOfEach(list []Delivery) []Delivery {
	seen := map[int64]bool{}
	return slices.DeleteFunc(list, func(d Delivery) bool {
		again := seen[d.Person]
		seen[d.Person] = true
		return again
	})
}

// settle writes down what was decided, and returns what is to be sent. What somebody changed meanwhile is left alone.
func (l *Ledger) settle(ctx context.Context, tx *Tx, decided []Delivery, now time.Time) ([]Delivery, error) {
	rows, values := []string{}, []any{}
	for _, d := range decided {
		rows = append(rows, rowOf(len(values)+1, "BIGINT", "TEXT", "BIGINT", "TEXT", "TEXT", "TEXT", "TEXT", "BIGINT"))
		values = append(values, d.ID, d.State, d.NotBefore, d.Channel, d.Chat, d.Reason, d.Mode, d.Closed)
	}
	n := len(values)
	kept := []int64{}
	err := tx.SelectContext(ctx, &kept, `WITH v (id, state, not_before, channel, chat, reason, mode, closed) AS (VALUES `+strings.Join(rows, ", ")+`)
		UPDATE deliveries SET state = v.state, not_before = v.not_before, channel = v.channel, chat = v.chat, reason = v.reason, mode = v.mode, closed = v.closed, at = `+
		fmt.Sprintf("$%d, owner = $%d FROM v WHERE deliveries.id = v.id AND deliveries.state = 'queued' RETURNING deliveries.id", n+1, n+2),
		append(values, millis(now), l.Owner)...)
	if err != nil {
		return nil, fmt.Errorf("take deliveries: %w", err)
	}
	return sending(decided, kept), nil
}

// sending picks what is to be sent among what was kept.
func sending(decided []Delivery, kept []int64) []Delivery {
	ours := map[int64]bool{}
	for _, id := range kept {
		ours[id] = true
	}
	list := []Delivery{}
	for _, d := range decided {
		if d.State == DeliverySending && ours[d.ID] {
			list = append(list, d)
		}
	}
	return list
}
