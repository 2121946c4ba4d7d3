package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// contestOpens is when the competitions of these tests open; they close a day later.
var contestOpens = time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)

func closingTime() time.Time { return contestOpens.AddDate(0, 0, 1) }

func opened(t *testing.T, s *storage.Store) storage.Competition {
	t.Helper()
	c := storage.Competition{Agency: storage.Department, Name: "Khởi nghiệp", Definition: "{}", OpensAt: contestOpens.UnixMilli(), ClosesAt: closingTime().UnixMilli()}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.AddCompetition(ctx, tx, &c, contestOpens)
	})
	return c
}

// project registers a startup of who writes from a.
func project(t *testing.T, s *storage.Store, a bot.Address, name string) storage.Startup {
	t.Helper()
	st := storage.Startup{Draft: a.Chat + name, Name: name, Place: "21500", Field: "so", Stage: "y_tuong"}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if st.Person, err = storage.EnsurePerson(ctx, tx, a, contestOpens); err != nil {
			return err
		}
		return storage.AddStartup(ctx, tx, &st, contestOpens)
	})
	return st
}

func at(when time.Time) storage.Arrival { return storage.Arrival{At: when, Exact: true} }

func begun(t *testing.T, s *storage.Store, c storage.Competition, st storage.Startup, when time.Time) (e storage.Entry, err error) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		e, err = storage.BeginEntry(ctx, tx, c, st, storage.Profile{"mo_ta": "Sả"}, 1, at(when), when)
		return nil
	})
	return e, err
}

// saved changes an entry of who writes from a.
func saved(t *testing.T, s *storage.Store, a bot.Address, id int64, state string, when time.Time) (e storage.Entry, err error) {
	t.Helper()
	err = s.InTx(t.Context(), func(tx *storage.Tx) error {
		own, c, err := storage.OwnEntry(t.Context(), tx, a, id)
		if err != nil {
			return err
		}
		own.State = state
		e = own
		return storage.SaveEntry(t.Context(), tx, c, &e, at(when), when)
	})
	return e, err
}

func TestAnEntryFromDraftToWithdrawn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		_, other := someone(t, s, "2", "Võ Chi", "")
		c, st := opened(t, s), project(t, s, a, "Sả")
		noon := contestOpens.Add(5 * time.Hour)
		if _, err := begun(t, s, c, st, contestOpens.Add(-time.Second)); !errors.Is(err, storage.ErrNotOpened) {
			t.Errorf("before the opening: %v", err)
		}
		e, err := begun(t, s, c, st, noon)
		if err != nil || e.State != storage.EntryDraft || e.Code != "" || e.Answers["mo_ta"] != "Sả" {
			t.Fatalf("%+v, %v", e, err)
		}
		if again, err := begun(t, s, c, st, noon); err != nil || again.ID != e.ID {
			t.Errorf("again: %+v, %v", again, err)
		}
		if _, err := begun(t, s, c, project(t, s, a, "Nấm"), noon); !errors.Is(err, storage.ErrTooMany) {
			t.Errorf("a second one: %v", err)
		}
		if _, err := saved(t, s, other, e.ID, storage.EntrySubmitted, noon); !errors.Is(err, storage.ErrNoEntry) {
			t.Errorf("by somebody else: %v", err)
		}
		for hours := range time.Duration(2) { // changed after it was submitted: the code and the time stay
			e, err = saved(t, s, a, e.ID, storage.EntrySubmitted, noon.Add(hours*time.Hour))
			if err != nil || e.Code != "DT-2026-0001" || e.SubmittedAt != noon.UnixMilli() {
				t.Errorf("%+v, %v", e, err)
			}
		}
	})
}

func TestAnEntryIsWithdrawnBeforeClosing(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		e, err := begun(t, s, opened(t, s), project(t, s, a, "Sả"), contestOpens)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := saved(t, s, a, e.ID, storage.EntryWithdrawn, closingTime()); !errors.Is(err, storage.ErrLate) {
			t.Errorf("at closing: %v", err)
		}
		if _, err := saved(t, s, a, e.ID, storage.EntryWithdrawn, closingTime().Add(-time.Millisecond)); err != nil {
			t.Errorf("just before: %v", err)
		}
		if _, err := saved(t, s, a, e.ID, storage.EntrySubmitted, contestOpens); !errors.Is(err, storage.ErrNoEntry) {
			t.Errorf("a withdrawn one: %v", err)
		}
	})
}

// TestClosing holds what is in time: by the platform's time always; of what has none, by receipt, but for an absence at
// closing.
func TestClosing(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		end := closingTime()
		for _, c := range []struct {
			name        string
			beat, back  time.Duration // of the service, after closing
			done        time.Duration // what came, after closing
			exact, want bool
		}{
			{"typed in time, a day of backlog", -time.Hour, 24 * time.Hour, -time.Millisecond, true, true},
			{"typed late while the service was away", -time.Hour, time.Hour, 0, true, false},
			{"pressed in time", -40 * time.Second, time.Minute, -time.Millisecond, false, true},
			{"pressed late", -40 * time.Second, time.Minute, 0, false, false},
			{"pressed, waited during a minute away", -50 * time.Second, 20 * time.Second, 30 * time.Second, false, true},
			{"pressed, waited while the service was away", -time.Hour, time.Hour, time.Hour + time.Minute, false, true},
			{"pressed after the backlog", -time.Hour, time.Hour, time.Hour + 10*time.Minute, false, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				contest := opened(t, s)
				for i, beat := range []time.Duration{c.beat, c.back} {
					if i == 1 { // before the service is known to be back
						arrived(t, s, contest, end.Add(c.done), c.exact, c.want || !c.exact && c.beat < -45*time.Second)
					}
					if err := s.Beat(t.Context(), end.Add(beat)); err != nil {
						t.Fatal(err)
					}
				}
				arrived(t, s, contest, end.Add(c.done), c.exact, c.want)
			})
		}
	})
}

