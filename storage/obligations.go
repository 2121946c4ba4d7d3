package storage

import (
	"context"
	"slices"
	"time"
)

// Obligation is what an agency must send: one plan or report for one period, or something that staff asked for.
type Obligation struct {
	ID       int64
	Code     string // NV-2026-0001
	Source   string // why it is there, such as "report/2026/SCT": made once for a source
	Kind     ObligationKind
	Year     int    // the period
	Agency   string // its id
	Owner    string // its name now
	Short    string // and its short name
	Title    string // "Báo cáo kết quả năm 2026"
	Asked    string // what staff asked for, with OwnObligation
	Clause   string // "QĐ 827, V.12"
	DueOn    string `db:"due_on"` // the last day, "2006-01-02"
	State    ObligationState
	Promised string `db:"promised_on"` // the day that staff accepted instead; "": none
	Steps    string // reminders of its own, see plan.Steps; "": the usual ones
	NextAt   int64  `db:"next_at"` // when the next reminder is looked for, Unix milliseconds; 0: there is none
	ToldAt   int64  `db:"told_at"` // the moment of the step that was told last
	Revision int64
	Person   int64 `db:"person_id"` // who asked for it, with OwnObligation
	Created  int64 `db:"created_at"`
	Settled  int64 `db:"settled_at"`
}

// ObligationKind is what is to be sent.
type ObligationKind string

// The kinds.
const (
	PlanObligation         ObligationKind = "plan"         // for the coming year
	ReportObligation       ObligationKind = "report"       // on the year
	ConsolidatedObligation ObligationKind = "consolidated" // of the department, on all of them
	OwnObligation          ObligationKind = "own"          // that staff asked for
)

// ObligationState is where an obligation stands.
type ObligationState string

// The states.
const (
	ObligationOpen     ObligationState = "open"
	ObligationSent     ObligationState = "sent" // staff have not looked at it yet
	ObligationAccepted ObligationState = "accepted"
	ObligationStopped  ObligationState = "stopped" // by staff: nothing is to be sent
)

// Last is the last day on which it may be sent: the one that staff accepted, or the one of the plan.
func (o Obligation) Last() string {
	if o.Promised != "" {
		return o.Promised
	}
	return o.DueOn
}

const obligationColumns = `id, code, source, kind, year, agency, title, asked, clause, due_on, state, promised_on, steps, next_at, told_at,
	revision, person_id, created_at, settled_at,
	(SELECT a.name FROM agencies a WHERE a.id = obligations.agency) AS owner, (SELECT a.short FROM agencies a WHERE a.id = obligations.agency) AS short`

// MakeObligation keeps an obligation with the tasks in it, open, unless its source has one: then that one gets the tasks
// that it lacks, and made is false. It fills o in. Steps up to o.ToldAt are not made up for: that is for what its officers hear of as
// it is made.
func MakeObligation(ctx context.Context, tx *Tx, o *Obligation, tasks []string, now time.Time) (made bool, err error) {
	there, err := found(tx.GetContext(ctx, o, `SELECT `+obligationColumns+` FROM obligations WHERE source = $1`, o.Source))
	if err != nil {
		return false, wrap("find obligation", err)
	}
	if !there {
		if made, err = addObligation(ctx, tx, o, now); err != nil {
			return false, err
		}
	}
	return made, addTasks(ctx, tx, o.ID, tasks)
}

