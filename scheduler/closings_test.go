package scheduler_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// race is a database with a competition that closes at, and somebody with an entry.
type race struct {
	t     *testing.T
	store *storage.Store
	c     storage.Competition
	e     storage.Entry
	a     bot.Address
}

func newRace(t *testing.T, s *storage.Store, begun, closes time.Time) *race {
	t.Helper()
	r := &race{t: t, store: s, a: bot.Address{Channel: "telegram", Chat: "an"}}
	r.c = storage.Competition{Agency: storage.Department, Name: "Khởi nghiệp", Definition: "{}", OpensAt: local(1, 8).UnixMilli(), ClosesAt: closes.UnixMilli()}
	r.inTx(func(ctx context.Context, tx *storage.Tx) (err error) {
		if err := storage.AddCompetition(ctx, tx, &r.c, local(1, 8)); err != nil {
			return err
		}
		st := storage.Startup{Draft: "d", Name: "Sả", Place: "21500", Field: "so", Stage: "y_tuong"}
		if st.Person, err = storage.EnsurePerson(ctx, tx, r.a, begun); err != nil {
			return err
		}
		if err := storage.AddStartup(ctx, tx, &st, begun); err != nil {
			return err
		}
		r.e, err = storage.BeginEntry(ctx, tx, r.c, st, nil, 1, storage.Arrival{At: begun, Exact: true}, begun)
		return err
	})
	return r
}

func (r *race) inTx(f func(ctx context.Context, tx *storage.Tx) error) {
	r.t.Helper()
	if err := r.store.InTx(r.t.Context(), func(tx *storage.Tx) error { return f(r.t.Context(), tx) }); err != nil {
		r.t.Fatal(err)
	}
}

// run runs the job twice, and gives the steps that were queued since the beginning, in order, and which of them still wait.
func (r *race) run(now time.Time) (steps, waiting []string) {
	r.t.Helper()
	for range 2 {
		if err := (scheduler.Closings{Store: r.store}).Run(r.t.Context(), now); err != nil {
			r.t.Fatal(err)
		}
	}
	return r.told()
}

func (r *race) told() (steps, waiting []string) {
	r.t.Helper()
	rows := []struct{ Source, State string }{}
	r.inTx(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &rows, `SELECT source, state FROM deliveries ORDER BY id`)
	})
	for _, row := range rows {
		step := strings.Split(row.Source, "/")[3]
		steps = append(steps, step)
		if row.State == "queued" {
			waiting = append(waiting, step)
		}
	}
	return steps, waiting
}

// TestClosingsRemindOfDrafts goes through the time before a closing, minute by minute.
func TestClosingsRemindOfDrafts(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		r := newRace(t, s, local(10, 9), local(25, 17))
		want := []string{}
		for _, c := range []struct {
			now  time.Time
			step string
		}{
			{local(18, 16), ""}, {local(18, 17), "T-7d"}, {local(20, 9), ""}, {local(22, 17), "T-3d"}, {local(24, 17), "T-1d"},
			{local(25, 13), ""}, {local(25, 14), "T-3h"}, {local(25, 16), ""}, {local(25, 16).Add(45 * time.Minute), "T-15m"}, {local(25, 17), ""},
		} {
			if c.step != "" {
				want = append(want, c.step)
			}
			if got, _ := r.run(c.now); !slices.Equal(got, want) {
				t.Errorf("at %s: %v, want %v", c.now, got, want)
			}
		}
	})
}

// TestClosingsOfMissedTimes has the latest step alone go out, and none that an entry was begun after.
func TestClosingsOfMissedTimes(t *testing.T) {
	for name, c := range map[string]struct {
		begun, now time.Time
		want       string
	}{
		"the service was away":  {local(10, 9), local(25, 15), "[T-3h]"},
		"begun after all of it": {local(25, 15), local(25, 16), "[]"},
		"begun between":         {local(23, 9), local(24, 20), "[T-1d]"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRace(t, storagetest.Open(t, storagetest.SQLiteURL(t)), c.begun, local(25, 17))
			if got, _ := r.run(c.now); fmt.Sprint(got) != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

// TestRemindersTellWhatIsLeftWhenTheyAreRead: in the morning, or late after the service was away.
func TestRemindersTellWhatIsLeftWhenTheyAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		closes, now time.Time
		want        string
	}{
		"by day":                {local(25, 17), local(24, 17), "còn 24 giờ."},
		"for the morning":       {local(25, 23), local(24, 23), "còn 15 giờ."}, // at 08:00
		"a tick is never sharp": {local(25, 17), local(18, 17).Add(time.Second), "còn 7 ngày."},
		"the service was away":  {local(25, 17), local(25, 15).Add(-time.Second), "còn 2 giờ."},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRace(t, storagetest.Open(t, storagetest.SQLiteURL(t)), local(10, 9), c.closes)
			r.run(c.now)
			r.inTx(func(ctx context.Context, tx *storage.Tx) error {
				body := ""
				err := tx.GetContext(ctx, &body, `SELECT body FROM deliveries`)
				if !strings.Contains(body, c.want) {
					t.Errorf("no %q in %s", c.want, body)
				}
				return err
			})
		})
	}
}

