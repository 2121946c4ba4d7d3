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

// Told reports whether anything is told of the task.
func (l Line) Told() bool { return l.Status != "" || l.Narrative+l.Figures+l.Documents != "" }

const lineColumns = `l.obligation_id, l.task, l.unit, l.status, l.narrative, l.figures, l.documents, l.person_id, l.at`

// LinesOf lists the tasks in an obligation, in no particular order: the plan has theirs.
func LinesOf(ctx context.Context, tx *Tx, obligation int64) ([]Line, error) {
	list := []Line{}
	err := tx.SelectContext(ctx, &list, `SELECT `+lineColumns+` FROM obligation_lines l WHERE l.obligation_id = $1 ORDER BY task`, obligation)
	return list, wrap("list tasks of an obligation", err)
}

// AssignedLine is a task that is assigned to a unit, and the obligation that it is in.
type AssignedLine struct {
	Line
	In Obligation
}

// LinesAssignedTo lists the tasks that are assigned to units: first those that are awaited, by their last day, then those of which
// something is told, then those of what is settled, the latest first.
func LinesAssignedTo(ctx context.Context, tx *Tx, units []string, most int) ([]AssignedLine, error) {
	list := []AssignedLine{}
	if len(units) == 0 {
		return list, nil
	}
	marks, args := inTexts(units)
	args = append(args, most)
	err := tx.SelectContext(ctx, &list, `SELECT `+lineColumns+` FROM obligation_lines l JOIN obligations o ON o.id = l.obligation_id
		WHERE l.unit IN `+marks+`
		ORDER BY CASE WHEN o.state NOT IN ('open', 'sent') THEN 2 WHEN o.state = 'open' AND `+untold+` THEN 0 ELSE 1 END,
		CASE WHEN o.state = 'open' AND `+untold+` THEN o.due_on ELSE '' END, o.due_on DESC, l.obligation_id, l.task LIMIT `+mark(len(args)), args...)
	if err != nil {
		return nil, wrap("list tasks of units", err)
	}
	for i := range list {
		err := tx.GetContext(ctx, &list[i].In, `SELECT `+obligationColumns+` FROM obligations WHERE id = $1`, list[i].Obligation)
		if err != nil {
			return nil, wrap("find obligation of a task", err)
		}
	}
	return list, nil
}

// untold is the condition for nothing to be told of a task l, see Line.Told.
const untold = `(l.status || l.narrative || l.figures || l.documents = '')`

// KeepLine keeps what is told of a task. ok is false, and nothing is kept, when the obligation has no such task, or the task
// is not assigned to l.Unit any more: who may tell of it is who may at this moment. The unit is not asked to tell of it again.
func KeepLine(ctx context.Context, tx *Tx, l Line, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `UPDATE obligation_lines SET status = $3, narrative = $4, figures = $5, documents = $6, person_id = $7, at = $8
		WHERE obligation_id = $1 AND task = $2 AND unit = $9 RETURNING task`,
		l.Obligation, l.Task, l.Status, l.Narrative, l.Figures, l.Documents, l.Person, millis(now), l.Unit))
	if !ok || err != nil {
		return false, wrap("keep task of an obligation", err)
	}
	return true, retellUnit(ctx, tx, l.Obligation, l.Unit)
}

// AssignLine assigns a task as it was seen to a division or centre, "" to none, and leaves what is told of it as it is. ok is
// false when the obligation has no such task, or somebody else assigned it meanwhile.
func AssignLine(ctx context.Context, tx *Tx, l Line, unit string) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `UPDATE obligation_lines SET unit = $3
		WHERE obligation_id = $1 AND task = $2 AND unit = $4 RETURNING task`, l.Obligation, l.Task, unit, l.Unit))
	if !ok || err != nil {
		return false, wrap("assign task of an obligation", err)
	}
	return true, retellUnit(ctx, tx, l.Obligation, l.Unit)
}

// retellUnit takes back what the officers of a unit were not sent yet of its tasks in an obligation.
func retellUnit(ctx context.Context, tx *Tx, obligation int64, unit string) error {
	if unit == "" {
		return nil
	}
	return retell(ctx, tx, `r.obligation_id = $1 AND r.person_id IN (SELECT person_id FROM officers WHERE agency = $2)`, obligation, unit)
}

// AgenciesWithTask lists the agencies that have a task in what they owe for a year.
func AgenciesWithTask(ctx context.Context, tx *Tx, task string, year int) ([]string, error) {
	list := []string{}
	err := tx.SelectContext(ctx, &list, `SELECT DISTINCT o.agency FROM obligations o JOIN obligation_lines l ON l.obligation_id = o.id
		WHERE o.year = $1 AND l.task = $2 AND o.state <> 'stopped' ORDER BY o.agency`, year, task)
	return list, wrap("list agencies with a task", err)
}
