package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Entry is what somebody takes part in a competition with.
type Entry struct {
	ID          int64
	Code        string  // DT-2026-0001; "": not submitted yet
	Competition int64   `db:"competition_id"`
	Person      int64   `db:"person_id"`    // the captain
	Startup     string  `db:"startup_code"` // that it was entered from
	Name        string  // of the project
	Track       string  // "": not chosen yet
	Answers     Profile // by item of the dossier
	State       string
	Origin      string // OriginPaper, or ""
	Round       int    // that it reached, from 1
	ReceivedAt  int64  `db:"received_at"`  // when it came on paper, Unix milliseconds; 0: it did not
	SubmittedAt int64  `db:"submitted_at"` // when it was first submitted, Unix milliseconds; 0: not yet
	CreatedAt   int64  `db:"created_at"`   // Unix milliseconds
	UpdatedAt   int64  `db:"updated_at"`   // Unix milliseconds
	Votes       int64  // of the public, once the counts came out; 0 before
	Flagged     int64  `db:"votes_flagged"` // of these, see PublishVotes
}

// The states of an entry.
const (
	EntryDraft     = "draft"
	EntrySubmitted = "submitted"
	EntryWithdrawn = "withdrawn"
)

// Why an entry is not changed or begun.
var (
	ErrNoEntry   = errors.New("there is no such entry of this person")
	ErrLate      = errors.New("the competition is closed")
	ErrTooMany   = errors.New("the person has as many entries as are allowed")
	ErrNotOpened = errors.New("the competition is not open yet")
)

const (
	entryColumns = `id, code, competition_id, person_id, startup_code, name, track, answers, state, origin, round, received_at, submitted_at, created_at, updated_at, votes, votes_flagged`
	ownEntry     = `person_id = (SELECT person_id FROM addresses WHERE channel = $2 AND chat = $3)`
)

// BeginEntry begins an entry of a startup, which is its captain's, as a draft with answers that are known, or finds the one
// that there is. most is how many entries a person may have in one competition. It fails with ErrLate, ErrNotOpened or
// ErrTooMany.
func BeginEntry(ctx context.Context, tx *Tx, c Competition, s Startup, known Profile, most int, came Arrival, now time.Time) (e Entry, err error) {
	// The lock keeps two chats of one person from beginning at once.
	if _, err := tx.ExecContext(ctx, `UPDATE people SET created_at = created_at WHERE id = $1`, s.Person); err != nil {
		return e, fmt.Errorf("lock captain: %w", err)
	}
	own := []Entry{}
	err = tx.SelectContext(ctx, &own, `SELECT `+entryColumns+` FROM entries WHERE competition_id = $1 AND person_id = $2 AND state <> 'withdrawn'`, c.ID, s.Person)
	if err != nil {
		return e, fmt.Errorf("list entries of a person: %w", err)
	}
	for _, e := range own {
		if e.Startup == s.Code {
			return e, nil
		}
	}
	switch {
	case millis(came.At) < c.OpensAt:
		return e, ErrNotOpened
	case !c.InTime(came):
		return e, ErrLate
	case len(own) >= most:
		return e, ErrTooMany
	}
	err = tx.GetContext(ctx, &e, `INSERT INTO entries (id, code, competition_id, person_id, startup_code, name, track, answers, state, created_at, updated_at)
		VALUES ($1, '', $2, $3, $4, $5, '', $6, 'draft', $7, $7) RETURNING `+entryColumns, NewID(now), c.ID, s.Person, s.Code, s.Name, known, millis(now))
	return e, wrap("begin entry", err)
}

// OwnEntry finds an entry of who writes from a with its competition, and keeps others from changing it until the
// transaction ends. It fails with ErrNoEntry for one that is not theirs, or withdrawn.
func OwnEntry(ctx context.Context, tx *Tx, a bot.Address, id int64) (e Entry, c Competition, err error) {
	ok, err := found(tx.GetContext(ctx, &e, `UPDATE entries SET state = state WHERE id = $1 AND state <> 'withdrawn' AND `+ownEntry+` RETURNING `+entryColumns,
		id, a.Channel, a.Chat))
	switch {
	case err != nil:
		return e, c, fmt.Errorf("find entry: %w", err)
	case !ok:
		return e, c, ErrNoEntry
	}
	err = tx.GetContext(ctx, &c, `SELECT `+competitionColumns+` FROM competitions WHERE id = $1`, e.Competition)
	return e, c, wrap("find the competition of an entry", err)
}

// SaveEntry keeps what may change of an entry: its track, answers and state. It fails with ErrLate when what changed it did
// not come in time. One that is submitted first gets its code; the time of that is when it came.
func SaveEntry(ctx context.Context, tx *Tx, c Competition, e *Entry, came Arrival, now time.Time) (err error) {
	if !c.InTime(came) {
		return ErrLate
	}
	if e.State == EntrySubmitted && e.Code == "" {
		if e.Code, err = nextCode(ctx, tx, "DT", now.Year()); err != nil {
			return err
		}
		e.SubmittedAt = millis(came.At)
	}
	e.UpdatedAt = millis(now)
	_, err = tx.ExecContext(ctx, `UPDATE entries SET code = $2, track = $3, answers = $4, state = $5, submitted_at = $6, updated_at = $7 WHERE id = $1`,
		e.ID, e.Code, e.Track, e.Answers, e.State, e.SubmittedAt, e.UpdatedAt)
	if err != nil || e.State == EntryDraft {
		return wrap("change entry", err)
	}
	return forgetReminders(ctx, tx, *e, now)
}

// leaveCompetitions ends what a person takes part in competitions with, and takes back what they were to be reminded of.
func leaveCompetitions(ctx context.Context, tx *Tx, person int64, now time.Time) error {
	for _, statement := range []string{`UPDATE entries SET state = 'withdrawn' WHERE person_id = $1`, `DELETE FROM entry_members WHERE person_id = $1`} {
		if _, err := tx.ExecContext(ctx, statement, person); err != nil {
			return fmt.Errorf("leave competitions: %w", err)
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'cancelled', reason = $2, at = $3
		WHERE person_id = $1 AND state = 'queued' AND source LIKE 'closing/%'`, person, TakenBack, millis(now))
	return wrap("take back reminders of who left competitions", err)
}

// EntriesAt lists the entries of who writes from a that are not withdrawn, the latest first.
func EntriesAt(ctx context.Context, tx *Tx, a bot.Address) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries
		WHERE state <> 'withdrawn' AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id DESC`, a.Channel, a.Chat)
	return list, wrap("list entries of a person", err)
}

// EntriesOf lists the entries of a competition in a state, in the order in which they were begun.
func EntriesOf(ctx context.Context, tx *Tx, competition int64, state string) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries WHERE competition_id = $1 AND state = $2 ORDER BY id`, competition, state)
	return list, wrap("list entries of a competition", err)
}
