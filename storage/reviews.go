package storage

import (
	"context"
	"fmt"
	"time"
)

// Review is what staff decided about a startup.
type Review struct {
	ID       int64
	Startup  int64  `db:"startup_id"`
	Person   int64  `db:"person_id"` // who decided
	Reviewer string // their name; "" when we do not know it any more
	Status   string // that the startup got
	Field    string // what the founder is to correct, with StatusChanges
	Reason   string // in words for the founder
	Revision int64  // of the startup afterwards
	At       int64  // Unix milliseconds
}

// Seen is a startup as somebody saw it who now decides about it.
type Seen struct {
	Code     string
	Revision int64
}

// lockSeen reads a startup that staff decide about, and keeps others from changing it until the transaction ends. ok is
// false when it is not as it was seen any more, or not open.
func lockSeen(ctx context.Context, tx *Tx, seen Seen) (s Startup, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &s, `UPDATE startups SET revision = revision WHERE code = $1 RETURNING `+startupColumns, seen.Code))
	return s, ok && s.Open() && s.Revision == seen.Revision, wrap("lock startup", err)
}

// DecideStartup keeps what r.Person decided about a startup as they saw it. When it is no longer so, or its founder stopped
// it, ok is false and nothing is kept: of several who decide at once, one wins.
func DecideStartup(ctx context.Context, tx *Tx, seen Seen, r Review, now time.Time) (s Startup, ok bool, err error) {
	if s, ok, err = lockSeen(ctx, tx, seen); !ok || err != nil || s.Status == StatusStopped {
		return s, false, err
	}
	return s, true, settle(ctx, tx, &s, r, now)
}

// settle gives s the status of a review, and keeps both.
func settle(ctx context.Context, tx *Tx, s *Startup, r Review, now time.Time) error {
	before := s.facts()
	s.Status, s.Revision = r.Status, s.Revision+1
	if err := saveStartup(ctx, tx, *s); err != nil {
		return err
	}
	if err := addHistory(ctx, tx, *s, r.Person, before, now); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO reviews (id, startup_id, person_id, status, field, reason, revision, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		NewID(now), s.ID, r.Person, r.Status, r.Field, r.Reason, s.Revision, millis(now))
	return wrap("keep review", err)
}

const lastReview = `
	SELECT r.id, r.startup_id, r.person_id, COALESCE(p.name, '') AS reviewer, r.status, r.field, r.reason, r.revision, r.at
	FROM reviews r LEFT JOIN people p ON p.id = r.person_id WHERE r.startup_id = $1 ORDER BY r.id DESC LIMIT 1`

// LastReview finds what staff decided last about a startup; ok is false when they did not yet.
func (s *Store) LastReview(ctx context.Context, startup int64) (r Review, ok bool, err error) {
	ok, err = found(s.read.GetContext(ctx, &r, lastReview, startup))
	return r, ok, wrap("find review", err)
}

// FindReview is Store.LastReview inside tx.
func FindReview(ctx context.Context, tx *Tx, startup int64) (r Review, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, lastReview, startup))
	return r, ok, wrap("find review", err)
}

// ClearTwin takes note that a startup, as somebody saw it, repeats no other.
func ClearTwin(ctx context.Context, tx *Tx, seen Seen) (ok bool, err error) {
	s, ok, err := lockSeen(ctx, tx, seen)
	if !ok || err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE startups SET twin = '', revision = revision + 1 WHERE id = $1`, s.ID); err != nil {
		return false, fmt.Errorf("clear twin: %w", err)
	}
	return true, nil
}
