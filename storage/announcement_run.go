package storage

import (
	"context"
	"fmt"
	"time"
)

// LaunchAnnouncement has the message of a proposed or drafted announcement sent to people from StartAt on, or from now:
// one delivery each, in this transaction. a.Approver is kept. ok is false when it is in no such state any more, or was
// corrected since.
func LaunchAnnouncement(ctx context.Context, tx *Tx, a Announcement, people []int64, now time.Time) (ok bool, err error) {
	a.StartAt = max(a.StartAt, millis(now))
	ok, err = found(tx.GetContext(ctx, new(int64), `
		UPDATE announcements SET state = 'sending', approver_id = $3, message = $4, start_at = $5
		WHERE id = $1 AND revision = $2 AND state IN ('draft', 'proposed') RETURNING id`,
		a.ID, a.Revision, a.Approver, a.Message, a.StartAt))
	if !ok || err != nil {
		return ok, wrap("launch announcement", err)
	}
	list := make([]Delivery, len(people))
	for i, person := range people {
		list[i] = Delivery{
			ID: NewID(now), Source: fmt.Sprintf("announcement/%d", a.ID), Person: person, Queue: Queue(a.ID),
			Hours: a.Hours(), NotBefore: a.StartAt, At: millis(now),
		}
	}
	return true, queueDeliveries(ctx, tx, list...)
}

// Hours are when the announcement may be sent.
func (a Announcement) Hours() Hours {
	if a.Urgent {
		return LongDay
	}
	return Daytime
}

// CancelAnnouncement takes back what is not sent yet. ok is false when nothing is left to cancel.
func CancelAnnouncement(ctx context.Context, tx *Tx, id int64, now time.Time) (ok bool, err error) {
	ok, err = MoveAnnouncement(ctx, tx, id, AnnouncementCancelled, AnnouncementDraft, AnnouncementProposed, AnnouncementSending, AnnouncementPaused)
	if !ok || err != nil {
		return ok, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = $2, reason = $3, at = $4 WHERE queue = $1 AND state = 'queued'`,
		id, DeliveryCancelled, TakenBack, millis(now))
	return true, wrap("cancel deliveries", err)
}

// ResendAnnouncement queues again what failed, or what nobody knows to have arrived: one of the two states. It returns how
// many; 0 for an announcement that is paused or cancelled.
func ResendAnnouncement(ctx context.Context, tx *Tx, id int64, state DeliveryState, now time.Time) (n int, err error) {
	ok, err := MoveAnnouncement(ctx, tx, id, AnnouncementSending, AnnouncementDone, AnnouncementSending)
	if !ok || err != nil {
		return 0, err
	}
	again := []int64{}
	err = tx.SelectContext(ctx, &again, `UPDATE deliveries SET state = 'queued', attempts = 0, reason = '', owner = '', not_before = $3, at = $3
		WHERE queue = $1 AND state = $2 AND state IN ('failed', 'unknown') RETURNING id`, id, state, millis(now))
	return len(again), wrap("queue deliveries again", err)
}

// Progress is how many deliveries of an announcement are in each state.
type Progress map[DeliveryState]int

// Total is how many there are.
func (p Progress) Total() int {
	n := 0
	for _, count := range p {
		n += count
	}
	return n
}

// Left is how many are still to be sent.
func (p Progress) Left() int { return p[DeliveryQueued] + p[DeliverySending] }

// ProgressOf counts the deliveries of an announcement.
func ProgressOf(ctx context.Context, tx *Tx, id int64) (Progress, error) {
	rows := []struct {
		State DeliveryState
		Count int
	}{}
	err := tx.SelectContext(ctx, &rows, `SELECT state, COUNT(*) AS count FROM deliveries WHERE queue = $1 GROUP BY state`, id)
	p := Progress{}
	for _, row := range rows {
		p[row.State] = row.Count
	}
	return p, wrap("count deliveries", err)
}

// FinishAnnouncements marks those of which nothing is left to send.
func (s *Store) FinishAnnouncements(ctx context.Context, now time.Time) error {
	_, err := s.write.ExecContext(ctx, `UPDATE announcements SET state = 'done', finished_at = $1 WHERE state = 'sending' AND start_at <= $1
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.queue = announcements.id AND d.state IN ('queued', 'sending'))`, millis(now))
	return wrap("finish announcements", err)
}
