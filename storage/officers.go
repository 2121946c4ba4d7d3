package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// AgencyOfficer is somebody who answers for an agency in the chat.
type AgencyOfficer struct {
	Person int64 `db:"person_id"`
	Name   string
	Agency string
	Head   bool  // leads it, and agreed to hear of what is due and overdue
	Since  int64 // Unix milliseconds
}

const agencyOfficers = `SELECT o.person_id, p.name, o.agency, o.head, o.since FROM officers o JOIN people p ON p.id = o.person_id`

// AddOfficer has a person answer for an agency; again only changes whether they lead it.
func AddOfficer(ctx context.Context, tx *Tx, person int64, agency string, head bool, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO officers (person_id, agency, head, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id, agency) DO UPDATE SET head = EXCLUDED.head`, person, agency, number(head), millis(now))
	return wrap("add officer", err)
}

// RemoveOfficer has a person no longer answer for an agency, and takes back what they were not sent yet of what it owes; ok is
// false when they did not answer for it.
func RemoveOfficer(ctx context.Context, tx *Tx, person int64, agency string) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `DELETE FROM officers WHERE person_id = $1 AND agency = $2 RETURNING agency`, person, agency))
	if !ok || err != nil {
		return false, wrap("remove officer", err)
	}
	return true, retell(ctx, tx, `r.person_id = $1 AND r.obligation_id IN (SELECT id FROM obligations WHERE agency = $2
		UNION SELECT obligation_id FROM obligation_lines WHERE unit = $2)`, person, agency)
}

// OfficersOf lists who answers for an agency, in the order in which they came.
func OfficersOf(ctx context.Context, tx *Tx, agency string) ([]AgencyOfficer, error) {
	list := []AgencyOfficer{}
	err := tx.SelectContext(ctx, &list, agencyOfficers+` WHERE o.agency = $1 ORDER BY o.since, o.person_id`, agency)
	return list, wrap("list officers of an agency", err)
}

// AgenciesOf lists the agencies that who writes from a answers for, by name: asked by every action of an officer at the
// moment it acts.
func AgenciesOf(ctx context.Context, tx *Tx, a bot.Address) ([]Agency, error) {
	list := []Agency{}
	err := tx.SelectContext(ctx, &list, `SELECT `+agencyColumns+` FROM agencies WHERE id IN
		(SELECT o.agency FROM officers o JOIN addresses a ON a.person_id = o.person_id WHERE a.channel = $1 AND a.chat = $2)
		ORDER BY name, id`, a.Channel, a.Chat)
	return list, wrap("list agencies of an officer", err)
}

// Owes reports whether an agency that who writes from a answers for has something to send, or to correct until it is accepted.
func (s *Store) Owes(ctx context.Context, a bot.Address) (bool, error) {
	owes, err := found(s.read.GetContext(ctx, new(int64), `SELECT b.id FROM obligations b JOIN officers o ON o.agency = b.agency
		JOIN addresses a ON a.person_id = o.person_id WHERE a.channel = $1 AND a.chat = $2 AND b.state IN ('open', 'sent') LIMIT 1`, a.Channel, a.Chat))
	return owes, wrap("look for obligations of an officer", err)
}

// IdleAgencies lists the agencies that owe something open and have nobody who answers for them, by name.
func IdleAgencies(ctx context.Context, tx *Tx) ([]Agency, error) {
	list := []Agency{}
	err := tx.SelectContext(ctx, &list, `SELECT `+agencyColumns+` FROM agencies WHERE
		id IN (SELECT b.agency FROM obligations b WHERE b.state = 'open')
		AND NOT EXISTS (SELECT 1 FROM officers o WHERE o.agency = agencies.id) ORDER BY name, id`)
	return list, wrap("list agencies without an officer", err)
}
