package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"khoinghiep/bot"
)

// Guardian is who agreed that somebody under 16 registers.
type Guardian struct {
	Name  string
	Phone string // E.164
	Paper string `db:"paper_date"` // date of a consent on paper, "2006-01-02"; "" when given in a chat
}

// AddGuardian keeps a guardian's consent for who writes from child, who becomes known by it as under 16. proof says how it
// was given; its Person and Purpose are set here. It returns the id of what was kept.
func AddGuardian(ctx context.Context, tx *Tx, child bot.Address, g Guardian, proof Consent, now time.Time) (id int64, err error) {
	person, err := EnsurePerson(ctx, tx, child, now)
	if err != nil {
		return 0, err
	}
	return AddGuardianOf(ctx, tx, person, g, proof, now)
}

// AddGuardianOf is AddGuardian for somebody we know.
func AddGuardianOf(ctx context.Context, tx *Tx, person int64, g Guardian, proof Consent, now time.Time) (id int64, err error) {
	if _, err := tx.ExecContext(ctx, `UPDATE people SET minor = 1 WHERE id = $1`, person); err != nil {
		return 0, fmt.Errorf("mark as under 16: %w", err)
	}
	proof.Person, proof.Purpose, proof.Given = person, Dossier, true
	if err := AddConsent(ctx, tx, proof); err != nil {
		return 0, err
	}
	id = NewID(now)
	_, err = tx.ExecContext(ctx, `
		INSERT INTO guardians (id, person_id, name, phone, paper_date, consent_id, at)
		SELECT CAST($1 AS BIGINT), person_id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), id, at FROM consents
		WHERE channel = $5 AND chat = $6 AND message_id = $7 AND purpose = $8`,
		id, g.Name, g.Phone, g.Paper, proof.From.Channel, proof.From.Chat, proof.MessageID, proof.Purpose)
	return id, wrap("keep guardian", err)
}

// A withdrawal, by whomever, ends what a guardian agreed to before.
const notWithdrawn = `NOT EXISTS (SELECT 1 FROM consents l WHERE l.person_id = g.person_id AND l.purpose = 'dossier' AND l.given = 0 AND l.id > c.id)`

const guardianAgreed = `
	SELECT COUNT(*) FROM guardians g JOIN consents c ON c.id = g.consent_id AND c.given = 1
	WHERE g.person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)
	AND ` + notWithdrawn

// GuardianAgreed reports whether a guardian's consent for who writes from a holds now.
func (s *Store) GuardianAgreed(ctx context.Context, a bot.Address) (bool, error) {
	return countGuardians(ctx, s.read, a)
}

// GuardianAgrees is Store.GuardianAgreed inside a transaction, asked at the moment of acting.
func GuardianAgrees(ctx context.Context, tx *Tx, a bot.Address) (bool, error) {
	return countGuardians(ctx, tx, a)
}

func countGuardians(ctx context.Context, q sqlx.QueryerContext, a bot.Address) (bool, error) {
	n := 0
	err := sqlx.GetContext(ctx, q, &n, guardianAgreed, a.Channel, a.Chat)
	return n > 0, wrap("ask for a guardian's consent", err)
}
