package storage_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var officer = bot.Address{Channel: "telegram", Chat: "1"}

// paper is a dossier as staff bring it in.
func paper(draft, name, founder string, filed, now time.Time) *storage.PaperStartup {
	return &storage.PaperStartup{
		Startup: storage.Startup{Draft: draft, Name: name, Place: "21001", Field: "so", Stage: "y_tuong"},
		Founder: founder, Phone: "+84912345678", Filed: filed,
		Proof: storage.Consent{Version: "giay", Text: "Sở giữ giấy", From: officer, MessageID: draft, At: now},
	}
}

func addPaper(t *testing.T, s *storage.Store, now time.Time, list ...*storage.PaperStartup) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		for _, p := range list {
			if err := storage.AddPaperStartup(t.Context(), tx, p, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPaperStartupsBelongToPeopleWithoutAChat(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		filed := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
		one := paper("1", "Nấm rơm", "Lê Văn Ba", filed, now)
		two := paper("2", "Rượu sim", "lê văn ba", filed, now)
		other := paper("3", "Mắm nhum", "Trần Thị Tư", now, now)
		again := paper("1", "Nấm rơm", "Lê Văn Ba", filed, now)
		addPaper(t, s, now, one, two, other, again)
		if one.Code != "KN-2024-0001" || two.Code != "KN-2024-0002" || other.Code != "KN-2026-0001" || again.Code != one.Code {
			t.Errorf("codes %s, %s, %s, %s", one.Code, two.Code, other.Code, again.Code)
		}
		if one.Person != two.Person || other.Person == one.Person {
			t.Errorf("people %d, %d, %d", one.Person, two.Person, other.Person)
		}
		if one.CreatedAt != filed.UnixMilli() || one.UpdatedAt != now.UnixMilli() || one.Origin != storage.OriginPaper {
			t.Errorf("kept as %+v", one.Startup)
		}
		idle, err := s.IdleStartups(t.Context(), now.Add(-time.Hour))
		if err != nil || len(idle) > 0 {
			t.Errorf("retention takes %v at once (%v)", idle, err)
		}
	})
}

func TestWhoWritesLaterIsNotTakenForThePersonOnPaper(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		now := time.Now().UTC()
		p := paper("1", "Nấm rơm", "Lê Văn Ba", now, now)
		addPaper(t, s, now, p)
		chat := bot.Address{Channel: "telegram", Chat: "7"}
		err := s.InTx(t.Context(), func(tx *storage.Tx) error {
			id, err := storage.EnsurePerson(t.Context(), tx, chat, now)
			if err != nil {
				return err
			}
			if err := storage.DescribePerson(t.Context(), tx, id, "Lê Văn Ba", "+84912345678"); err != nil {
				return err
			}
			return storage.AddPaperStartup(t.Context(), tx, paper("2", "Rượu sim", "Lê Văn Ba", now, now), now)
		})
		if err != nil {
			t.Fatal(err)
		}
		if own, err := s.StartupsAt(t.Context(), chat); err != nil || len(own) != 0 {
			t.Errorf("the chat sees %+v (%v)", own, err)
		}
	})
}

func TestSameStartup(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		now := time.Now().UTC()
		p := paper("1", "Nấm Rơm", "Lê Văn Ba", now, now)
		addPaper(t, s, now, p)
		for _, c := range []struct{ name, phone, want string }{
			{"nam rom", "+84912345678", p.Code},
			{"Nấm rơm", "+84987654321", ""},
			{"Rượu sim", "+84912345678", ""},
		} {
			if got := sameStartup(t, s, c.name, c.phone); got != c.want {
				t.Errorf("%s, %s: got %q, want %q", c.name, c.phone, got, c.want)
			}
		}
	})
}

func sameStartup(t *testing.T, s *storage.Store, name, phone string) (code string) {
	t.Helper()
	err := s.InTx(context.Background(), func(tx *storage.Tx) (err error) {
		code, err = storage.SameStartup(t.Context(), tx, name, phone)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return code
}
