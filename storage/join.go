package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
)

// JoinPeople makes those who write from a and b one person: the older one, who gets everything of the younger. Names and
// phones are those of the younger, told later, where there are any. ok is false when they are one person already.
func JoinPeople(ctx context.Context, tx *Tx, a, b bot.Address, now time.Time) (ok bool, err error) {
	ids := []int64{}
	for _, address := range inOrder(a, b) { // one order of locks, so that two joins of the same people do not wait for each other
		id, err := EnsurePerson(ctx, tx, address, now)
		if err != nil {
			return false, err
		}
		ids = append(ids, id)
	}
	older, younger := slices.Min(ids), slices.Max(ids)
	if older == younger {
		return false, nil
	}
	return true, merge(ctx, tx, older, younger)
}

func inOrder(a, b bot.Address) []bot.Address {
	list := []bot.Address{a, b}
	slices.SortFunc(list, func(a, b bot.Address) int { return strings.Compare(a.String(), b.String()) })
	return list
}

// merge moves whatever is kept under the younger person's id. The addresses come first: that takes the lock on each, for
// which EnsurePerson waits, so that no turn still writes under that id once the other tables follow.
func merge(ctx context.Context, tx *Tx, older, younger int64) error {
	statements := slices.Concat(duplicateDeliveries(), []string{duplicateMembers}, duplicateJurors())
	for _, h := range ofPerson() {
		if h.table == "guests" {
			statements = append(statements, `UPDATE events SET author_id = $1 WHERE author_id = $2`, duplicateGuests()) // an event is locked before its guests
		}
		if h.table == "votes" {
			statements = append(statements, duplicateVotes)
		}
		if !slices.Contains([]string{"people", "roles", "officers", "reminders", "pins", "audit"}, h.table) { // see below
			statements = append(statements, `UPDATE `+h.table+` SET person_id = $1 WHERE person_id = $2`)
		}
	}
	statements = append(statements,
		`INSERT INTO joined_people (person_id, old_id) VALUES ($1, $2)`, // the audit log stays as it is
		`UPDATE delegations SET delegate_id = $1 WHERE delegate_id = $2`,
		`INSERT INTO pins (person_id, hash, tries, tries_since, locked_until, set_at)
			SELECT $1, hash, tries, tries_since, locked_until, set_at FROM pins WHERE person_id = $2
			ON CONFLICT (person_id) DO NOTHING`,
		`DELETE FROM pins WHERE person_id = $2 AND person_id <> $1`,
		`INSERT INTO roles (person_id, role, granted_at) SELECT $1, role, granted_at FROM roles WHERE person_id = $2
			ON CONFLICT (person_id, role) DO NOTHING`,
		`DELETE FROM roles WHERE person_id = $2 AND person_id <> $1`,
		`INSERT INTO officers (person_id, agency, head, since) SELECT $1, agency, head, since FROM officers WHERE person_id = $2
			ON CONFLICT (person_id, agency) DO NOTHING`,
		`DELETE FROM officers WHERE person_id = $2 AND person_id <> $1`,
		`INSERT INTO reminders (obligation_id, step, moment, person_id, source, at) SELECT obligation_id, step, moment, $1, source, at
			FROM reminders WHERE person_id = $2 ON CONFLICT (obligation_id, step, moment, person_id) DO NOTHING`,
		`DELETE FROM reminders WHERE person_id = $2 AND person_id <> $1`,
		`UPDATE submissions SET decided_by = $1 WHERE decided_by = $2`,
		`UPDATE obligation_answers SET decided_by = $1 WHERE decided_by = $2`,
		`UPDATE requests SET staff_id = $1 WHERE staff_id = $2`,
		`UPDATE guests SET arrived_by = $1 WHERE arrived_by = $2`,
		`UPDATE announcements SET author_id = $1 WHERE author_id = $2`,
		`UPDATE announcements SET approver_id = $1 WHERE approver_id = $2`,
		`UPDATE people SET name = y.name, name_folded = y.name_folded FROM people y WHERE people.id = $1 AND y.id = $2 AND y.name <> ''`,
		`UPDATE people SET phone = y.phone FROM people y WHERE people.id = $1 AND y.id = $2 AND y.phone <> ''`,
		`UPDATE people SET minor = 1 FROM people y WHERE people.id = $1 AND y.id = $2 AND y.minor = 1`,
		`DELETE FROM people WHERE id = $2 AND id <> $1`)
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, older, younger); err != nil {
			return fmt.Errorf("join people: %w", err)
		}
	}
	return nil
}

