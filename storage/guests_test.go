package storage_test

import (
	"context"
	"flag"
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
	eventPeople = flag.Int("events.people", 60, "how many people join an event at once")
	eventPlaces = flag.Int("events.places", 12, "how many places it has")
	eventLeave  = flag.Int("events.leave", 6, "how many of those with a place leave again")
)

func guest(t *testing.T, s *storage.Store, chat string) (id int64, a bot.Address) {
	t.Helper()
	a = bot.Address{Channel: "telegram", Chat: chat}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if id, err = storage.EnsurePerson(ctx, tx, a, eventTime); err != nil {
			return err
		}
		return storage.DescribePerson(ctx, tx, id, "Khách "+chat, "")
	})
	return id, a
}

func joins(t *testing.T, s *storage.Store, e storage.Event, person int64, at time.Time) (g storage.Guest) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok := false
		if g, ok, err = storage.JoinEvent(ctx, tx, e.Code, person, nil, at); !ok && err == nil {
			t.Error("could not join")
		}
		return err
	})
	return g
}

func leaves(t *testing.T, s *storage.Store, e storage.Event, person int64) (ok bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.LeaveEvent(ctx, tx, e.Code, person, eventTime)
		return err
	})
	return ok
}

func guestsOf(t *testing.T, s *storage.Store, e storage.Event) (list []storage.Guest) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		list, err = storage.Guests(ctx, tx, e.ID)
		return err
	})
	return list
}

func only(list []storage.Guest, state storage.GuestState) []storage.Guest {
	return slices.DeleteFunc(slices.Clone(list), func(g storage.Guest) bool { return g.State != state })
}

// TestAllJoinAtOnceOnTwoReplicas: exactly as many as there are places get one, the others wait in order; of some who leave,
// the first who wait get the places, once each, whichever replica looks.
func TestAllJoinAtOnceOnTwoReplicas(t *testing.T) {
	url := storagetest.PostgresURL(t)
	replicas := []*storage.Store{storagetest.Open(t, url), storagetest.Open(t, url)}
	e := held(t, replicas[0], *eventPlaces)
	people := make([]int64, *eventPeople)
	for i := range people {
		people[i], _ = guest(t, replicas[0], fmt.Sprint(i))
	}
	atOnce := func(n int, do func(i int, s *storage.Store)) {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() { do(i, replicas[i%2]) })
		}
		all.Wait()
	}
	atOnce(2*len(people), func(i int, s *storage.Store) { joins(t, s, e, people[i/2], eventTime) }) // each twice

	list := guestsOf(t, replicas[0], e)
	going, waiting := only(list, storage.GuestGoing), only(list, storage.GuestWaiting)
	if len(going) != *eventPlaces || len(waiting) != len(people)-*eventPlaces {
		t.Fatalf("%d have a place and %d wait", len(going), len(waiting))
	}
	for i, g := range waiting {
		if g.Number != int64(i+1) {
			t.Fatalf("number %d comes as %d.", g.Number, i+1)
		}
	}
	atOnce(*eventLeave, func(i int, s *storage.Store) { leaves(t, s, e, going[i].Person) })

	var mu sync.Mutex
	offered := []int64{}
	atOnce(8, func(_ int, s *storage.Store) {
		got, _ := offers(t, s, e, eventTime)
		mu.Lock()
		defer mu.Unlock()
		offered = append(offered, got...)
	})
	want := []int64{}
	for _, g := range waiting[:*eventLeave] {
		want = append(want, g.Person)
	}
	slices.Sort(offered)
	slices.Sort(want)
	if !slices.Equal(offered, want) {
		t.Errorf("offered to %v, want %v", offered, want)
	}
	seats, err := replicas[1].Seats(t.Context(), e.ID)
	if want := (storage.Seats{Going: int64(*eventPlaces - *eventLeave), Offered: int64(*eventLeave), Waiting: int64(len(waiting) - *eventLeave)}); err != nil || seats != want {
		t.Errorf("%+v, %v, want %+v", seats, err, want)
	}
}

