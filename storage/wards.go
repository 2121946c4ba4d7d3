package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
)

// Ward is somebody under 16 for whom a guardian agreed in a chat.
type Ward struct {
	ID     int64  // of the consent that was kept
	Person int64  `db:"person_id"`
	Name   string // of the child; "" when not told yet
	At     int64  // when the guardian agreed, Unix milliseconds
}

// A guardian's consent that holds, given in any chat of who writes from channel $1, chat $2. One on paper was recorded in an
// officer's chat and is nobody's to withdraw there.
const wardsOf = `
	SELECT g.id, g.person_id, p.name, g.at FROM guardians g JOIN consents c ON c.id = g.consent_id AND c.given = 1 JOIN people p ON p.id = g.person_id
	WHERE g.paper_date = '' AND ` + notWithdrawn + `
	AND (c.channel = $1 AND c.chat = $2 OR EXISTS (SELECT 1 FROM addresses mine JOIN addresses other ON other.person_id = mine.person_id
		WHERE mine.channel = $1 AND mine.chat = $2 AND other.channel = c.channel AND other.chat = c.chat))`

// WardsAt lists those for whom who writes from a agreed, while that holds, each once: taking one consent back ends all.
func (s *Store) WardsAt(ctx context.Context, a bot.Address) ([]Ward, error) {
	list := []Ward{}
	if err := s.read.SelectContext(ctx, &list, wardsOf+` ORDER BY g.person_id, g.id`, a.Channel, a.Chat); err != nil {
		return nil, fmt.Errorf("list a guardian's wards: %w", err)
	}
	return slices.CompactFunc(list, func(a, b Ward) bool { return a.Person == b.Person }), nil
}

// WithdrawGuardian takes back a guardian's consent with this id, which stops the handling of the child's startups and entries; the turn
// errand runs in the child's chats. proof says how it was taken back; its Person, Purpose and Given are set here. ok is false
// for a consent that is not theirs, or holds no longer.
func WithdrawGuardian(ctx context.Context, tx *Tx, id int64, proof Consent, errand string, now time.Time) (ok bool, err error) {
	w := Ward{}
	err = tx.GetContext(ctx, &w, wardsOf+` AND g.id = $3`, proof.From.Channel, proof.From.Chat, id)
	if ok, err = found(err); !ok || err != nil {
		return false, wrap("find a guardian's consent", err)
	}
	proof.Person, proof.Purpose, proof.Given = w.Person, Dossier, false
	if err := AddConsent(ctx, tx, proof); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE startups SET status = $2, revision = revision + 1 WHERE person_id = $1 AND status <> $2`,
		w.Person, StatusWithdrawn); err != nil {
		return false, fmt.Errorf("withdraw a child's startups: %w", err)
	}
	if err := leaveCompetitions(ctx, tx, w.Person, now); err != nil {
		return false, err
	}
	return true, AddErrands(ctx, tx, w.Person, errand, now)
}
