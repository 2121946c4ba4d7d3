package storage

import (
	"context"
	"time"
)

// Line is one task of the plan in an obligation, with what is told of it.
type Line struct {
	Obligation int64  `db:"obligation_id"`
	Task       string // "1.3"
	Unit       string // the division or centre that it is assigned to; "": none
	Status     LineStatus
	Narrative  string
	Figures    string
	Documents  string // their numbers
	Person     int64  `db:"person_id"` // who wrote it last; 0: nobody yet
	At         int64  // Unix milliseconds
}

// LineStatus is how far a task is.
type LineStatus string

// The statuses; "" is not told.
const (
	LineDone    LineStatus = "done"
	LineGoing   LineStatus = "going"
	LineWaiting LineStatus = "waiting" // not begun
)

// LinesOf lists the tasks in an obligation, in no particular order: the plan has theirs.
func LinesOf(ctx context.Context, tx *Tx, obligation int64) ([]Line, error) {
	list := []Line{}
	err := tx.SelectContext(ctx, &list, `SELECT obligation_id, task, unit, status, narrative, figures, documents, person_id, at
		FROM obligation_lines WHERE obligation_id = $1 ORDER BY task`, obligation)
	return list, wrap("list tasks of an obligation", err)
}

// KeepLine keeps what is told of a task, and leaves the unit as it is. ok is false when the obligation has no such task.
func KeepLine(ctx context.Context, tx *Tx, l Line, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `UPDATE obligation_lines SET status = $3, narrative = $4, figures = $5, documents = $6, person_id = $7, at = $8
		WHERE obligation_id = $1 AND task = $2 RETURNING task`, l.Obligation, l.Task, l.Status, l.Narrative, l.Figures, l.Documents, l.Person, millis(now)))
	return ok, wrap("keep task of an obligation", err)
}

// AssignLine assigns a task to a division or centre, "" to none, and leaves what is told of it as it is. ok is false when the
// obligation has no such task.
func AssignLine(ctx context.Context, tx *Tx, obligation int64, task, unit string) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `UPDATE obligation_lines SET unit = $3 WHERE obligation_id = $1 AND task = $2 RETURNING task`, obligation, task, unit))
	return ok, wrap("assign task of an obligation", err)
}

// AgenciesWithTask lists the agencies that have a task in what they owe for a year.
func AgenciesWithTask(ctx context.Context, tx *Tx, task string, year int) ([]string, error) {
	list := []string{}
	err := tx.SelectContext(ctx, &list, `SELECT DISTINCT o.agency FROM obligations o JOIN obligation_lines l ON l.obligation_id = o.id
		WHERE o.year = $1 AND l.task = $2 AND o.state <> 'stopped' ORDER BY o.agency`, year, task)
	return list, wrap("list agencies with a task", err)
}
