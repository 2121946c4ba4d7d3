package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// TakeRequest makes staff the one who answers a free request of somebody else. ok is false when it is closed or taken: of
// several at once, one wins.
func TakeRequest(ctx context.Context, tx *Tx, code string, staff int64, now time.Time) (ok bool, err error) {
	return changeRequest(ctx, tx, `UPDATE requests SET staff_id = $2, taken_at = $3, taken_on = ''
		WHERE code = $1 AND closed_at = 0 AND person_id <> $2 AND `+requestHolder+` = 0 RETURNING id`, code, staff, millis(now))
}

// TakeByHand notes that somebody of staff wrote to a with the platform's own tools: who asked there waits no longer, and
// their open requests are taken on that channel, until somebody takes them here. Without one nothing changes.
func TakeByHand(ctx context.Context, tx *Tx, a bot.Address, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE requests SET taken_on = $1, taken_at = $3, waiting_at = 0
		WHERE closed_at = 0 AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)`, a.Channel, a.Chat, millis(now))
	return wrap("take requests by hand", err)
}

// GiveRequest hands a request that staff took over to another, or back to all for 0. ok is false when it is not theirs or
// closed.
func GiveRequest(ctx context.Context, tx *Tx, code string, staff, to int64, now time.Time) (ok bool, err error) {
	return changeRequest(ctx, tx, `UPDATE requests SET staff_id = $3, taken_at = $4
		WHERE code = $1 AND closed_at = 0 AND staff_id = $2 RETURNING id`, code, staff, to, millis(now))
}

// CloseRequest ends a request that the person asked or took. ok is false when it is neither, or was ended before.
func CloseRequest(ctx context.Context, tx *Tx, code string, person int64, now time.Time) (r Request, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `UPDATE requests SET closed_at = $3, updated_at = $3, waiting_at = 0
		WHERE code = $1 AND closed_at = 0 AND $2 IN (person_id, staff_id) RETURNING `+requestColumns, code, person, millis(now)))
	return r, ok, wrap("close request", err)
}

func changeRequest(ctx context.Context, tx *Tx, update string, args ...any) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), update, args...))
	return ok, wrap("change who answers a request", err)
}
