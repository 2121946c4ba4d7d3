package storage

import (
	"context"
	"time"
)

// RecentAnnouncements lists announcements from the newest on, skipping the first ones.
func RecentAnnouncements(ctx context.Context, tx *Tx, skip, most int) ([]Announcement, error) {
	list := []Announcement{}
	err := tx.SelectContext(ctx, &list, `SELECT `+announcementColumns+` FROM announcements ORDER BY id DESC LIMIT $2 OFFSET $1`, skip, most)
	return list, wrap("list announcements", err)
}

// PublicAnnouncement finds by its code what is told to people at now or was told before. ok is false for what is not sent
// yet or was taken back.
func (s *Store) PublicAnnouncement(ctx context.Context, code string, now time.Time) (a Announcement, ok bool, err error) {
	err = s.read.GetContext(ctx, &a, `SELECT `+announcementColumns+` FROM announcements
		WHERE code = $1 AND state IN ('sending', 'paused', 'done') AND start_at <= $2`, code, millis(now))
	ok, err = found(err)
	return a, ok, wrap("find public announcement", err)
}

// FinishedAnnouncements lists the ids of those whose authors were not told of the end yet, the oldest first.
func (s *Store) FinishedAnnouncements(ctx context.Context) ([]int64, error) {
	ids := []int64{}
	err := s.read.SelectContext(ctx, &ids, `SELECT id FROM announcements WHERE state = 'done' AND told_at < finished_at ORDER BY finished_at`)
	return ids, wrap("list finished announcements", err)
}

// TellFinished remembers that the author is told of the end, in this transaction. ok is false when they were told already,
// or it goes on.
func TellFinished(ctx context.Context, tx *Tx, id int64) (a Announcement, ok bool, err error) {
	err = tx.GetContext(ctx, &a, `UPDATE announcements SET told_at = finished_at WHERE id = $1 AND state = 'done' AND told_at < finished_at
		RETURNING `+announcementColumns, id)
	ok, err = found(err)
	return a, ok, wrap("tell that an announcement is finished", err)
}

// RefuseAnnouncements takes back whatever announcements wait to be sent to a person who wants none.
func RefuseAnnouncements(ctx context.Context, tx *Tx, person int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = $2, reason = $3, at = $4 WHERE person_id = $1 AND state = 'queued' AND queue > $5`,
		person, DeliveryCancelled, OptedOut, millis(now), QueueNotices)
	return wrap("take announcements back", err)
}
