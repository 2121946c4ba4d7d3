package storage_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// digest takes the digest of a time, on the day that began at its midnight.
func digest(t *testing.T, s *storage.Store, at time.Time) (d storage.Digest) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		d, err = storage.TakeDigest(ctx, tx, at, at.Truncate(24*time.Hour))
		return err
	})
	return d
}

func TestWhatWaitsIsToldOnceAndWhatIsOverdueDaily(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		confirmed := addStartup(t, s, otherChat, "Mật ong")
		decide(t, s, seen(confirmed), storage.StatusConfirmed)
		due := profileDay.Add(30 * time.Hour)
		revise(t, s, founderChat, st.Code, func(st *storage.Startup) { st.DueAt = due.UnixMilli() }, profileDay)
		for _, c := range []struct {
			what           string
			at             time.Time
			fresh, overdue int
		}{
			{"before it came", profileDay, 0, 0},
			{"new", profileDay.Add(time.Hour), 1, 0},
			{"the same again", profileDay.Add(time.Hour), 0, 0},
			{"later that day", profileDay.Add(2 * time.Hour), 0, 0},
			{"overdue", due, 0, 1},
			{"overdue, later that day", due.Add(time.Hour), 0, 0},
			{"overdue, the next day", due.Add(24 * time.Hour), 0, 1},
		} {
			if d := digest(t, s, c.at); len(d.Fresh) != c.fresh || len(d.Overdue) != c.overdue {
				t.Errorf("%s: told of %+v", c.what, d)
			}
		}
	})
}

func TestOfManyWhoTakeADigestOneGetsEach(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		want := []string{}
		for _, name := range []string{"A", "B", "C", "D", "E"} {
			want = append(want, addStartup(t, s, founderChat, name).Code)
		}
		var all sync.WaitGroup
		told := make(chan storage.Digest, 6)
		for range cap(told) {
			all.Go(func() { told <- digest(t, s, profileDay.Add(time.Hour)) })
		}
		all.Wait()
		close(told)
		got := []string{}
		for d := range told {
			got = append(got, d.Fresh...)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("told of %v, want %v", got, want)
		}
	})
}
