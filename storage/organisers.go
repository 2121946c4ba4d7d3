package storage

import (
	"context"
	"slices"
	"time"

	"khoinghiep/bot"
)

// Organising is in whose name somebody holds events and competitions: staff in everybody's, an officer in that of the agencies
// they answer for. Asked inside the transaction that acts.
type Organising struct {
	All  bool
	Mine []Agency // of an officer who is not staff, by name
}

// OrganisingAt tells it of who writes from a.
func OrganisingAt(ctx context.Context, tx *Tx, a bot.Address, now time.Time) (o Organising, err error) {
	if o.All, err = MayAct(ctx, tx, a, Staff, now); o.All || err != nil {
		return o, err
	}
	o.Mine, err = AgenciesOf(ctx, tx, a)
	return o, err
}

// For reports whether it is in the name of an agency, by its id.
func (o Organising) For(agency string) bool {
	return o.All || slices.ContainsFunc(o.Mine, func(a Agency) bool { return a.ID == agency })
}

// MayOrganise reports whether who writes from a may hold events and competitions in the name of an agency.
func MayOrganise(ctx context.Context, tx *Tx, a bot.Address, agency string, now time.Time) (bool, error) {
	o, err := OrganisingAt(ctx, tx, a, now)
	return o.For(agency), err
}

// where is a condition on the column agency, with values that are numbered after those before.
func (o Organising) where(before []any) (condition string, values []any) {
	if o.All {
		return `1 = 1`, before
	}
	if len(o.Mine) == 0 {
		return `1 = 0`, before
	}
	condition = `agency IN ` + placeholders(len(before)+1, len(o.Mine))
	for _, a := range o.Mine {
		before = append(before, a.ID)
	}
	return condition, before
}

// NotifyOrganisers queues a notice for those who hold what an agency holds; Person is set for each. What is the department's is
// that of all staff, and so is what is left by an agency for which nobody answers any more.
func NotifyOrganisers(ctx context.Context, tx *Tx, agency string, n Notice, now time.Time) error {
	officers, err := OfficersOf(ctx, tx, agency)
	if err != nil {
		return err
	}
	if agency == Department || len(officers) == 0 {
		return NotifyRole(ctx, tx, Staff, n, now)
	}
	for _, officer := range officers {
		n.Person = officer.Person
		if err := Notify(ctx, tx, n, now); err != nil {
			return err
		}
	}
	return nil
}
