package storage

import (
	"cmp"
	"context"
	"slices"
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

// DueObligations lists what reminders are to be looked for at now, the one that waits longest first. They are locked: of
// several processes that remind at once, one has them, and the others find nothing.
func DueObligations(ctx context.Context, tx *Tx, now time.Time) ([]Obligation, error) {
	list := []Obligation{}
	if err := AwaitReminders(ctx, tx); err != nil {
		return nil, err
	}
	err := tx.SelectContext(ctx, &list, `UPDATE obligations SET next_at = next_at WHERE next_at > 0 AND next_at <= $1 RETURNING `+obligationColumns, millis(now))
	slices.SortFunc(list, func(a, b Obligation) int { return cmp.Or(cmp.Compare(a.NextAt, b.NextAt), cmp.Compare(a.ID, b.ID)) })
	return list, wrap("find obligations with a reminder due", err)
}

// AwaitReminders has transactions that tell reminders, or take them back, go on one after another, until they end. As a message is about
// several obligations, two that lock one each would wait in a circle for the other's: so this comes before any of them is locked.
// SQLite has one writer anyway.
func AwaitReminders(ctx context.Context, tx *Tx) error {
	if tx.DriverName() != "postgres" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, lockKey("reminders"))
	return wrap("wait for reminders", err)
}

// KeepReminder notes that a step was told; again changes nothing.
func KeepReminder(ctx context.Context, tx *Tx, r Reminder, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO reminders (obligation_id, step, moment, person_id, source, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (obligation_id, step, moment, person_id) DO NOTHING`, r.Obligation, r.Step, r.Moment, r.Person, r.Source, millis(now))
	return wrap("keep reminder", err)
}

// RemindersOf lists who was told which steps of an obligation from a moment on.
func RemindersOf(ctx context.Context, tx *Tx, obligation, from int64) ([]Reminder, error) {
	list := []Reminder{}
	err := tx.SelectContext(ctx, &list, `SELECT obligation_id, step, moment, person_id, source FROM reminders
		WHERE obligation_id = $1 AND moment >= $2 ORDER BY moment, person_id`, obligation, from)
	return list, wrap("list reminders of an obligation", err)
}

// RemindedSince lists who was reminded of an obligation since a moment.
func RemindedSince(ctx context.Context, tx *Tx, obligation int64, since time.Time) ([]int64, error) {
	people := []int64{}
	err := tx.SelectContext(ctx, &people, `SELECT DISTINCT person_id FROM reminders WHERE obligation_id = $1 AND at >= $2`, obligation, millis(since))
	return people, wrap("list people reminded of an obligation", err)
}

// ToldBy lists the people who have a message from a source, sent or not.
func ToldBy(ctx context.Context, tx *Tx, source string) ([]int64, error) {
	people := []int64{}
	err := tx.SelectContext(ctx, &people, `SELECT person_id FROM deliveries WHERE source = $1`, source)
	return people, wrap("list people told by a source", err)
}

// SetNextReminder notes the moment of the step that was told last, and of the next; 0: there is none.
func SetNextReminder(ctx context.Context, tx *Tx, obligation, told, next int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE obligations SET told_at = $2, next_at = $3 WHERE id = $1`, obligation, told, next)
	return wrap("set next reminder", err)
}

// RetellReminders takes back what was not sent in its time, from one source up to, but for, another: what is still due is
// looked for anew. Sources sort as the days do that are in them.
func RetellReminders(ctx context.Context, tx *Tx, from, until string) error {
	return retell(ctx, tx, `d.source >= $1 AND d.source < $2 AND d.state IN ('queued', 'expired')`, from, until)
}

// retell deletes the messages not sent that the condition picks, by d, a delivery, and r, a reminder in it. What they told is
// looked for anew, so that the next run tells what is still due of it.
func retell(ctx context.Context, tx *Tx, condition string, args ...any) error {
	if err := AwaitReminders(ctx, tx); err != nil {
		return err
	}
	messages := []struct {
		Source string
		Person int64 `db:"person_id"`
	}{}
	err := tx.SelectContext(ctx, &messages, `DELETE FROM deliveries WHERE state IN ('queued', 'expired') AND id IN
		(SELECT d.id FROM reminders r JOIN deliveries d ON d.source = r.source AND d.person_id = r.person_id WHERE `+condition+`)
		RETURNING source, person_id`, args...)
	if err != nil {
		return wrap("take messages back", err)
	}
	for _, m := range messages {
		for _, statement := range []string{
			`UPDATE obligations SET next_at = 1, told_at = (SELECT MIN(CASE WHEN r.moment <= told_at THEN r.moment - 1 ELSE told_at END) FROM reminders r
				WHERE r.obligation_id = obligations.id AND r.source = $1 AND r.person_id = $2)
				WHERE state = 'open' AND id IN (SELECT obligation_id FROM reminders WHERE source = $1 AND person_id = $2)`,
			`DELETE FROM reminders WHERE source = $1 AND person_id = $2`,
		} {
			if _, err := tx.ExecContext(ctx, statement, m.Source, m.Person); err != nil {
				return wrap("look for reminders anew", err)
			}
		}
	}
	return nil
}
