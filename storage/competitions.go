package storage

import (
	"context"
	"time"
)

// Competition is one that an agency runs.
type Competition struct {
	ID         int64
	Code       string // CT-2026-0001
	Agency     string // who runs it: the id of an Agency
	Host       string // the agency's name; the id of one that is not known
	Name       string
	Definition string // all that is set about it, see the package competition
	OpensAt    int64  `db:"opens_at"`    // Unix milliseconds, as all below
	ClosesAt   int64  `db:"closes_at"`   // what is done then is late
	GraceUntil int64  `db:"grace_until"` // see InTime; 0: not known yet
	Round      int    // that the jury is at, from 1; 0: entries are not dealt yet
	Published  int    // rounds whose results are out
	Revision   int64  // raised by every change of the definition
	CreatedAt  int64  `db:"created_at"`

	VoteAt        int64 `db:"vote_at"`        // when the public vote ends; 0: there is none
	VoteGrace     int64 `db:"vote_grace"`     // see VoteTakes; 0: not known yet
	VoteWithout   bool  `db:"vote_without"`   // votes that are flagged do not count
	VotePublished int64 `db:"vote_published"` // when the counts came out; 0: not yet
}

const competitionColumns = `id, code, agency, name, definition, opens_at, closes_at, grace_until, round, published, revision, created_at,
	vote_at, vote_grace, vote_without, vote_published,
	COALESCE((SELECT h.name FROM agencies h WHERE h.id = competitions.agency), agency) AS host`

// AddCompetition keeps c and fills in ID, Code and CreatedAt. The year of the code is that of now where it is told.
func AddCompetition(ctx context.Context, tx *Tx, c *Competition, now time.Time) (err error) {
	if c.Code, err = nextCode(ctx, tx, "CT", now.Year()); err != nil {
		return err
	}
	c.ID, c.CreatedAt = NewID(now), millis(now)
	_, err = tx.ExecContext(ctx, `INSERT INTO competitions (id, code, agency, name, definition, opens_at, closes_at, created_at, vote_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, c.ID, c.Code, c.Agency, c.Name, c.Definition, c.OpensAt, c.ClosesAt, c.CreatedAt, c.VoteAt)
	return wrap("keep competition", err)
}

// ReviseCompetition keeps another definition of a competition, with its agency, name and times, if it still is as it was seen and
// its entries are not dealt yet; else ok is false. Whether it closed is then open again.
func ReviseCompetition(ctx context.Context, tx *Tx, c *Competition, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, c, `UPDATE competitions SET name = $3, definition = $4, opens_at = $5, closes_at = $6, agency = $7,
		grace_until = CASE WHEN closes_at = $6 THEN grace_until ELSE 0 END, vote_at = $8,
		vote_grace = CASE WHEN vote_at = $8 THEN vote_grace ELSE 0 END, revision = revision + 1
		WHERE id = $1 AND revision = $2 AND round = 0 RETURNING `+competitionColumns,
		c.ID, c.Revision, c.Name, c.Definition, c.OpensAt, c.ClosesAt, c.Agency, c.VoteAt))
	if !ok || err != nil {
		return false, wrap("change competition", err)
	}
	return true, forgetClosing(ctx, tx, c.ID, now)
}

// FindCompetition finds a competition by its code; ok is false for none.
func FindCompetition(ctx context.Context, tx *Tx, code string) (c Competition, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &c, `SELECT `+competitionColumns+` FROM competitions WHERE code = $1`, code))
	return c, ok, wrap("find competition", err)
}

// OrganisedCompetitions lists the competitions that somebody runs, the latest first.
func OrganisedCompetitions(ctx context.Context, tx *Tx, o Organising, most int) ([]Competition, error) {
	list := []Competition{}
	where, values := o.where([]any{most})
	err := tx.SelectContext(ctx, &list, `SELECT `+competitionColumns+` FROM competitions WHERE `+where+` ORDER BY id DESC LIMIT $1`, values...)
	return list, wrap("list organised competitions", err)
}

// OpenCompetitions lists those that take entries at now, the first to close first.
func OpenCompetitions(ctx context.Context, tx *Tx, now time.Time) ([]Competition, error) {
	list := []Competition{}
	err := tx.SelectContext(ctx, &list, `SELECT `+competitionColumns+` FROM competitions
		WHERE opens_at <= $1 AND closes_at > $1 ORDER BY closes_at, id`, millis(now))
	return list, wrap("list open competitions", err)
}

// CompetitionByID finds a competition; ok is false for none.
func CompetitionByID(ctx context.Context, tx *Tx, id int64) (c Competition, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &c, `SELECT `+competitionColumns+` FROM competitions WHERE id = $1`, id))
	return c, ok, wrap("find competition", err)
}
