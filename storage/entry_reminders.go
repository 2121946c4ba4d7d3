package storage

import (
	"context"
	"fmt"
	"time"
)

// remindedOf is the beginning of the source of a reminder that a competition closes: with another closing it is another.
func remindedOf(c Competition, step string) string {
	return fmt.Sprintf("closing/%d/%d/%s/", c.ID, c.ClosesAt, step)
}

// ReminderSource is the source of a reminder that the competition of an entry closes.
func ReminderSource(c Competition, e Entry, step string) string {
	return fmt.Sprintf("%s%d", remindedOf(c, step), e.ID)
}

// DraftsToRemind lists entries of c that were begun before a step of its reminders, are not submitted, and whose captains were
// not reminded at that step.
func DraftsToRemind(ctx context.Context, tx *Tx, c Competition, step string, begunBefore time.Time, most int) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries e
		WHERE competition_id = $1 AND state = 'draft' AND origin = '' AND created_at < $2
		AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.source = CAST($3 AS TEXT) || CAST(e.id AS TEXT) AND d.person_id = e.person_id)
		ORDER BY id LIMIT $4`, c.ID, millis(begunBefore), remindedOf(c, step), most)
	return list, wrap("find entries to remind of", err)
}

// forgetReminders takes back the reminders that wait: those of one entry, when nothing is left to be reminded of.
func forgetReminders(ctx context.Context, tx *Tx, e Entry, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'cancelled', reason = $4, at = $5 WHERE person_id = $1 AND state = 'queued'
		AND source LIKE 'closing/' || CAST($2 AS TEXT) || '/%/' || CAST($3 AS TEXT)`, e.Person, e.Competition, e.ID, TakenBack, millis(now))
	return wrap("take back reminders of an entry", err)
}

// forgetClosing takes back the reminders that wait of a closing that was moved. Whoever was not told yet that the public votes is told
// anew, with the end as it is then.
func forgetClosing(ctx context.Context, tx *Tx, competition int64, now time.Time) error {
	prefix := fmt.Sprintf("closing/%d/", competition)
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'cancelled', reason = $3, at = $4 WHERE state = 'queued' AND source >= $1 AND source < $2`,
		prefix, prefix[:len(prefix)-1]+"0", TakenBack, millis(now)) // "0" follows "/"
	if err != nil {
		return fmt.Errorf("take back reminders of a closing: %w", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM deliveries WHERE state = 'queued' AND source LIKE $1`, voteOpens(Competition{ID: competition})+"%")
	return wrap("take back that the public votes", err)
}
