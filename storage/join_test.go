package storage_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var (
	firstChat  = bot.Address{Channel: "telegram", Chat: "1"}
	secondChat = bot.Address{Channel: "web", Chat: "2"}
)

func inTx(t *testing.T, s *storage.Store, f func(ctx context.Context, tx *storage.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// settle gives who writes from a a name, a phone, a startup, a consent and a role.
func settle(t *testing.T, s *storage.Store, a bot.Address, name, phone string, now time.Time) int64 {
	t.Helper()
	id := int64(0)
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if id, err = storage.EnsurePerson(ctx, tx, a, now); err != nil {
			return err
		}
		if err := storage.DescribePerson(ctx, tx, id, name, phone); err != nil {
			return err
		}
		if err := storage.GrantRole(ctx, tx, id, storage.Staff, now); err != nil {
			return err
		}
		if err := storage.AddStartup(ctx, tx, &storage.Startup{Draft: "draft" + a.Chat, Person: id, Name: "Dự án " + a.Chat}, now); err != nil {
			return err
		}
		return storage.AddConsent(ctx, tx, storage.Consent{Person: id, Purpose: storage.Dossier, Given: true, From: a, MessageID: "1", At: now})
	})
	return id
}

func join(t *testing.T, s *storage.Store, a, b bot.Address) (ok bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.JoinPeople(ctx, tx, a, b, codeTime)
		return err
	})
	return ok
}

func TestJoiningKeepsEverything(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		older := settle(t, s, firstChat, "Lê Văn An", "+84912345678", codeTime)
		settle(t, s, secondChat, "Lê Văn Ân", "", codeTime.Add(time.Minute))
		if !join(t, s, secondChat, firstChat) {
			t.Error("not joined")
		}
		for _, a := range []bot.Address{firstChat, secondChat} {
			p, _, err := s.PersonAt(t.Context(), a)
			if err != nil || p.ID != older || p.Name != "Lê Văn Ân" || p.Phone != "+84912345678" {
				t.Errorf("%v is %+v, %v", a, p, err)
			}
			if own, err := s.StartupsAt(t.Context(), a); err != nil || len(own) != 2 {
				t.Errorf("%v has the startups %v, %v", a, own, err)
			}
			if roles, err := s.RolesAt(t.Context(), a, time.Now()); err != nil || len(roles) != 1 {
				t.Errorf("%v has the roles %v, %v", a, roles, err)
			}
		}
		if join(t, s, firstChat, secondChat) {
			t.Error("joined again")
		}
	})
}

// While two people are joined, one of them goes on: nothing may be kept under an id that is no more.
func TestJoiningLosesNothingThatIsBeingKept(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		settle(t, s, firstChat, "Lê Văn An", "", codeTime)
		settle(t, s, secondChat, "Lê Văn Ân", "", codeTime.Add(time.Minute))
		const writers, each = 4, 25
		var all sync.WaitGroup
		keep := func(tx *storage.Tx, message string) error {
			id, err := storage.EnsurePerson(t.Context(), tx, secondChat, codeTime)
			if err != nil {
				return err
			}
			return storage.AddConsent(t.Context(), tx, storage.Consent{Person: id, Purpose: storage.Announcements, From: secondChat, MessageID: message, At: codeTime})
		}
		for w := range writers {
			all.Go(func() {
				for i := range each {
					if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return keep(tx, fmt.Sprint(w, "/", i)) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Go(func() {
			if err := s.InTx(t.Context(), func(tx *storage.Tx) error {
				_, err := storage.JoinPeople(t.Context(), tx, firstChat, secondChat, codeTime)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		kept := 0
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return tx.GetContext(ctx, &kept, `SELECT COUNT(*) FROM consents c JOIN people p ON p.id = c.person_id WHERE c.purpose = 'announcements'`)
		})
		if kept != writers*each {
			t.Errorf("%d of %d consents belong to a person", kept, writers*each)
		}
	})
}

// Everything of a younger person moves, so every table must be known to it.
func TestJoiningKnowsEveryTable(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		tables := []string{}
		query := `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'person_id'`
		if s.Postgres() {
			query = `SELECT table_name FROM information_schema.columns WHERE column_name = 'person_id' AND table_schema = current_schema()`
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error { return tx.SelectContext(ctx, &tables, query) })
		for _, table := range tables {
			if !slices.Contains(storage.Holdings(), table) {
				t.Errorf("joining does not know the table %s", table)
			}
		}
		if !slices.Contains(tables, "startups") {
			t.Errorf("tables with a person_id: %v", tables)
		}
	})
}

func TestAGuardiansConsentHoldsUntilItIsWithdrawn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		agreed := func() bool {
			t.Helper()
			ok, err := s.GuardianAgreed(t.Context(), firstChat)
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		if agreed() {
			t.Error("agreed before anybody did")
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.AddGuardian(ctx, tx, firstChat, storage.Guardian{Name: "Trần Thị Bình", Phone: "+84912345678"},
				storage.Consent{Version: "1", From: secondChat, MessageID: "7", At: codeTime}, codeTime)
			return err
		})
		p, _, err := s.PersonAt(t.Context(), firstChat)
		if err != nil || !agreed() || !p.Minor {
			t.Errorf("after the consent: agreed %v, the child is %+v, %v", agreed(), p, err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.AddConsent(ctx, tx, storage.Consent{Person: p.ID, Purpose: storage.Dossier, From: firstChat, MessageID: "8", At: codeTime.Add(time.Minute)})
		})
		if agreed() {
			t.Error("agreed after the consent was withdrawn")
		}
	})
}
