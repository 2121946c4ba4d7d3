package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func offers(t *testing.T, s *storage.Store, e storage.Event, at time.Time) (offered, lapsed []int64) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		_, new, old, err := storage.OfferPlaces(ctx, tx, e.Code, at)
		for _, g := range new {
			offered = append(offered, g.Person)
		}
		for _, g := range old {
			lapsed = append(lapsed, g.Person)
		}
		return err
	})
	return offered, lapsed
}

func TestAPlaceThatNobodyTakesGoesToTheNext(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		people := []int64{}
		for _, chat := range []string{"1", "2", "3"} {
			id, _ := guest(t, s, chat)
			people = append(people, id)
			joins(t, s, e, id, eventTime)
		}
		if got, _ := offers(t, s, e, eventTime); len(got) != 0 {
			t.Errorf("offered to %v though all is taken", got)
		}
		leaves(t, s, e, people[0])
		takes := func(person int64, at time.Time) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.TakePlace(ctx, tx, e.Code, person, at)
				return err
			})
			return ok
		}
		newcomer, _ := guest(t, s, "4")
		if g := joins(t, s, e, newcomer, eventTime); g.State != storage.GuestWaiting || g.Number != 3 {
			t.Errorf("who comes while others wait: %+v", g)
		}
		if got, _ := offers(t, s, e, eventTime); !slices.Equal(got, people[1:2]) || takes(people[2], eventTime) {
			t.Errorf("offered to %v", got)
		}
		day := eventTime.Add(24 * time.Hour)
		if takes(people[1], day) {
			t.Error("taken when the time is over")
		}
		got, lapsed := offers(t, s, e, day)
		if !slices.Equal(got, people[2:]) || !slices.Equal(lapsed, people[1:2]) {
			t.Errorf("offered to %v, taken from %v", got, lapsed)
		}
		if !takes(people[2], day.Add(time.Hour)) || takes(people[2], day.Add(time.Hour)) {
			t.Error("not taken once")
		}
	})
}

// TestAnOfferLeavesTimeToAnswer: what comes free four days before starts at 09:00.
func TestAnOfferLeavesTimeToAnswer(t *testing.T) {
	at := func(day, hour int) time.Time {
		return time.Date(2026, time.November, day, hour, 0, 0, 0, eventTime.Location())
	}
	s := storagetest.Open(t, storagetest.SQLiteURL(t))
	e := held(t, s, 1)
	first, _ := guest(t, s, "1")
	next, a := guest(t, s, "2")
	joins(t, s, e, first, eventTime)
	leaves(t, s, e, first)
	for name, c := range map[string]struct{ now, until time.Time }{
		"by day":           {at(23, 10), at(24, 10)},
		"at night":         {at(23, 23), at(25, 6)},
		"the day before":   {at(26, 20), at(27, 7)},
		"in the morning":   {at(27, 6), at(27, 7)},
		"two hours before": {at(27, 7), time.Time{}},
		"the night before": {at(26, 22), at(27, 7)},
	} {
		t.Run(name, func(t *testing.T) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.ExecContext(ctx, `DELETE FROM guests WHERE person_id = $1`, next)
				return err
			})
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.ExecContext(ctx, `UPDATE guests SET state = 'waiting' WHERE person_id = $1`, first)
				return err
			})
			joins(t, s, e, next, eventTime)
			leaves(t, s, e, first)
			got, _ := offers(t, s, e, c.now)
			g, _, err := s.GuestAt(t.Context(), a, e.ID)
			if err != nil || (len(got) == 1) != !c.until.IsZero() || len(got) == 1 && g.OfferedUntil != c.until.UnixMilli() {
				t.Errorf("offered to %d until %s, %v", len(got), time.UnixMilli(g.OfferedUntil).In(eventTime.Location()), err)
			}
		})
	}
}
