package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// PINCheck is what came of checking a PIN.
type PINCheck string

// The outcomes.
const (
	PINRight  PINCheck = "right"
	PINWrong  PINCheck = "wrong"
	PINLocked PINCheck = "locked" // not looked at: too many wrong ones, see PINLockedFor
	PINUnset  PINCheck = "unset"  // the person has none
)

// So many wrong PINs within an hour lock it for the next one: guessing all of them takes over twenty years.
const (
	pinTries     = 5
	pinTriesFor  = time.Hour
	PINLockedFor = time.Hour
)

type pinRow struct {
	Person int64 `db:"person_id"`
	Hash   string
	Tries  int
	Since  int64 `db:"tries_since"`  // of the first of these tries, Unix milliseconds
	Locked int64 `db:"locked_until"` // Unix milliseconds
}

// CheckPIN checks the PIN of who writes from a. A wrong one is counted, so the transaction must be committed whatever comes
// of it. It takes about a tenth of a second of CPU.
func CheckPIN(ctx context.Context, tx *Tx, a bot.Address, pin string, now time.Time) (PINCheck, error) {
	row := pinRow{} // read by an update: tries at the same moment are counted one by one
	err := tx.GetContext(ctx, &row, `
		UPDATE pins SET hash = hash WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)
		RETURNING person_id, hash, tries, tries_since, locked_until`, a.Channel, a.Chat)
	switch ok, err := found(err); {
	case err != nil:
		return "", wrap("read PIN", err)
	case !ok:
		return PINUnset, nil
	case row.Locked > millis(now):
		return PINLocked, nil
	}
	right, err := MatchesPIN(row.Hash, pin)
	if err != nil {
		return "", err
	}
	outcome := row.count(right, now)
	_, err = tx.ExecContext(ctx, `UPDATE pins SET tries = $2, tries_since = $3, locked_until = $4 WHERE person_id = $1`,
		row.Person, row.Tries, row.Since, row.Locked)
	return outcome, wrap("count PIN", err)
}

// count remembers a try.
func (r *pinRow) count(right bool, now time.Time) PINCheck {
	if right {
		r.Tries = 0
		return PINRight
	}
	if r.Tries == 0 || millis(now.Add(-pinTriesFor)) >= r.Since {
		r.Tries, r.Since = 0, millis(now)
	}
	if r.Tries++; r.Tries < pinTries {
		return PINWrong
	}
	r.Tries, r.Locked = 0, millis(now.Add(PINLockedFor))
	return PINLocked
}

// HasPIN reports whether who writes from a has set one.
func HasPIN(ctx context.Context, tx *Tx, a bot.Address) (bool, error) {
	n := 0
	err := tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM pins JOIN addresses a ON a.person_id = pins.person_id
		WHERE a.channel = $1 AND a.chat = $2`, a.Channel, a.Chat)
	return n > 0, wrap("look for a PIN", err)
}

// SetPIN gives who writes from a the PIN of a hash made by HashPIN, in the place of any other. A lock ends: whoever may set
// a new one knew the old one, or an admin let them.
func SetPIN(ctx context.Context, tx *Tx, a bot.Address, hash string, now time.Time) error {
	person, err := EnsurePerson(ctx, tx, a, now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO pins (person_id, hash, set_at) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, tries = 0, locked_until = 0`, person, hash, millis(now))
	return wrap("set PIN", err)
}

// ResetPIN takes a person's PIN away, for them to set a new one; ok is false when there is none.
func ResetPIN(ctx context.Context, tx *Tx, person int64) (ok bool, err error) {
	result, err := tx.ExecContext(ctx, `DELETE FROM pins WHERE person_id = $1`, person)
	if err != nil {
		return false, wrap("reset PIN", err)
	}
	n, err := result.RowsAffected()
	return n > 0, wrap("reset PIN", err)
}
