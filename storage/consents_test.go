package storage_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestAConsentIsNotWithdrawnWhileItIsReliedOn holds a person as a registration does that read their consent, and has it
// withdrawn in another transaction, which must wait. SQLite has one writer at a time anyway.
func TestAConsentIsNotWithdrawnWhileItIsReliedOn(t *testing.T) {
	t.Parallel()
	s := storagetest.Open(t, storagetest.NewPostgres(t).Database(t))
	at := bot.Address{Channel: "test", Chat: "1"}
	tx(t, s, func(ctx context.Context, relying *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, relying, at, profileDay)
		if err != nil {
			return err
		}
		return storage.AddConsent(ctx, relying, storage.Consent{Person: id, Purpose: storage.Dossier, Given: true, From: at, MessageID: "1", At: profileDay})
	})
	withdraw := func(id int64) error {
		return s.InTx(t.Context(), func(tx *storage.Tx) error {
			if _, err := tx.ExecContext(t.Context(), `SET LOCAL lock_timeout = '50ms'`); err != nil {
				t.Fatal(err)
			}
			return storage.AddConsent(t.Context(), tx, storage.Consent{Person: id, Purpose: storage.Dossier, From: at, MessageID: "2", At: profileDay.Add(time.Hour)})
		})
	}
	var person int64
	tx(t, s, func(ctx context.Context, relying *storage.Tx) (err error) {
		if person, err = storage.EnsurePerson(ctx, relying, at, profileDay); err != nil {
			return err
		}
		if err := storage.LockPerson(ctx, relying, person); err != nil {
			return err
		}
		if withdraw(person) == nil {
			t.Error("the consent was withdrawn while somebody relied on it")
		}
		return nil
	})
	if err := withdraw(person); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
