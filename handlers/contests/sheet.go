package contests

import (
	"context"
	"io"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/contest"
	"khoinghiep/storage/export"
)

// mostLines is how many lines a sheet that sets a competition up may have.
const mostLines = 300

// ReadSheet reads the sheet of a competition, with every mistake. It fails with a viet.Problem for what is no such sheet.
func (o Office) ReadSheet(content io.Reader, zone *time.Location) (contest.Definition, []contest.Mistake, error) {
	rows, err := export.Read(content, mostLines)
	if err != nil {
		return contest.Definition{}, nil, err
	}
	return contest.Read(rows, o.sheetPlaces(), zone)
}

// Load keeps a definition as a new competition of an agency.
func Load(ctx context.Context, tx *storage.Tx, d contest.Definition, agency string, now time.Time) (storage.Competition, error) {
	c := storage.Competition{Agency: agency}
	if err := set(&c, d); err != nil {
		return c, err
	}
	return c, storage.AddCompetition(ctx, tx, &c, now)
}

// set gives c what d says.
func set(c *storage.Competition, d contest.Definition) (err error) {
	c.Name, c.OpensAt, c.ClosesAt = d.Name, d.Opens.UnixMilli(), d.Closes.UnixMilli()
	c.Definition, err = d.Encode()
	return err
}
