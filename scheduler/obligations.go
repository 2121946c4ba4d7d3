package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Obligations keeps the agencies of the plan under their present names, and makes what they owe ahead of time: one obligation
// for each agency, kind and period. Its work is what is not made yet: again, or on two replicas, it changes nothing.
type Obligations struct {
	Store  *storage.Store
	Plan   *plan.Catalogue // that ships with the program; the database has the later versions
	GoLive string          // nothing due before that day is made, "2006-01-02"
}

// Obligations are made so many days before their last day, which is well before the first reminder, or so many days after
// it, when nobody would hear of them any more.
const (
	madeAhead = 60
	madeLate  = 60
)

// Run makes what is due around the day of now.
func (j Obligations) Run(ctx context.Context, now time.Time) error {
	return j.Store.InTx(ctx, func(tx *storage.Tx) error { return j.Make(ctx, tx, now) })
}

// Make is Run as a part of a transaction.
func (j Obligations) Make(ctx context.Context, tx *storage.Tx, now time.Time) error {
	versions, err := plan.LoadedVersions(ctx, j.Store, j.Plan)
	if err != nil {
		return err
	}
	today := now.Format(time.DateOnly)
	oldest, latest := now.AddDate(0, 0, -madeLate).Format(time.DateOnly), now.AddDate(0, 0, madeAhead).Format(time.DateOnly)
	found := dutiesBetween(versions, max(j.GoLive, oldest), latest)
	if err := storage.SaveAgencies(ctx, tx, agenciesOn(versions.On(today), today, found), now); err != nil {
		return err
	}
	for _, d := range found {
		if err := d.keep(ctx, tx, now); err != nil {
			return err
		}
	}
	return nil
}

// duty is something due, of one version of the plan.
type duty struct {
	plan.Duty
	version *plan.Catalogue
	senders []string
	choice  bool // staff choose among the senders
}

// dutiesBetween lists what is due between two days, both included, with who owes it on its last day.
func dutiesBetween(versions plan.Versions, from, until string) []duty {
	list := []duty{}
	for _, d := range versions.DutiesDue(from, until) {
		version := versions.For(d.Year, d.LastDay)
		senders, choice := version.Resolve(d.Agency, d.LastDay)
		list = append(list, duty{Duty: d, version: version, senders: senders, choice: choice})
	}
	return list
}

// keep has whoever it is due from owe it, or staff choose. The source does not tell the version: what one version had made
// stays the same thing in the next.
func (d duty) keep(ctx context.Context, tx *storage.Tx, now time.Time) error {
	period := fmt.Sprintf("%s/%d/", d.Kind, d.Year)
	if d.choice {
		return storage.AwaitChoice(ctx, tx, storage.Choice{
			Source: period + d.Agency, Kind: storage.ObligationKind(d.Kind), Year: d.Year, Agency: d.Agency, Tasks: d.Tasks,
			Title: d.Title, Clause: d.Clause, DueOn: d.LastDay, Proposed: d.senders,
		}, now)
	}
	for _, agency := range d.senders { // one: several are a choice
		o := storage.Obligation{
			Source: period + agency, Kind: storage.ObligationKind(d.Kind), Year: d.Year, Agency: agency,
			Title: d.Title, Clause: d.Clause, DueOn: d.LastDay,
		}
		if _, err := storage.MakeObligation(ctx, tx, &o, d.Tasks, now); err != nil {
			return err
		}
	}
	return nil
}

// agenciesOn lists, under their names on a day, the agencies that there are on that day, and whoever owes one of the duties.
func agenciesOn(c *plan.Catalogue, day string, duties []duty) []storage.Agency {
	list := []storage.Agency{}
	add := func(a plan.Agency) {
		if !slices.ContainsFunc(list, func(known storage.Agency) bool { return known.ID == a.ID }) {
			name, short := a.NameOn(day)
			list = append(list, storage.Agency{ID: a.ID, Name: name, Short: short, Parent: a.Parent})
		}
	}
	for _, a := range c.AgenciesOn(day) {
		add(a)
	}
	for _, d := range duties {
		for _, id := range d.senders {
			if a, ok := d.version.Agency(id); ok {
				add(a)
			}
		}
	}
	return list
}
