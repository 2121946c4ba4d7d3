package storage_test

import (
	"errors"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// An old snapshot brings back the very value that a dialog was loaded from, while the table has a newer one. Somebody else
// may meet the new life of Redis before that dialog is saved.
func TestDialogOfAnEarlierLifeIsNotSaved(t *testing.T) {
	_, r, ds := setup(t)
	saveName(t, ds, "old")
	r.Snapshot()
	stale := load(t, ds)
	saveName(t, ds, "new")
	if err := ds.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Stop()
	r.Start()
	for { // connections to the former server fail first, then its scripts are unknown
		other, err := ds.Load(t.Context(), bot.Address{Channel: "test", Chat: "somebody else"})
		if err == nil && ds.Save(t.Context(), other) == nil {
			break
		}
		if t.Context().Err() != nil {
			t.Fatal("Redis does not come back")
		}
	}
	if err := ds.Save(t.Context(), stale); !errors.Is(err, storage.ErrChanged) {
		t.Errorf("saving what an earlier life had: got %v, want ErrChanged", err)
	}
	if got := load(t, ds).Session.Name; got != "new" {
		t.Errorf("got %q", got)
	}
}
