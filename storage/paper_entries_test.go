package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"khoinghiep/bot"
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
		if e, err := submittedOnPaper(t, s, e.ID, late); err != nil || e.SubmittedAt != received.UnixMilli() || e.Code == "" {
			t.Errorf("%+v, %v", e, err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.BeginRound(ctx, tx, &c, 1)
			return err
		})
		if _, err := submittedOnPaper(t, s, e.ID, late); !errors.Is(err, storage.ErrLate) {
			t.Errorf("once dealt: %v", err)
		}
	})
}

func submittedOnPaper(t *testing.T, s *storage.Store, id int64, now time.Time) (e storage.Entry, err error) {
	t.Helper()
	err = s.InTx(t.Context(), func(tx *storage.Tx) error {
		own, c, err := storage.PaperEntry(t.Context(), tx, id)
		if err != nil {
			return err
		}
		e, e.State = own, storage.EntrySubmitted
		return storage.SaveEntry(t.Context(), tx, c, &e, e.Received(), now)
	})
	return e, err
}

// TestPaperLeavesFoundersTheirEntries, but for a draft that they can no longer submit.
func TestPaperLeavesFoundersTheirEntries(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		_, b := someone(t, s, "2", "Võ Chi", "")
		c, draft, sent := opened(t, s), project(t, s, a, "Sả"), project(t, s, b, "Nấm")
		staysWithFounder(t, s, c, a, draft, storage.EntryDraft)
		staysWithFounder(t, s, c, b, sent, storage.EntrySubmitted)
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

// staysWithFounder has a founder enter, and demands that staff neither open that entry nor begin another before the closing.
func staysWithFounder(t *testing.T, s *storage.Store, c storage.Competition, a bot.Address, st storage.Startup, state string) {
	t.Helper()
	e, err := begun(t, s, c, st, contestOpens)
	if err == nil {
		_, err = saved(t, s, a, e.ID, state, contestOpens)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := submittedOnPaper(t, s, e.ID, contestOpens); !errors.Is(err, storage.ErrNoEntry) {
		t.Errorf("staff open what is not from paper: %v", err)
	}
	if _, err := broughtIn(t, s, c, st, contestOpens, contestOpens.Add(time.Hour)); !errors.Is(err, storage.ErrEntered) {
		t.Errorf("%s before closing: %v", st.Name, err)
	}
}

func entriesOf(t *testing.T, s *storage.Store, c storage.Competition, state string) (list []storage.Entry) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		list, err = storage.EntriesOf(ctx, tx, c.ID, state)
		return err
	})
	return list
}