func arrived(t *testing.T, s *storage.Store, c storage.Competition, done time.Time, exact, want bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		now := done.Add(time.Hour * 48)
		came, err := storage.Beating(ctx, tx, done, exact, now)
		if err != nil {
			return err
		}
		c, _, err := storage.FindCompetition(ctx, tx, c.Code)
		if got := c.InTime(came); got != want {
			t.Errorf("in time: %v, want %v", got, want)
		}
		return err
	})
}

func TestAnExtensionOpensAgain(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		c := opened(t, s)
		if err := s.Beat(t.Context(), closingTime().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		c.ClosesAt = closingTime().Add(48 * time.Hour).UnixMilli()
		old := c
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.ReviseCompetition(ctx, tx, &c, closingTime())
			if !ok || c.Revision != 1 || c.GraceUntil != 0 || !c.InTime(at(closingTime().Add(2*time.Hour))) {
				t.Errorf("%v, %+v", ok, c)
			}
			return err
		})
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.ReviseCompetition(ctx, tx, &old, closingTime())
			if ok {
				t.Error("an older one was changed")
			}
			return err
		})
	})
}

// TestMembersAskAndAreConfirmed, and two people who turn out to be one are in an entry once.
func TestMembersAskAndAreConfirmed(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		_, a := someone(t, s, "1", "Lê Văn An", "")
		chi, b := someone(t, s, "2", "Võ Chi", "")
		_, c := someone(t, s, "3", "Võ Chi", "")
		third, _ := someone(t, s, "3", "Võ Chi", "")
		e, err := begun(t, s, opened(t, s), project(t, s, a, "Sả"), contestOpens)
		if err != nil {
			t.Fatal(err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			m, err := storage.AskToJoin(ctx, tx, e.ID, chi, "Võ Chi", contestOpens)
			if err != nil {
				return err
			}
			before, err := storage.TakesPart(ctx, tx, b, e.ID)
			if err != nil || before {
				t.Errorf("takes part unconfirmed: %v", err)
			}
			_, ok, err := storage.ConfirmMember(ctx, tx, e, m.ID)
			_, again, err2 := storage.ConfirmMember(ctx, tx, e, m.ID)
			after, err3 := storage.TakesPart(ctx, tx, b, e.ID)
			if !ok || again || !after {
				t.Errorf("confirmed %v, again %v, takes part %v", ok, again, after)
			}
			_, err4 := storage.AskToJoin(ctx, tx, e.ID, third, "Chi", contestOpens)
			return errors.Join(err, err2, err3, err4)
		})
		for _, pair := range [][2]bot.Address{{b, c}, {a, b}} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, err := storage.JoinPeople(ctx, tx, pair[0], pair[1], contestOpens)
				return err
			})
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				members, err := storage.Members(ctx, tx, e.ID)
				if want := map[bot.Address]int{b: 1, a: 0}[pair[0]]; len(members) != want {
					t.Errorf("members after joining: %+v", members)
				}
				return err
			})
		}
	})
}

// TestErasureTakesEntriesAlong, as does the withdrawal of the consent.
func TestErasureTakesEntriesAlong(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		chats := []bot.Address{}
		for i := range 3 {
			_, a := someone(t, s, fmt.Sprint(i), "Lê Văn An", "")
			chats = append(chats, a)
			e, err := begun(t, s, opened(t, s), project(t, s, a, "Sả"), contestOpens)
			if err != nil {
				t.Fatal(err)
			}
			f, err := files.Put(t.Context(), strings.NewReader("%PDF-1.4 "+a.Chat), "a.pdf")
			if err != nil {
				t.Fatal(err)
			}
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				return storage.SetEntryFiles(ctx, tx, e, "tep", []bot.File{f}, contestOpens)
			})
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := storage.Erase(ctx, tx, files, chats[0], contestOpens)
			_, err2 := storage.WithdrawStartups(ctx, tx, chats[1], contestOpens)
			return errors.Join(err, err2)
		})
		for i, want := range []int{0, 0, 1} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				list, err := storage.EntriesAt(ctx, tx, chats[i])
				if len(list) != want {
					t.Errorf("%d: %+v", i, list)
				}
				return err
			})
		}
		if err := s.EraseEntries(t.Context(), files, contestOpens.Add(time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		left := 0
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return tx.GetContext(ctx, &left, `SELECT COUNT(*) FROM files`)
		})
		if left != 0 {
			t.Errorf("%d contents are left", left)
		}
	})
}
