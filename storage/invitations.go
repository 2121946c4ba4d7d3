package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
)

// InvitationLength is how many characters an invitation code has: 80 random bits.
const InvitationLength = 16

// Invite makes a one-time code that gives whoever sends it first the role, until it expires. Only its hash is kept.
func (s *Store) Invite(ctx context.Context, role Role, now, expires time.Time) (code string, err error) {
	code = NewSecret(InvitationLength)
	_, err = s.write.ExecContext(ctx, `INSERT INTO invitations (hash, role, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
		hashCode(code), role, millis(now), millis(expires))
	if err != nil {
		return "", fmt.Errorf("make invitation: %w", err)
	}
	return code, nil
}

// RedeemInvitation uses a code up for who writes from a, whom it makes known. ok is false when there is no such code, or
// it is used or expired; which of these is not told.
func RedeemInvitation(ctx context.Context, tx *Tx, code string, a bot.Address, now time.Time) (role Role, ok bool, err error) {
	err = tx.GetContext(ctx, &role, `
		UPDATE invitations SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING role`, hashCode(code), millis(now))
	if ok, err = found(err); !ok || err != nil {
		return "", false, wrap("redeem invitation", err)
	}
	person, err := EnsurePerson(ctx, tx, a, now)
	if err != nil {
		return "", false, err
	}
	if _, err = tx.ExecContext(ctx, `UPDATE invitations SET used_by = $2 WHERE hash = $1`, hashCode(code), person); err != nil {
		return "", false, wrap("redeem invitation", err)
	}
	return role, true, GrantRole(ctx, tx, person, role, now)
}

func hashCode(code string) string {
	sum := sha256.Sum256([]byte(strings.ToUpper(code)))
	return hex.EncodeToString(sum[:])
}
