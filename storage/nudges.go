package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// NudgeErrand is the errand that reminds people of a draft, before the draft's id.
const NudgeErrand = "nhacdo:"

// IdleDraft is a draft whose person gives no sign.
type IdleDraft struct {
	Draft
	Left time.Time // when the person last did something in that chat
}

// IdleDrafts lists drafts with an answer in chats whose people last did something from the first time on and before the
// second. With Redis it may be a second behind: look at the dialog again before acting.
func (s *Store) IdleDrafts(ctx context.Context, from, before time.Time) ([]IdleDraft, error) {
	rows, err := s.read.QueryxContext(ctx, `SELECT channel, chat, state FROM dialogs
		WHERE held IN ($1, $2) AND updated_at >= $3 AND updated_at < $4 ORDER BY updated_at`, HeldInHand, HeldLater, millis(from), millis(before))
	if err != nil {
		return nil, fmt.Errorf("find idle drafts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	list := []IdleDraft{}
	for rows.Next() {
		a, state, d := bot.Address{}, []byte{}, Dialog{}
		if err := rows.Scan(&a.Channel, &a.Chat, &state); err != nil {
			return nil, fmt.Errorf("read idle drafts: %w", err)
		}
		if err := d.decode(state); err != nil {
			return nil, err
		}
		for _, draft := range d.Session.drafts(a) {
			if draft.Answered {
				list = append(list, IdleDraft{draft, time.UnixMilli(d.At)})
			}
		}
	}
	return list, wrap("read idle drafts", rows.Err())
}

// Nudge has the person of a draft reminded of it in the chat that has it, once for each step.
func (s *Store) Nudge(ctx context.Context, d Draft, step int, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		result, err := tx.ExecContext(ctx, `
			INSERT INTO nudges (channel, chat, draft, step, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (draft, step) DO NOTHING`,
			d.Owner.Channel, d.Owner.Chat, d.ID, step, millis(now))
		if err != nil {
			return fmt.Errorf("keep nudge: %w", err)
		}
		if n, err := result.RowsAffected(); n == 0 || err != nil {
			return wrap("keep nudge", err)
		}
		return AddErrand(ctx, tx, d.Owner, NudgeErrand+d.ID, now)
	})
}

// ForgetNudges deletes the notes of nudges from before the given time, when their drafts are gone.
func (s *Store) ForgetNudges(ctx context.Context, before time.Time) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM nudges WHERE at < $1`, millis(before))
	return wrap("forget nudges", err)
}
