package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrEntered means that a startup has an entry already, which its founder made.
var ErrEntered = errors.New("the founder entered the startup")

// BeginPaperEntry is BeginEntry for an entry that came on paper at received and that staff bring in. What the founder
// submitted, or may still submit, is theirs: then it fails with ErrEntered. A draft of theirs that was not submitted before
// the closing gives way.
func BeginPaperEntry(ctx context.Context, tx *Tx, c Competition, s Startup, known Profile, most int, received, now time.Time) (e Entry, err error) {
	there, err := found(tx.GetContext(ctx, &e, `SELECT `+entryColumns+` FROM entries
		WHERE competition_id = $1 AND startup_code = $2 AND state <> 'withdrawn'`, c.ID, s.Code))
	switch {
	case err != nil:
		return e, fmt.Errorf("find the entry of a startup: %w", err)
	case there && e.Origin == OriginPaper:
		return e, nil
	case there && (e.State == EntrySubmitted || !c.Closed(now)):
		return e, ErrEntered
	case there:
		if _, err := tx.ExecContext(ctx, `UPDATE entries SET state = 'withdrawn' WHERE id = $1`, e.ID); err != nil {
			return e, fmt.Errorf("let a draft give way to paper: %w", err)
		}
	}
	if e, err = BeginEntry(ctx, tx, c, s, known, most, Arrival{At: received, Exact: true}, now); err != nil {
		return e, err
	}
	err = tx.GetContext(ctx, &e, `UPDATE entries SET origin = $2, received_at = $3 WHERE id = $1 RETURNING `+entryColumns, e.ID, OriginPaper, millis(received))
	return e, wrap("mark entry as brought by staff", err)
}

// PaperEntry finds an entry that staff brought in, with its competition, and keeps others from changing it until the
// transaction ends. It fails with ErrNoEntry for any other.
func PaperEntry(ctx context.Context, tx *Tx, id int64) (e Entry, c Competition, err error) {
	ok, err := found(tx.GetContext(ctx, &e, `UPDATE entries SET state = state WHERE id = $1 AND state <> 'withdrawn' AND origin = $2 RETURNING `+entryColumns,
		id, OriginPaper))
	switch {
	case err != nil:
		return e, c, fmt.Errorf("find entry from paper: %w", err)
	case !ok:
		return e, c, ErrNoEntry
	}
	err = tx.GetContext(ctx, &c, `SELECT `+competitionColumns+` FROM competitions WHERE id = $1`, e.Competition)
	return e, c, wrap("find the competition of an entry", err)
}

// Received is when an entry from paper came: whatever staff enter of it came then.
func (e Entry) Received() Arrival { return Arrival{At: time.UnixMilli(e.ReceivedAt), Exact: true} }

// AddPaperMember adds somebody who takes part in an entry by the word of a paper, and has no chat.
func AddPaperMember(ctx context.Context, tx *Tx, e Entry, name string, now time.Time) error {
	person, err := personWithoutChat(ctx, tx, name, "", now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO entry_members (id, entry_id, person_id, name, confirmed, at) VALUES ($1, $2, $3, $4, 1, $5)`,
		NewID(now), e.ID, person, name, millis(now))
	return wrap("add member from paper", err)
}
