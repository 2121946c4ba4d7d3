package storage_test

import (
	"context"
	"testing"

	"khoinghiep/storage/storagetest"
)

func TestAliveTellsWhoLives(t *testing.T) {
	url := storagetest.PostgresURL(t)
	mine, theirs := storagetest.Open(t, url), storagetest.Open(t, url)
	alive := func() bool {
		t.Helper()
		yes, err := mine.Alive(t.Context(), "they")
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	if alive() {
		t.Error("somebody who never was lives")
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	<-theirs.StayAlive(ctx, "they")
	for range 2 { // asking does not take the lock away
		if !alive() {
			t.Error("somebody who lives is dead")
		}
	}
	_ = theirs.Close() // as the connections of a killed process do
	stop()
	for alive() { // PostgreSQL notices
	}
}
