package main

import (
	"context"
	"strings"
	"testing"

	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestAPanicOfOneTurnIsAnApologyToOnePerson has a conversation fail in what it decides and in what it keeps. Who asked for it is told
// that it did not work, nothing is kept, and everybody else is served.
func TestAPanicOfOneTurnIsAnApologyToOnePerson(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.still = true // jobs would read the list of conversations that is changed here
	h := openHall(t, cfg)
	h.app.engine.Router = handlers.NewRouter("",
		&handlers.Conversation{Name: "mot", Label: "Một", Open: func(context.Context, *handlers.Turn, string) error { panic("decided") }},
		&handlers.Conversation{Name: "hai", Label: "Hai", Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error {
				if _, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
					return err
				}
				panic("kept")
			})
			return nil
		}},
	)
	for _, word := range []string{"/mot", "/hai"} {
		h.say("an", word)
		h.settle()
		if said := h.all("an"); len(said) == 0 || !strings.Contains(said[len(said)-1], "trục trặc") {
			t.Errorf("after %s: %q", word, said)
		}
	}
	people := -1
	err := h.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		return tx.GetContext(t.Context(), &people, `SELECT COUNT(*) FROM people`)
	})
	if err != nil || people != 0 {
		t.Errorf("kept %d people, %v", people, err)
	}
	h.say("binh", "/menu")
	h.settle()
	if said := h.all("binh"); len(said) == 0 {
		t.Error("somebody else gets no answer")
	}
}