// duplicateJurors leave one juror of a competition, the older person's, who reads what both did. Of an entry that both read,
// one reading stays: a conflict of interest before what is scored, that before what is not, and else the older person's.
func duplicateJurors() []string {
	const ofBoth = ` FROM jurors y JOIN jurors o ON o.competition_id = y.competition_id WHERE y.person_id = $2 AND o.person_id = $1`
	const twin = ` AND EXISTS (SELECT 1 FROM readings t WHERE t.entry_id = readings.entry_id AND t.round = readings.round AND t.juror_id IN `
	return []string{
		`DELETE FROM readings WHERE juror_id IN (SELECT o.id` + ofBoth + `)` + twin + `(SELECT y.id` + ofBoth + `)
			AND (t.state = 'conflict' OR t.state = 'scored' AND readings.state IN ('dealt', 'clear')))`,
		`DELETE FROM readings WHERE juror_id IN (SELECT y.id` + ofBoth + `)` + twin + `(SELECT o.id` + ofBoth + `))`,
		`UPDATE readings SET juror_id = (SELECT o.id` + ofBoth + ` AND y.id = readings.juror_id) WHERE juror_id IN (SELECT y.id` + ofBoth + `)`,
		`DELETE FROM jurors WHERE person_id = $2 AND competition_id IN (SELECT j.competition_id FROM jurors j WHERE j.person_id = $1)`,
	}
}

// duplicateMembers takes the younger person out of entries in which the older one is, or whose captain either is.
const duplicateMembers = `DELETE FROM entry_members WHERE person_id = $2 AND entry_id IN (SELECT m.entry_id FROM entry_members m WHERE m.person_id = $1)
	OR person_id = $2 AND entry_id IN (SELECT e.id FROM entries e WHERE e.person_id IN ($1, $2))
	OR person_id = $1 AND entry_id IN (SELECT e.id FROM entries e WHERE e.person_id = $2)`

// duplicateDeliveries leave one delivery of each source: the older person's, unless the younger's is sent already. The
// younger's stays in the ledger under a source of its own.
func duplicateDeliveries() []string {
	const twin = `EXISTS (SELECT 1 FROM deliveries t WHERE t.source = deliveries.source AND t.person_id = `
	return []string{
		`UPDATE deliveries SET state = 'cancelled', reason = '` + Joined + `' WHERE person_id = $1 AND state = 'queued' AND ` + twin + `$2 AND t.state <> 'queued')`,
		`UPDATE deliveries SET source = source || '/joined/' || CAST(id AS TEXT), reason = '` + Joined + `',
			state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END WHERE person_id = $2 AND ` + twin + `$1)`,
	}
}

// OtherAddresses lists the other chats of who writes from a.
func OtherAddresses(ctx context.Context, tx *Tx, a bot.Address) ([]bot.Address, error) {
	list := []bot.Address{}
	err := tx.SelectContext(ctx, &list, `
		SELECT o.channel, o.chat FROM addresses o JOIN addresses a ON a.person_id = o.person_id
		WHERE a.channel = $1 AND a.chat = $2 AND NOT (o.channel = $1 AND o.chat = $2)`, a.Channel, a.Chat)
	return list, wrap("list other chats", err)
}
