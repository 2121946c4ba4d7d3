package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot/viet"
)

// OriginPaper is the origin of a startup that staff brought in, from paper or from a list of an earlier year. Of those that
// founders register in a chat it is "".
const OriginPaper = "paper"

// PaperStartup is a startup that staff bring in for a founder who did not write to us.
type PaperStartup struct {
	Startup // Draft, Name, Place, Field and Stage; the rest is filled in
	Founder string
	Phone   string    // E.164
	Filed   time.Time // when the founder handed it in
	Proof   Consent   // the officer's word that a signed consent is held, at From; Person, Purpose and Given are set here
}

// AddPaperStartup registers p under a code of the year in which it was filed, once for its draft, and has the officer
// confirm it, who has read it. It belongs to a person without a chat: somebody who writes to us later is not taken for that
// person, whatever their phone. Retention counts from now.
func AddPaperStartup(ctx context.Context, tx *Tx, p *PaperStartup, now time.Time) error {
	person, err := paperPerson(ctx, tx, p.Founder, p.Phone, now)
	if err != nil {
		return err
	}
	p.Proof.Person, p.Proof.Purpose, p.Proof.Given = person, Dossier, true
	if err := AddConsent(ctx, tx, p.Proof); err != nil {
		return err
	}
	p.Person = person
	if done, err := startupOfDraft(ctx, tx, &p.Startup); done || err != nil {
		return err
	}
	if err := AddStartup(ctx, tx, &p.Startup, p.Filed); err != nil {
		return err
	}
	p.Origin, p.UpdatedAt = OriginPaper, millis(now)
	_, err = tx.ExecContext(ctx, `UPDATE startups SET origin = $2, updated_at = $3 WHERE id = $1`, p.ID, p.Origin, p.UpdatedAt)
	if err != nil {
		return fmt.Errorf("mark startup as brought by staff: %w", err)
	}
	officer, err := EnsurePerson(ctx, tx, p.Proof.From, now)
	if err != nil {
		return err
	}
	return settle(ctx, tx, &p.Startup, Review{Person: officer, Status: StatusConfirmed}, now)
}

// paperPerson finds the person without a chat who has this name and phone, or makes one.
func paperPerson(ctx context.Context, tx *Tx, name, phone string, now time.Time) (int64, error) {
	known := []Person{}
	err := tx.SelectContext(ctx, &known, `SELECT id, name FROM people p
		WHERE phone = $1 AND NOT EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = p.id) ORDER BY id`, phone)
	if err != nil {
		return 0, fmt.Errorf("find person without a chat: %w", err)
	}
	for _, p := range known {
		if viet.Fold(p.Name) == viet.Fold(name) {
			return p.ID, nil
		}
	}
	return personWithoutChat(ctx, tx, name, phone, now)
}

func personWithoutChat(ctx context.Context, tx *Tx, name, phone string, now time.Time) (id int64, err error) {
	id = NewID(now)
	if _, err := tx.ExecContext(ctx, `INSERT INTO people (id, created_at) VALUES ($1, $2)`, id, millis(now)); err != nil {
		return 0, fmt.Errorf("make person without a chat: %w", err)
	}
	return id, DescribePerson(ctx, tx, id, name, phone)
}

// SameStartup finds the code of a startup that stands, of the same name and with the same phone; "" for none.
func SameStartup(ctx context.Context, tx *Tx, name, phone string) (code string, err error) {
	err = tx.GetContext(ctx, &code, `
		SELECT s.code FROM startups s JOIN people p ON p.id = s.person_id
		WHERE s.name_folded = $1 AND p.phone = $2 AND `+isOpen+` ORDER BY s.id LIMIT 1`, viet.Fold(name), phone)
	_, err = found(err)
	return code, wrap("look for the same startup", err)
}
