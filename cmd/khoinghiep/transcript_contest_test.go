package main

import (
	"bytes"

	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// loadContest sets a competition up, as "khoinghiep contest load" does.
func (p *play) loadContest(name string) {
	p.t.Helper()
	places, err := plan.Places()
	if err != nil {
		p.t.Fatal(err)
	}
	now := p.app.engine.Clock()
	d, wrong, err := contests.Office{Places: places}.ReadSheet(bytes.NewReader(sheet(p.t, name)), now.Location())
	if err != nil || len(wrong) > 0 {
		p.t.Fatalf("%s: %v, %v", name, wrong, err)
	}
	err = p.app.store.InTx(p.t.Context(), func(tx *storage.Tx) error {
		_, err := contests.Load(p.t.Context(), tx, d, storage.Department, now)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}
