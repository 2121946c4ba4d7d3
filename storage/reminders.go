package storage

import (
	"context"
	"time"
)

// Reminder is one step of one obligation, told to one person.
type Reminder struct {
	Obligation int64  `db:"obligation_id"`
	Step       string // "T-30"
	Moment     int64  // of the step, Unix milliseconds
	Person     int64  `db:"person_id"`
	Source     string // of the delivery that tells it
}

// DueObligations lists what reminders are to be looked for at now, the one that waits longest first.
func DueObligations(ctx context.Context, tx *Tx, now time.Time) ([]Obligation, error) {
	list := []Obligation{}
	err := tx.SelectContext(ctx, &list, `SELECT `+obligationColumns+` FROM obligations WHERE next_at > 0 AND next_at <= $1 ORDER BY next_at, id`, millis(now))
	return list, wrap("find obligations with a reminder due", err)
}

// KeepReminder notes that a step was told; again changes nothing.
func KeepReminder(ctx context.Context, tx *Tx, r Reminder, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO reminders (obligation_id, step, moment, person_id, source, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (obligation_id, step, moment, person_id) DO NOTHING`, r.Obligation, r.Step, r.Moment, r.Person, r.Source, millis(now))
	return wrap("keep reminder", err)
}

// SetNextReminder notes the moment of the step that was told last, and of the next; 0: there is none.
func SetNextReminder(ctx context.Context, tx *Tx, obligation, told, next int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE obligations SET told_at = $2, next_at = $3 WHERE id = $1`, obligation, told, next)
	return wrap("set next reminder", err)
}

// takeRemindersBack deletes the messages not sent yet that tell of an obligation, as it changed. What else they told is
// looked for anew, so that the next run tells it without this one.
func takeRemindersBack(ctx context.Context, tx *Tx, obligation int64) error {
	const unsent = `SELECT d.id FROM deliveries d JOIN reminders r ON r.source = d.source AND r.person_id = d.person_id
		WHERE r.obligation_id = $1 AND d.state = 'queued'`
	const told = `SELECT DISTINCT o.id FROM reminders o JOIN deliveries d ON o.source = d.source AND o.person_id = d.person_id WHERE d.id IN (` + unsent + `)`
	for _, statement := range []string{
		`UPDATE obligations SET told_at = 0, next_at = 1 WHERE state = 'open' AND id IN (` + told + `)`,
		`DELETE FROM deliveries WHERE id IN (` + unsent + `)`,
	} {
		if _, err := tx.ExecContext(ctx, statement, obligation); err != nil {
			return wrap("take reminders back", err)
		}
	}
	return nil
}
