package main

import (
	"bytes"
	"errors"
	"strconv"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/plan"
)

// readSheet reads a competition from testdata/sheets/NAME.tsv.
func readSheet(t *testing.T, name string) competition.Definition {
	t.Helper()
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	home, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	d, wrong, err := contests.Office{Places: places}.ReadSheet(bytes.NewReader(sheet(t, name)), handlers.Hosts{Default: storage.Department}, home)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("%s: %v, %v", name, wrong, err)
	}
	return d
}

// loadContest sets a competition up, as "khoinghiep contest load" does.
func (p *play) loadContest(name string) {
	p.t.Helper()
	err := p.app.store.InTx(p.t.Context(), func(tx *storage.Tx) error {
		_, err := contests.Load(p.t.Context(), tx, readSheet(p.t, name), storage.Department, p.app.engine.Clock())
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// castVotes has so many people, who are new here, vote for the first entry of the vote that goes on; on a channel on which nobody
// could enter there is none.
func (p *play) castVotes(number string) {
	p.t.Helper()
	ctx, now := p.t.Context(), p.app.engine.Clock()
	n, wrong := strconv.Atoi(number)
	err := p.app.store.InTx(ctx, func(tx *storage.Tx) error {
		going, err := storage.VotesGoingOn(ctx, tx, now)
		if err != nil || len(going) == 0 {
			return errors.Join(err, errors.New("nothing is voted on"))
		}
		entries, err := storage.VotableEntries(ctx, tx, going[0].ID)
		if err != nil || len(entries) == 0 {
			return err
		}
		for i := range n {
			voter, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "crowd", Chat: strconv.Itoa(i)}, now)
			if err = errors.Join(err, storage.CastVote(ctx, tx, entries[0].ID, voter, storage.Arrival{At: now, Exact: true}, now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(wrong, err); err != nil {
		p.t.Fatal(err)
	}
}
