package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Startup is a registered project.
type Startup struct {
	ID        int64
	Code      string // KN-2026-0001
	Draft     string // of the form it came from; unique
	Person    int64  `db:"person_id"`
	Name      string
	Place     string // code of a commune, or one of the places below
	Field     string
	Stage     string
	Status    string
	Twin      string // code of an earlier startup that this one may repeat; "" none
	Profile   Profile
	Origin    string // how it came: OriginPaper, or "" from the founder's chat
	CreatedAt int64  `db:"created_at"` // Unix milliseconds
	UpdatedAt int64  `db:"updated_at"` // when the founder last changed it or said that it is active, Unix milliseconds

	Revision   int64  // raised by every change
	WaitingAt  int64  `db:"waiting_at"`  // since when it waits for staff, Unix milliseconds
	DueAt      int64  `db:"due_at"`      // by when the founder was promised an answer, Unix milliseconds; 0: no promise
	ToldAt     int64  `db:"told_at"`     // when staff were last told that it waits, Unix milliseconds; 0: not yet
	MergedInto string `db:"merged_into"` // code of the startup that stays in its place; "" none
}

// Await has staff look at s, and promises its founder an answer by then.
func (s *Startup) Await(due time.Time) { s.Status, s.DueAt = StatusNew, millis(due) }

// Open reports whether its founder can still work on s.
func (s *Startup) Open() bool { return s.Status != StatusWithdrawn && s.Status != StatusMerged }

const isOpen = `status NOT IN ('withdrawn', 'merged')`

// Places that are no commune.
const (
	PlaceOutside = "ngoai-tinh"
	PlaceUnsure  = "khong-chac"
)

// What may have become of a startup.
const (
	StatusNew       = "new"       // waits for staff to look at it
	StatusConfirmed = "confirmed" // by staff
	StatusChanges   = "changes"   // staff asked the founder to correct something
	StatusDeclined  = "declined"  // by staff
	StatusMerged    = "merged"    // staff took it for a duplicate: another one stays in its place
	StatusWithdrawn = "withdrawn" // the founder took the consent back, or this registration
	StatusStopped   = "stopped"   // the founder said that it is no longer active
)

// AddStartup registers s once for its draft and fills in ID, Code, Status, Twin and the times but DueAt. Sending the same
// draft again returns what was registered. The year of the code is that of now where it is told.
func AddStartup(ctx context.Context, tx *Tx, s *Startup, now time.Time) error {
	done, err := startupOfDraft(ctx, tx, s)
	if done || err != nil {
		return err
	}
	if s.Code, err = nextCode(ctx, tx, "KN", now.Year()); err != nil {
		return err
	}
	if s.Twin, err = twinOf(ctx, tx, *s); err != nil {
		return err
	}
	s.ID, s.Status, s.CreatedAt, s.UpdatedAt, s.WaitingAt = NewID(now), StatusNew, millis(now), millis(now), millis(now)
	_, err = tx.ExecContext(ctx, `
		INSERT INTO startups (id, code, draft, person_id, name, name_folded, place, field, stage, status, twin, created_at, updated_at, waiting_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12, $13)`,
		s.ID, s.Code, s.Draft, s.Person, s.Name, viet.Fold(s.Name), s.Place, s.Field, s.Stage, s.Status, s.Twin, s.CreatedAt, s.DueAt)
	return wrap("register startup", err)
}

const startupColumns = `id, code, draft, person_id, name, place, field, stage, status, twin, profile, origin, created_at, updated_at,
	revision, waiting_at, due_at, told_at, merged_into`

func startupOfDraft(ctx context.Context, tx *Tx, s *Startup) (bool, error) {
	ok, err := found(tx.GetContext(ctx, s, `SELECT `+startupColumns+` FROM startups WHERE draft = $1`, s.Draft))
	return ok, wrap("find startup of draft", err)
}

// nextCode counts within a year: KN-2026-0001. The counter's row is locked until the transaction ends, so no number is
// lost or given twice.
func nextCode(ctx context.Context, tx *Tx, prefix string, year int) (string, error) {
	name := fmt.Sprintf("%s-%d", prefix, year)
	var n int64
	err := tx.GetContext(ctx, &n, `
		INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
		RETURNING value`, name)
	if err != nil {
		return "", fmt.Errorf("number startup: %w", err)
	}
	return fmt.Sprintf("%s-%04d", name, n), nil
}

// twinOf finds the code of an earlier startup of the same name, or of the same phone and place, that is still open.
func twinOf(ctx context.Context, tx *Tx, s Startup) (code string, err error) {
	err = tx.GetContext(ctx, &code, `
		SELECT s.code FROM startups s JOIN people p ON p.id = s.person_id JOIN people me ON me.id = $2
		WHERE (s.name_folded = $1 OR p.phone <> '' AND p.phone = me.phone AND s.place = $3) AND `+isOpen+`
		ORDER BY s.id LIMIT 1`, viet.Fold(s.Name), s.Person, s.Place)
	_, err = found(err)
	return code, wrap("look for a twin", err)
}

// StartupsAt lists the startups of who writes from a, the oldest first.
func (s *Store) StartupsAt(ctx context.Context, a bot.Address) ([]Startup, error) {
	list := []Startup{}
	err := s.read.SelectContext(ctx, &list, `SELECT `+startupColumns+` FROM startups
		WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id`, a.Channel, a.Chat)
	return list, wrap("list startups of a person", err)
}

// WithdrawStartups stops the handling of all startups of who writes from a; n is how many were not stopped before. What they
// take part in competitions with ends as well.
func WithdrawStartups(ctx context.Context, tx *Tx, a bot.Address, now time.Time) (n int64, err error) {
	person := int64(0)
	ok, err := found(tx.GetContext(ctx, &person, `SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat))
	if !ok || err != nil {
		return 0, wrap("find who withdraws", err)
	}
	if err := leaveCompetitions(ctx, tx, person, now); err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, `UPDATE startups SET status = $2, revision = revision + 1 WHERE status <> $2 AND person_id = $1`, person, StatusWithdrawn)
	if err != nil {
		return 0, fmt.Errorf("withdraw startups: %w", err)
	}
	return result.RowsAffected()
}

// StartupsOf is Store.StartupsAt inside tx.
func StartupsOf(ctx context.Context, tx *Tx, a bot.Address) ([]Startup, error) {
	list := []Startup{}
	err := tx.SelectContext(ctx, &list, `SELECT `+startupColumns+` FROM startups
		WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id`, a.Channel, a.Chat)
	return list, wrap("list startups of a person", err)
}
