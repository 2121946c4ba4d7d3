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

// eventTime is a morning, four days before the event of these tests.
var eventTime = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))

// held keeps an event with so many places.
func held(t *testing.T, s *storage.Store, places int) storage.Event {
	t.Helper()
	e := storage.Event{
		Draft: "draft", Agency: storage.Department, Name: "Ngày hội", Kind: "ngay_hoi", Task: "1.6", Place: "Hội trường A",
		StartsAt: eventTime.AddDate(0, 0, 4).UnixMilli(), EndsAt: eventTime.AddDate(0, 0, 4).Add(3 * time.Hour).UnixMilli(), Capacity: int64(places),
	}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error { return storage.AddEvent(ctx, tx, &e, eventTime) })
	return e
}

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

func TestEventsAreKeptOnceAndCorrected(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		if again := held(t, s, 1); again.ID != e.ID || e.Code != "SK-2026-0001" || e.Host != storage.Department {
			t.Errorf("%+v, then %+v", e, again)
		}
		first, second := e, e
		first.Place, second.Place = "Nhà văn hóa", "Quảng trường"
		revise := func(e *storage.Event) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.ReviseEvent(ctx, tx, e, eventTime)
				return err
			})
			return ok
		}
		if !revise(&first) || revise(&second) {
			t.Error("of two corrections of the same text, not one was kept")
		}
	})
}

func TestEventsAreOnUntilTheyEndOrAreCancelled(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		end := time.UnixMilli(e.EndsAt)
		on := func(at time.Time) int {
			list, err := s.EventsOn(t.Context(), at, 0, 9)
			if err != nil {
				t.Error(err)
			}
			return len(list)
		}
		ends := func(at time.Time) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				_, ok, err = storage.EndEvent(ctx, tx, e.Code, at)
				return err
			})
			return ok
		}
		if on(eventTime) != 1 || on(end.Add(-time.Minute)) != 1 || on(end) != 0 || ends(end.Add(-time.Minute)) {
			t.Error("not on until its end")
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.CancelEvent(ctx, tx, e.Code)
			if !ok {
				t.Error("not cancelled")
			}
			return err
		})
		if on(eventTime) != 0 || ends(end) {
			t.Error("cancelled, and still on")
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
