package storage

import (
	"context"
	"slices"
	"time"
)

// Digest is what staff are told of at once: codes of startups, in order.
type Digest struct {
	Fresh   []string // began to wait since the digest before
	Overdue []string // should have been answered by now
}

// TakeDigest gives what waited for staff at the given time and was in no digest yet, and once a day, which began at
// midnight, what is overdue. It is noted as told: whoever takes the same digest again gets nothing.
func TakeDigest(ctx context.Context, tx *Tx, at, midnight time.Time) (d Digest, err error) {
	rows := []struct {
		Code  string
		DueAt int64 `db:"due_at"`
	}{}
	err = tx.SelectContext(ctx, &rows, `
		UPDATE startups SET told_at = $1 WHERE status = 'new' AND waiting_at < $1
		AND (told_at = 0 OR due_at > 0 AND due_at <= $1 AND told_at < $2) RETURNING code, due_at`, millis(at), millis(midnight))
	for _, row := range rows {
		if row.DueAt > 0 && row.DueAt <= millis(at) {
			d.Overdue = append(d.Overdue, row.Code)
		} else {
			d.Fresh = append(d.Fresh, row.Code)
		}
	}
	slices.Sort(d.Fresh)
	slices.Sort(d.Overdue)
	return d, wrap("take what waits for staff", err)
}