// TestAnExtensionMovesReminders takes back what waits, and begins the steps anew.
func TestAnExtensionMovesReminders(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		r := newRace(t, s, local(10, 9), local(25, 17))
		r.run(local(24, 18))
		r.c.ClosesAt = local(27, 17).UnixMilli()
		r.inTx(func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.ReviseCompetition(ctx, tx, &r.c, local(24, 19))
			if !ok {
				t.Error("not extended")
			}
			return err
		})
		if _, waiting := r.told(); len(waiting) != 0 {
			t.Errorf("of the old closing %v still wait", waiting)
		}
		if got, waiting := r.run(local(26, 18)); fmt.Sprint(got, waiting) != "[T-1d T-1d] [T-1d]" {
			t.Errorf("got %v, of which %v wait", got, waiting)
		}
	})
}

// TestNobodyIsRemindedOfWhatIsSubmitted, also when the reminder waits for the morning.
func TestNobodyIsRemindedOfWhatIsSubmitted(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		r := newRace(t, s, local(10, 9), local(25, 17))
		r.run(local(22, 21))
		r.inTx(func(ctx context.Context, tx *storage.Tx) error {
			e, c, err := storage.OwnEntry(ctx, tx, r.a, r.e.ID)
			if err != nil {
				return err
			}
			e.State = storage.EntrySubmitted
			return storage.SaveEntry(ctx, tx, c, &e, storage.Arrival{At: local(22, 22), Exact: true}, local(22, 22))
		})
		if got, waiting := r.run(local(24, 18)); fmt.Sprint(got, waiting) != "[T-3d] []" {
			t.Errorf("got %v, of which %v wait", got, waiting)
		}
	})
}

// TestWhoTakesConsentBackIsNotReminded of an entry that went with it.
func TestWhoTakesConsentBackIsNotReminded(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		r := newRace(t, s, local(10, 9), local(25, 17))
		r.run(local(22, 21))
		r.inTx(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.WithdrawStartups(ctx, tx, r.a, local(22, 22))
			return err
		})
		if got, waiting := r.run(local(24, 18)); fmt.Sprint(got, waiting) != "[T-3d] []" {
			t.Errorf("got %v, of which %v wait", got, waiting)
		}
	})
}

// TestThePublicVoteIsToldWithItsEnd, also when that is moved while the news waits for the morning.
func TestThePublicVoteIsToldWithItsEnd(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		r := newRace(t, s, local(10, 9), local(25, 17))
		r.votesUntil(local(28, 17), local(11, 9))
		r.inTx(func(ctx context.Context, tx *storage.Tx) error {
			r.e.State = storage.EntrySubmitted
			return storage.SaveEntry(ctx, tx, r.c, &r.e, storage.Arrival{At: local(12, 9), Exact: true}, local(12, 9))
		})
		for _, at := range []time.Time{local(25, 17).Add(-time.Second), local(25, 17)} {
			if err := s.Beat(t.Context(), at); err != nil {
				t.Fatal(err)
			}
		}
		r.run(local(25, 22))
		r.votesUntil(local(30, 17), local(25, 23))
		r.run(local(25, 23))
		bodies := []string{}
		r.inTx(func(ctx context.Context, tx *storage.Tx) error {
			return tx.SelectContext(ctx, &bodies, `SELECT body FROM deliveries WHERE source LIKE 'vote/%' AND state = 'queued'`)
		})
		if len(bodies) != 1 || !strings.Contains(bodies[0], "30/11/2026") {
			t.Errorf("told: %v", bodies)
		}
	})
}

// votesUntil has the public vote of the competition end then.
func (r *race) votesUntil(end, now time.Time) {
	r.t.Helper()
	r.inTx(func(ctx context.Context, tx *storage.Tx) error {
		r.c.VoteAt = end.UnixMilli()
		ok, err := storage.ReviseCompetition(ctx, tx, &r.c, now)
		if !ok {
			r.t.Error("not changed")
		}
		return err
	})
}