func TestWhoLeavesIsToldNothingMore(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 0)
		stays, _ := guest(t, s, "1")
		goes, _ := guest(t, s, "2")
		for _, id := range []int64{stays, goes} {
			joins(t, s, e, id, eventTime)
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				for _, source := range []string{storage.EventSource(e, "remind/1"), "event/SK-2026-00010/x"} {
					if err := storage.Notify(ctx, tx, storage.Notice{Source: source, Person: id, Message: bot.Outgoing{Text: "x"}}, eventTime); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if !leaves(t, s, e, goes) || leaves(t, s, e, goes) {
			t.Error("did not leave once")
		}
		queued := []int64{}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SelectContext(ctx, &queued, `SELECT person_id FROM deliveries WHERE state = 'queued' ORDER BY person_id, source`)
		})
		if want := []int64{stays, stays, goes}; !slices.Equal(queued, want) {
			t.Errorf("still to be told: %v, want %v", queued, want)
		}
	})
}

func TestJoiningPeopleLeavesOneGuest(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		older, a := guest(t, s, "1")
		younger, b := guest(t, s, "2")
		joins(t, s, e, younger, eventTime)
		waits := joins(t, s, e, older, eventTime)
		if waits.State != storage.GuestWaiting || !join(t, s, a, b) {
			t.Fatalf("%+v, or not joined", waits)
		}
		list := guestsOf(t, s, e)
		if len(list) != 1 || list[0].Person != older || list[0].State != storage.GuestGoing {
			t.Errorf("guests: %+v", list)
		}
	})
}

func TestGuestsAreForgottenLongAfterTheEvent(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 0)
		an, _ := guest(t, s, "1")
		joins(t, s, e, an, eventTime)
		end := time.UnixMilli(e.EndsAt)
		if err := s.ForgetGuests(t.Context(), end); err != nil || len(guestsOf(t, s, e)) != 1 {
			t.Errorf("%d guests too early, %v", len(guestsOf(t, s, e)), err)
		}
		if err := s.ForgetGuests(t.Context(), end.Add(time.Millisecond)); err != nil || len(guestsOf(t, s, e)) != 0 {
			t.Errorf("still %d guests, %v", len(guestsOf(t, s, e)), err)
		}
	})
}

// TestAnswersAreCorrectedUntilTheEventBegins by who has a place or waits for one, and by nobody who left.
func TestAnswersAreCorrectedUntilTheEventBegins(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		people := []int64{}
		for _, chat := range []string{"goes", "waits", "left"} {
			id, _ := guest(t, s, chat)
			people = append(people, id)
			joins(t, s, e, id, eventTime)
		}
		leaves(t, s, e, people[2])
		starts := e.Start(eventTime.Location())
		for i, c := range []struct {
			person int64
			at     time.Time
			ok     bool
		}{
			{people[0], eventTime, true}, {people[1], starts.Add(-time.Millisecond), true}, {people[2], eventTime, false}, {people[0], starts, false},
		} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				ok, err := storage.ChangeAnswers(ctx, tx, e.Code, c.person, storage.Profile{"0": fmt.Sprint(i)}, c.at)
				if ok != c.ok {
					t.Errorf("change %d: %v", i, ok)
				}
				return err
			})
		}
		list := guestsOf(t, s, e)
		if len(list) != 2 || list[0].Answers["0"] != "0" || list[0].State != storage.GuestGoing || list[1].Answers["0"] != "1" || list[1].Number != 1 {
			t.Errorf("got %+v", list)
		}
	})
}

// TestNobodyLeavesWhatIsNotHeldAnyMore: who had a place in it stays known.
func TestNobodyLeavesWhatIsNotHeldAnyMore(t *testing.T) {
	s := storagetest.Open(t, storagetest.SQLiteURL(t))
	e := held(t, s, 1)
	id, _ := guest(t, s, "1")
	joins(t, s, e, id, eventTime)
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.CancelEvent(ctx, tx, e.Code)
		return err
	})
	if leaves(t, s, e, id) || len(only(guestsOf(t, s, e), storage.GuestGoing)) != 1 {
		t.Error("left a cancelled event")
	}
}
