package contests

import (
	"context"
	"io"
	"time"

	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/export"
)

// mostLines is how many lines a sheet that sets a competition up may have.
const mostLines = 300

// ReadSheet reads the sheet of a competition that one of the hosts runs, with every mistake. It fails with a viet.Problem for
// what is no such sheet.
func (o Office) ReadSheet(content io.Reader, hosts handlers.Hosts, zone *time.Location) (competition.Definition, []competition.Mistake, error) {
	rows, err := export.Read(content, mostLines)
	if err != nil {
		return competition.Definition{}, nil, err
	}
	return competition.Read(rows, o.cells(hosts), zone)
}

// Load keeps a definition as a new competition of an agency.
func Load(ctx context.Context, tx *storage.Tx, d competition.Definition, agency string, now time.Time) (storage.Competition, error) {
	c := storage.Competition{}
	d.Host = agency
	if err := set(&c, d); err != nil {
		return c, err
	}
	return c, storage.AddCompetition(ctx, tx, &c, now)
}

// set gives c what d says.
func set(c *storage.Competition, d competition.Definition) (err error) {
	c.Agency, c.Name, c.OpensAt, c.ClosesAt = d.Host, d.Name, d.Opens.UnixMilli(), d.Closes.UnixMilli()
	if c.VoteAt = 0; d.Vote != nil {
		c.VoteAt = d.Vote.UnixMilli()
	}
	c.Definition, err = d.Encode()
	return err
}
