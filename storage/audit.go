package storage

import (
	"context"
	"strconv"
	"time"

	"khoinghiep/bot"
)

// AddAudit writes down that who writes from a did something to a subject (a code, an id), and in whose place when they
// stand in for an approver. The table is only added to: the database refuses everything else.
func AddAudit(ctx context.Context, tx *Tx, a bot.Address, action, subject string, now time.Time) error {
	person, err := EnsurePerson(ctx, tx, a, now)
	if err != nil {
		return err
	}
	approver, err := standsInFor(ctx, tx, person, now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (id, at, person_id, action, subject, for_id) VALUES ($1, $2, $3, $4, $5, $6)`,
		NewID(now), millis(now), person, action, subject, approver)
	return wrap("write audit log", err)
}

// AddCommandAudit writes down what was done on the command line, by whoever has the server: person 0.
func AddCommandAudit(ctx context.Context, tx *Tx, action, subject string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit (id, at, person_id, action, subject) VALUES ($1, $2, 0, $3, $4)`, NewID(now), millis(now), action, subject)
	return wrap("write audit log", err)
}

// PersonSubject is the subject of what is done to a person; who reads the log sees the name that they have then.
func PersonSubject(person int64) string { return personSubject + strconv.FormatInt(person, 10) }

const personSubject = "person "
