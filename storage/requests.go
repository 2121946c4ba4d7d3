package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// Request is a question of somebody to staff, with all that is said about it until one of the two closes it.
type Request struct {
	ID        int64
	Code      string // YC-2026-0001
	Person    int64  `db:"person_id"` // who asks
	Asker     string // their name; may be empty
	Staff     int64  `db:"staff_id"` // who took it; 0: nobody, or nobody who still has a role
	Officer   string // their name; may be empty
	CreatedAt int64  `db:"created_at"` // Unix milliseconds, as all below
	WaitingAt int64  `db:"waiting_at"` // since when who asks waits for an answer; 0: does not
	TakenAt   int64  `db:"taken_at"`
	UpdatedAt int64  `db:"updated_at"` // of the last message, or of the end
	ClosedAt  int64  `db:"closed_at"`  // 0: open
	TakenOn   string `db:"taken_on"`   // the channel where somebody answers by hand, with the platform's own tools; "": none
}

const (
	// requestHolder is who took a request. Whoever lost all roles, or turned out to be who asks, holds none.
	requestHolder = `CASE WHEN staff_id <> requests.person_id AND EXISTS (SELECT 1 FROM roles r WHERE r.person_id = requests.staff_id)
		THEN staff_id ELSE 0 END`
	requestColumns = `id, code, person_id, ` + requestHolder + ` AS staff_id, created_at, waiting_at, taken_at, updated_at, closed_at, taken_on,
		COALESCE((SELECT p.name FROM people p WHERE p.id = requests.person_id), '') AS asker,
		COALESCE((SELECT p.name FROM people p WHERE p.id = requests.staff_id), '') AS officer`
)

// AddRequest opens a request of a person, who waits from now on. The year of the code is that of now where it is told.
func AddRequest(ctx context.Context, tx *Tx, person int64, now time.Time) (r Request, err error) {
	code, err := nextCode(ctx, tx, "YC", now.Year())
	if err != nil {
		return r, err
	}
	err = tx.GetContext(ctx, &r, `INSERT INTO requests (id, code, person_id, created_at, waiting_at, updated_at)
		VALUES ($1, $2, $3, $4, $4, $4) RETURNING `+requestColumns, NewID(now), code, person, millis(now))
	return r, wrap("open request", err)
}

// OwnRequest finds the open request with the code that who writes from a asked, or for "" the latest. ok is false for none.
func OwnRequest(ctx context.Context, tx *Tx, a bot.Address, code string) (r Request, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `SELECT `+requestColumns+` FROM requests
		WHERE closed_at = 0 AND (code = $3 OR CAST($3 AS TEXT) = '')
		AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id DESC LIMIT 1`, a.Channel, a.Chat, code))
	return r, ok, wrap("find request of a person", err)
}

// OpenRequest finds an open request that somebody else than the person asked; ok is false for none.
func OpenRequest(ctx context.Context, tx *Tx, code string, person int64) (r Request, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `SELECT `+requestColumns+` FROM requests WHERE closed_at = 0 AND code = $1 AND person_id <> $2`, code, person))
	return r, ok, wrap("find open request", err)
}

// OpenRequests lists the requests that a member of staff may answer: those they took, then those that are free; who waits
// longest first. It skips the first ones.
func OpenRequests(ctx context.Context, tx *Tx, staff int64, skip, most int) ([]Request, error) {
	list := []Request{}
	err := tx.SelectContext(ctx, &list, `SELECT `+requestColumns+` FROM requests
		WHERE closed_at = 0 AND person_id <> $1 AND `+requestHolder+` IN (0, $1)
		ORDER BY CASE WHEN `+requestHolder+` = 0 THEN 1 ELSE 0 END, CASE WHEN waiting_at = 0 THEN 1 ELSE 0 END, waiting_at, id
		LIMIT $3 OFFSET $2`, staff, skip, most)
	return list, wrap("list open requests", err)
}

// StartupCodes lists the codes of a person's startups that are not withdrawn.
func StartupCodes(ctx context.Context, tx *Tx, person int64) ([]string, error) {
	codes := []string{}
	err := tx.SelectContext(ctx, &codes, `SELECT code FROM startups WHERE person_id = $1 AND status <> $2 ORDER BY id`, person, StatusWithdrawn)
	return codes, wrap("list codes of startups", err)
}

// Officers lists everybody who has a role, by name.
func Officers(ctx context.Context, tx *Tx) ([]Person, error) {
	list := []Person{}
	err := tx.SelectContext(ctx, &list, `SELECT id, name, phone, minor, created_at FROM people p
		WHERE EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id) ORDER BY name, id`)
	return list, wrap("list officers", err)
}

// WaitingRequests lists the open requests whose askers wait since before the given time, the longest first.
func (s *Store) WaitingRequests(ctx context.Context, before time.Time) ([]Request, error) {
	list := []Request{}
	err := s.read.SelectContext(ctx, &list, `SELECT `+requestColumns+` FROM requests
		WHERE closed_at = 0 AND waiting_at > 0 AND waiting_at <= $1 ORDER BY waiting_at`, millis(before))
	return list, wrap("find waiting requests", err)
}
