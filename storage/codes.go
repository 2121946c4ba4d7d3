package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// CodeKind is what a one-time code is for.
type CodeKind string

// The kinds of codes.
const (
	InviteCode   CodeKind = "invite"   // gives a role; bound to the role
	JoinCode     CodeKind = "join"     // joins two chats of one person; bound to the address that asked for it
	JurorCode    CodeKind = "juror"    // makes a juror; bound to the code of the competition
	TeamCode     CodeKind = "team"     // lets somebody ask to join an entry; bound to its id
	GuardianCode CodeKind = "guardian" // lets a guardian agree; bound to the child's address
	// ContestGuardianCode lets a guardian agree that a child enters a competition or joins a team; bound to what the child asks for.
	ContestGuardianCode CodeKind = "contest-guardian"

	OfficerCode CodeKind = "officer" // has somebody answer for an agency; bound to its id, or to its id and "/head"
)

// Code is a one-time code as it is kept, without the letters that people type.
type Code struct {
	Key  string // stands for the code where it must be remembered; the code cannot be found from it
	Kind CodeKind
	Data string // what it is bound to
}

// Address is where the code was asked for; only of kinds that are bound to an address.
func (c Code) Address() bot.Address {
	a, _ := parseAddress(c.Data)
	return a
}

// InviteFor is how long an invitation is good.
const InviteFor = 7 * 24 * time.Hour

// Expired codes are deleted after this long, used or not: they may be bound to somebody's address.
const expiredCodesFor = 24 * time.Hour

// NewCode makes a code of a kind, bound to data, that is good once until it expires. Only its hash is kept.
func NewCode(ctx context.Context, tx *Tx, kind CodeKind, data string, now, expires time.Time) (code string, err error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM codes WHERE expires_at < $1`, millis(now.Add(-expiredCodesFor))); err != nil {
		return "", fmt.Errorf("forget expired codes: %w", err)
	}
	code = randomCode()
	_, err = tx.ExecContext(ctx, `INSERT INTO codes (key, kind, data, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		codeKey(code), kind, data, millis(now), millis(expires))
	return code, wrap("make code", err)
}

// Invite makes a code that gives whoever sends it first the role.
func (s *Store) Invite(ctx context.Context, role Role, now, expires time.Time) (code string, err error) {
	err = s.InTx(ctx, func(tx *Tx) error {
		code, err = NewCode(ctx, tx, InviteCode, string(role), now, expires)
		return err
	})
	return code, err
}

// FindCode looks a typed code up without using it. ok is false when there is no such code, or it is used or expired: which
// of these is not told, nor can be told from the time it takes. Callers count such a try with CountWrongCode. It fails
// with ErrTooManyCodes when the source, or all together, tried too many wrong ones within this hour.
func (s *Store) FindCode(ctx context.Context, text, source string, now time.Time) (c Code, ok bool, err error) {
	if err := s.checkTries(ctx, source, now); err != nil {
		return Code{}, false, err
	}
	code, _ := NormalCode(text) // what cannot be a code is looked up all the same
	err = s.read.GetContext(ctx, &c, `SELECT key, kind, data FROM codes WHERE key = $1 AND used_at = 0 AND expires_at > $2`,
		codeKey(code), millis(now))
	ok, err = found(err)
	return c, ok, wrap("find code", err)
}

// UseCode uses the code of a key up. ok is false when that was done before, or it is of another kind or has expired: of
// several at once, one wins.
func UseCode(ctx context.Context, tx *Tx, kind CodeKind, key string, now time.Time) (c Code, ok bool, err error) {
	err = tx.GetContext(ctx, &c, `
		UPDATE codes SET used_at = $3 WHERE key = $1 AND kind = $2 AND used_at = 0 AND expires_at > $3 RETURNING key, kind, data`,
		key, kind, millis(now))
	ok, err = found(err)
	return c, ok, wrap("use code", err)
}
