package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// broughtIn has staff bring in an entry that came on paper.
func broughtIn(t *testing.T, s *storage.Store, c storage.Competition, st storage.Startup, received, now time.Time) (e storage.Entry, err error) {
	t.Helper()
	err = s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		if c, _, err = storage.FindCompetition(t.Context(), tx, c.Code); err != nil {
			return err
		}
		e, err = storage.BeginPaperEntry(t.Context(), tx, c, st, storage.Profile{"mo_ta": "Sả"}, 1, received, now)
		return err
	})
	return e, err
}

// TestPaperCountsFromWhenItCame, however late staff enter it, until the entries are dealt.
func TestPaperCountsFromWhenItCame(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		c, st := opened(t, s), project(t, s, a, "Sả")
		late := closingTime().Add(72 * time.Hour)
		if err := s.Beat(t.Context(), closingTime()); err != nil {
			t.Fatal(err)
		}
		for received, want := range map[time.Time]error{contestOpens.Add(-time.Minute): storage.ErrNotOpened, closingTime(): storage.ErrLate} {
			if _, err := broughtIn(t, s, c, st, received, late); !errors.Is(err, want) {
				t.Errorf("received at %s: %v", received, err)
			}
		}
		received := closingTime().Add(-time.Minute)
		e, err := broughtIn(t, s, c, st, received, late)
		if err != nil || e.Origin != storage.OriginPaper {
			t.Fatalf("%+v, %v", e, err)
		}
		if again, err := broughtIn(t, s, c, st, contestOpens, late); err != nil || again.ID != e.ID || again.ReceivedAt != received.UnixMilli() {
			t.Errorf("again: %+v, %v", again, err)
		}
		submit := func() error {
			return s.InTx(t.Context(), func(tx *storage.Tx) error {
				own, c, err := storage.PaperEntry(t.Context(), tx, e.ID)
				if err != nil {
					return err
				}
				own.State = storage.EntrySubmitted
				err = storage.SaveEntry(t.Context(), tx, c, &own, own.Received(), late)
				e = own
				return err
			})
		}
		if err := submit(); err != nil || e.SubmittedAt != received.UnixMilli() || e.Code == "" {
			t.Errorf("%+v, %v", e, err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.BeginRound(ctx, tx, &c, 1)
			return err
		})
		if err := submit(); !errors.Is(err, storage.ErrLate) {
			t.Errorf("once dealt: %v", err)
		}
	})
}

// TestPaperLeavesFoundersTheirEntries, but for a draft that they can no longer submit.
func TestPaperLeavesFoundersTheirEntries(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		_, b := someone(t, s, "2", "Võ Chi", "")
		c, draft, sent := opened(t, s), project(t, s, a, "Sả"), project(t, s, b, "Nấm")
		for _, st := range []storage.Startup{draft, sent} {
			e, err := begun(t, s, c, st, contestOpens)
			if err != nil {
				t.Fatal(err)
			}
			if st.Code == sent.Code {
				if _, err := saved(t, s, b, e.ID, storage.EntrySubmitted, contestOpens); err != nil {
					t.Fatal(err)
				}
			}
			err = s.InTx(t.Context(), func(tx *storage.Tx) error {
				_, _, err := storage.PaperEntry(t.Context(), tx, e.ID)
				return err
			})
			if !errors.Is(err, storage.ErrNoEntry) {
				t.Errorf("staff open what is not from paper: %v", err)
			}
			if _, err := broughtIn(t, s, c, st, contestOpens, contestOpens.Add(time.Hour)); !errors.Is(err, storage.ErrEntered) {
				t.Errorf("%s before closing: %v", st.Name, err)
			}
		}
		for _, beat := range []time.Time{closingTime().Add(-20 * time.Second), closingTime()} {
			if err := s.Beat(t.Context(), beat); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := broughtIn(t, s, c, sent, contestOpens, closingTime()); !errors.Is(err, storage.ErrEntered) {
			t.Errorf("what was submitted: %v", err)
		}
		e, err := broughtIn(t, s, c, draft, contestOpens, closingTime())
		if err != nil || e.Origin != storage.OriginPaper {
			t.Errorf("%+v, %v", e, err)
		}
		if list := entriesOf(t, s, c, storage.EntryWithdrawn); len(list) != 1 {
			t.Errorf("withdrawn: %+v", list)
		}
	})
}

func entriesOf(t *testing.T, s *storage.Store, c storage.Competition, state string) (list []storage.Entry) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		list, err = storage.EntriesOf(ctx, tx, c.ID, state)
		return err
	})
	return list
}
