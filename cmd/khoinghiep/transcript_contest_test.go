package main

import (
	"bytes"
	"testing"
	"time"

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
