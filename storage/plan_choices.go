package storage

import (
	"context"
	"path"
	"time"
)

// Choice is something due from somebody whom staff have to choose: a group of agencies, or one that became several.
type Choice struct {
	Source   string // as Obligation.Source, with Agency in the place of who owes it: "report/2026/UBNDH"
	Kind     ObligationKind
	Year     int
	Agency   string // as the plan names it, an id
	Tasks    Texts
	Title    string
	Clause   string
	DueOn    string `db:"due_on"`
	Proposed Texts  // ids of agencies that it may be
	MadeAt   int64  `db:"made_at"`   // Unix milliseconds; 0: staff did not choose yet
	Person   int64  `db:"person_id"` // who chose
}

const choiceColumns = `source, kind, year, agency, tasks, title, clause, due_on, proposed, made_at, person_id`

// AwaitChoice notes that staff have to choose; again changes nothing.
func AwaitChoice(ctx context.Context, tx *Tx, c Choice, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO plan_choices (source, kind, year, agency, tasks, title, clause, due_on, proposed, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (source) DO NOTHING`,
		c.Source, c.Kind, c.Year, c.Agency, c.Tasks, c.Title, c.Clause, c.DueOn, c.Proposed, millis(now))
	return wrap("await choice", err)
}

// OpenChoices lists what staff have to choose, the one due first at first.
func OpenChoices(ctx context.Context, tx *Tx) ([]Choice, error) {
	list := []Choice{}
	err := tx.SelectContext(ctx, &list, `SELECT `+choiceColumns+` FROM plan_choices WHERE made_at = 0 ORDER BY due_on, source`)
	return list, wrap("list choices", err)
}

// FindChoice finds an open one by its source; ok is false for none.
func FindChoice(ctx context.Context, tx *Tx, source string) (c Choice, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &c, `SELECT `+choiceColumns+` FROM plan_choices WHERE source = $1 AND made_at = 0`, source))
	return c, ok, wrap("find choice", err)
}

// MakeChoice has the chosen agencies owe what waited for the choice, together with what they owe anyway for that period; none:
// nobody does. ok is false when it was made already: of several who choose at once, one wins.
func MakeChoice(ctx context.Context, tx *Tx, source string, agencies []string, by int64, now time.Time) (ok bool, err error) {
	c := Choice{}
	ok, err = found(tx.GetContext(ctx, &c, `UPDATE plan_choices SET made_at = $2, person_id = $3 WHERE source = $1 AND made_at = 0 RETURNING `+choiceColumns,
		source, millis(now), by))
	if !ok || err != nil {
		return false, wrap("make choice", err)
	}
	for _, agency := range agencies {
		o := Obligation{Source: path.Dir(source) + "/" + agency, Kind: c.Kind, Year: c.Year, Agency: agency, Title: c.Title, Clause: c.Clause, DueOn: c.DueOn}
		if _, err := MakeObligation(ctx, tx, &o, c.Tasks, now); err != nil {
			return false, err
		}
	}
	return true, nil
}
