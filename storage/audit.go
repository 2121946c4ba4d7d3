package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// AddAudit writes down that who writes from a did something to a subject (a code, an id). The table is only added to.
func AddAudit(ctx context.Context, tx *Tx, a bot.Address, action, subject string, now time.Time) error {
	person, err := EnsurePerson(ctx, tx, a, now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (id, at, person_id, action, subject) VALUES ($1, $2, $3, $4, $5)`,
		NewID(now), millis(now), person, action, subject)
	return wrap("write audit log", err)
}