// addTasks puts into an obligation the tasks that it lacks.
func addTasks(ctx context.Context, tx *Tx, obligation int64, tasks []string) error {
	there := []string{}
	if err := tx.SelectContext(ctx, &there, `SELECT task FROM obligation_lines WHERE obligation_id = $1`, obligation); err != nil {
		return wrap("list tasks of an obligation", err)
	}
	for _, task := range tasks {
		if slices.Contains(there, task) {
			continue
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO obligation_lines (obligation_id, task) VALUES ($1, $2) ON CONFLICT (obligation_id, task) DO NOTHING`, obligation, task)
		if err != nil {
			return wrap("add task to obligation", err)
		}
	}
	return nil
}

func addObligation(ctx context.Context, tx *Tx, o *Obligation, now time.Time) (made bool, err error) {
	if o.Code, err = nextCode(ctx, tx, "NV", now.Year()); err != nil {
		return false, err
	}
	made, err = found(tx.GetContext(ctx, o, `INSERT INTO obligations
		(id, code, source, kind, year, agency, title, asked, clause, due_on, state, next_at, person_id, created_at, told_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $11, $13) ON CONFLICT (source) DO NOTHING RETURNING `+obligationColumns,
		NewID(now), o.Code, o.Source, o.Kind, o.Year, o.Agency, o.Title, o.Asked, o.Clause, o.DueOn, millis(now), o.Person, o.ToldAt))
	if made || err != nil {
		return made, wrap("make obligation", err)
	}
	// Another replica made it since the first look.
	return false, wrap("find obligation", tx.GetContext(ctx, o, `SELECT `+obligationColumns+` FROM obligations WHERE source = $1`, o.Source))
}

// FindObligation finds one by its code; ok is false for none.
func FindObligation(ctx context.Context, tx *Tx, code string) (o Obligation, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &o, `SELECT `+obligationColumns+` FROM obligations WHERE code = $1`, code))
	return o, ok, wrap("find obligation", err)
}

// ObligationsOf lists what an agency owes or owed: what is open first, by its last day, then what is settled, the latest
// first. It skips the first ones.
func ObligationsOf(ctx context.Context, tx *Tx, agencies []string, skip, most int) ([]Obligation, error) {
	list := []Obligation{}
	if len(agencies) == 0 {
		return list, nil
	}
	marks, args := inTexts(agencies)
	args = append(args, skip, most)
	err := tx.SelectContext(ctx, &list, `SELECT `+obligationColumns+` FROM obligations WHERE agency IN `+marks+`
		ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'sent' THEN 1 ELSE 2 END,
		CASE state WHEN 'open' THEN due_on ELSE '' END, due_on DESC, id LIMIT `+mark(len(args))+` OFFSET `+mark(len(args)-1), args...)
	return list, wrap("list obligations of agencies", err)
}

// ObligationsFor lists what is due for a period, by kind, last day and agency.
func ObligationsFor(ctx context.Context, tx *Tx, kind ObligationKind, year int) ([]Obligation, error) {
	list := []Obligation{}
	err := tx.SelectContext(ctx, &list, `SELECT `+obligationColumns+` FROM obligations WHERE kind = $1 AND year = $2 ORDER BY due_on, agency, id`, kind, year)
	return list, wrap("list obligations of a period", err)
}

// Period is what is to be sent for a year.
type Period struct {
	Kind ObligationKind
	Year int
}

// AwaitedPeriods lists the periods of which something is open and somebody is still to be reminded of it: few, whatever was
// never sent in past years.
func AwaitedPeriods(ctx context.Context, tx *Tx) ([]Period, error) {
	list := []Period{}
	err := tx.SelectContext(ctx, &list, `SELECT DISTINCT kind, year FROM obligations WHERE next_at > 0 AND state = 'open' ORDER BY year, kind`)
	return list, wrap("list awaited periods", err)
}

// LateObligations lists what is open past its last day on a day, the longest first.
func LateObligations(ctx context.Context, tx *Tx, today string) ([]Obligation, error) {
	list := []Obligation{}
	err := tx.SelectContext(ctx, &list, `SELECT `+obligationColumns+` FROM obligations
		WHERE state = 'open' AND CASE promised_on WHEN '' THEN due_on ELSE promised_on END < $1 ORDER BY due_on, agency, id`, today)
	return list, wrap("list late obligations", err)
}

// lockObligation has other transactions wait to change an obligation; ok is false when it is not as somebody saw it any more.
func lockObligation(ctx context.Context, tx *Tx, seen Obligation) (ok bool, err error) {
	if err := AwaitReminders(ctx, tx); err != nil {
		return false, err
	}
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE obligations SET revision = revision WHERE id = $1 AND revision = $2 RETURNING id`, seen.ID, seen.Revision))
	return ok, wrap("lock obligation", err)
}

// Done reports whether nothing is awaited of it any more.
func (o Obligation) Done() bool { return o.State != ObligationOpen && o.State != ObligationSent }

// moveObligation changes what it is given of an obligation as somebody saw it; ok is false when it changed since. Every change
// has the reminders looked at anew, while it is open. Steps that passed before it was open again are not made up for.
func moveObligation(ctx context.Context, tx *Tx, o *Obligation, now time.Time) (ok bool, err error) {
	if err := AwaitReminders(ctx, tx); err != nil {
		return false, err
	}
	next, settled := int64(0), int64(0)
	if o.State == ObligationOpen {
		next = millis(now)
	}
	if o.Done() {
		settled = millis(now)
	}
	ok, err = found(tx.GetContext(ctx, o, `UPDATE obligations SET state = $3, promised_on = $4, steps = $5, due_on = $6, next_at = $7, settled_at = $8,
		told_at = CASE WHEN state <> 'open' AND $3 = 'open' THEN $9 ELSE told_at END, revision = revision + 1
		WHERE id = $1 AND revision = $2 RETURNING `+obligationColumns, o.ID, o.Revision, o.State, o.Promised, o.Steps, o.DueOn, next, settled, millis(now)))
	if !ok || err != nil {
		return false, wrap("change obligation", err)
	}
	return true, retell(ctx, tx, `r.obligation_id = $1`, o.ID)
}

// StopObligation takes an obligation away, as nothing is to be sent. ok is false when it changed since it was seen, or is
// settled already.
func StopObligation(ctx context.Context, tx *Tx, o *Obligation, now time.Time) (ok bool, err error) {
	if o.Done() {
		return false, nil
	}
	o.State = ObligationStopped
	return moveObligation(ctx, tx, o, now)
}

// ReopenObligation has it owed again; what was sent, and staff did not look at before they stopped it, waits for them again.
func ReopenObligation(ctx context.Context, tx *Tx, o *Obligation, now time.Time) (ok bool, err error) {
	if !o.Done() {
		return false, nil
	}
	sent, _, err := LastSubmission(ctx, tx, o.ID)
	if err != nil {
		return false, err
	}
	if o.State = ObligationOpen; sent.State == SubmissionSent {
		o.State = ObligationSent
	}
	return moveObligation(ctx, tx, o, now)
}

// SetReminderSteps gives an obligation reminders of its own, see plan.Steps; "" the usual ones.
func SetReminderSteps(ctx context.Context, tx *Tx, o *Obligation, steps string, now time.Time) (ok bool, err error) {
	o.Steps = steps
	return moveObligation(ctx, tx, o, now)
}
