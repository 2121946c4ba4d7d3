package storage

import (
	"context"
	"time"
)

// LinesFor lists the tasks in all obligations of a kind for a year.
func LinesFor(ctx context.Context, tx *Tx, kind ObligationKind, year int) ([]Line, error) {
	list := []Line{}
	err := tx.SelectContext(ctx, &list, `SELECT `+lineColumns+` FROM obligation_lines l JOIN obligations o ON o.id = l.obligation_id WHERE o.kind = $1 AND o.year = $2 ORDER BY l.obligation_id, l.task`, kind, year)
	return list, wrap("list tasks of a period", err)
}

// SetLastDay gives an obligation another last day, in the place of that of the plan and of any that was promised. ok is
// false when it changed since it was seen.
func SetLastDay(ctx context.Context, tx *Tx, o *Obligation, day string, now time.Time) (ok bool, err error) {
	o.DueOn, o.Promised = day, ""
	return moveObligation(ctx, tx, o, now)
}
