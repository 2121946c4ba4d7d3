package storage_test

import (
	"slices"
	"sync"
	"testing"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// checksIn checks a ticket, at a given replica.
func checksIn(t *testing.T, s *storage.Store, ticket string, by int64) (a storage.Admission, ok bool) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		a, ok, err = storage.CheckIn(t.Context(), tx, ticket, by, eventTime)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return a, ok
}

func TestATicketLetsOnePersonInOnce(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		an, _ := guest(t, s, "1")
		officer, _ := someone(t, s, "9", "Trần Thị Bình", storage.Staff)
		ticket := joins(t, s, e, an, eventTime).Ticket
		var all sync.WaitGroup
		firsts := make([]bool, 8)
		for i := range firsts {
			all.Go(func() {
				a, ok := checksIn(t, s, ticket, officer)
				if firsts[i] = a.First; !ok || a.Person != an || a.Checked != "Trần Thị Bình" || a.ArrivedAt != eventTime.UnixMilli() {
					t.Errorf("%+v, %t", a, ok)
				}
			})
		}
		all.Wait()
		firsts = slices.DeleteFunc(firsts, func(first bool) bool { return !first })
		if len(firsts) != 1 {
			t.Errorf("let in %d times", len(firsts))
		}
		if leaves(t, s, e, an) {
			t.Error("left from inside")
		}
	})
}

func TestWithoutAPlaceNobodyComesIn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		an, _ := guest(t, s, "1")
		binh, _ := guest(t, s, "2")
		joins(t, s, e, an, eventTime)
		waits := joins(t, s, e, binh, eventTime).Ticket
		if a, ok := checksIn(t, s, waits, an); !ok || a.First || a.ArrivedAt != 0 {
			t.Errorf("who waits came in: %+v", a)
		}
		if a, ok := checksIn(t, s, "BCFGHJKLMN", an); ok {
			t.Errorf("an unknown ticket: %+v", a)
		}
	})
}

func TestTicketsAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"BCFGHJKLMN": "BCFGHJKLMN", "bcfgh-jklmn": "BCFGHJKLMN", "https://bot.example/ve/BCFGHJKLMN": "BCFGHJKLMN", " BCFGH JKLMN ": "BCFGHJKLMN",
		"Lê Văn An": "", "BCFGHJKLM": "", "BCFGHJKLMNP": "", "": "", "mười người": "",
	} {
		if got, ok := storage.NormalTicket(typed); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %t", typed, got, ok)
		}
	}
}
