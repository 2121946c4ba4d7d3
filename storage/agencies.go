package storage

import (
	"context"
	"slices"
	"time"
)

// Department is the agency that gathers what all others send, by its id in the plan: Sở KH&CN.
const Department = "SKHCN"

// Agency is somebody who owes plans and reports, or holds events: an agency, one of its divisions, a People's Committee.
type Agency struct {
	ID     string // "SCT", "xa-21484"
	Name   string // as it is now
	Short  string
	Parent string // of a division or centre; "": none
}

const agencyColumns = `id, name, short, parent`

// SaveAgencies keeps agencies of the plan under their present names. What staff added stays as they named it. Only what
// changed is written: it is asked for every day.
func SaveAgencies(ctx context.Context, tx *Tx, list []Agency, now time.Time) error {
	known, err := Agencies(ctx, tx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if slices.Contains(known, a) {
			continue
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO agencies (id, name, short, parent, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, short = EXCLUDED.short, parent = EXCLUDED.parent
			WHERE agencies.own = 0`, a.ID, a.Name, a.Short, a.Parent, millis(now))
		if err != nil {
			return wrap("keep agency", err)
		}
	}
	return nil
}

// AddAgency keeps a unit that staff name; it fills in the id.
func AddAgency(ctx context.Context, tx *Tx, a *Agency, now time.Time) error {
	code, err := nextCode(ctx, tx, "DV", now.Year())
	if err != nil {
		return err
	}
	a.ID = code
	_, err = tx.ExecContext(ctx, `INSERT INTO agencies (id, name, short, parent, own, at) VALUES ($1, $2, $3, $4, 1, $5)`,
		a.ID, a.Name, a.Short, a.Parent, millis(now))
	return wrap("add agency", err)
}

// FindAgency finds an agency by its id; ok is false for none.
func FindAgency(ctx context.Context, tx *Tx, id string) (a Agency, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &a, `SELECT `+agencyColumns+` FROM agencies WHERE id = $1`, id))
	return a, ok, wrap("find agency", err)
}

// Agencies lists all that are known, by name.
func Agencies(ctx context.Context, tx *Tx) ([]Agency, error) {
	list := []Agency{}
	err := tx.SelectContext(ctx, &list, everyAgency)
	return list, wrap("list agencies", err)
}

// Agencies is the function of that name, outside a transaction.
func (s *Store) Agencies(ctx context.Context) ([]Agency, error) {
	list := []Agency{}
	err := s.read.SelectContext(ctx, &list, everyAgency)
	return list, wrap("list agencies", err)
}

const everyAgency = `SELECT ` + agencyColumns + ` FROM agencies ORDER BY name, id`

// UnitsOf lists the divisions and centres of an agency, by name.
func UnitsOf(ctx context.Context, tx *Tx, parent string) ([]Agency, error) {
	list := []Agency{}
	err := tx.SelectContext(ctx, &list, `SELECT `+agencyColumns+` FROM agencies WHERE parent = $1 ORDER BY name, id`, parent)
	return list, wrap("list units", err)
}
