package scheduler_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// festival is a database with an event on Saturday, 28 November 2026, at 08:00, and the jobs about it.
type festival struct {
	t      *testing.T
	store  *storage.Store
	event  storage.Event
	people map[int64]string
	ids    map[string]int64
}

func newFestival(t *testing.T, places int64) *festival {
	t.Helper()
	f := &festival{t: t, store: storagetest.Open(t, storagetest.SQLiteURL(t)), people: map[int64]string{}, ids: map[string]int64{}}
	f.event = storage.Event{
		Draft: "x", Agency: "TINHDOAN", Name: "Ngày hội", Kind: "ngay_hoi", Task: "1.6", Place: "Hội trường A",
		StartsAt: local(28, 8).UnixMilli(), EndsAt: local(28, 11).UnixMilli(), Capacity: places,
	}
	f.event.Author = f.person("author")
	officer := f.person("officer")
	f.inTx(func(ctx context.Context, tx *storage.Tx) error {
		if err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "TINHDOAN", Name: "Tỉnh Đoàn"}}, local(1, 8)); err != nil {
			return err
		}
		if err := storage.AddOfficer(ctx, tx, officer, "TINHDOAN", false, local(1, 8)); err != nil {
			return err
		}
		return storage.AddEvent(ctx, tx, &f.event, local(1, 8))
	})
	return f
}

func (f *festival) inTx(do func(ctx context.Context, tx *storage.Tx) error) {
	f.t.Helper()
	if err := f.store.InTx(f.t.Context(), func(tx *storage.Tx) error { return do(f.t.Context(), tx) }); err != nil {
		f.t.Fatal(err)
	}
}

func (f *festival) person(name string) (id int64) {
	f.t.Helper()
	f.inTx(func(ctx context.Context, tx *storage.Tx) (err error) {
		id, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: name}, local(1, 8))
		return err
	})
	f.people[id], f.ids[name] = name, id
	return id
}

func (f *festival) joins(name string, at time.Time) (g storage.Guest) {
	f.t.Helper()
	id := f.person(name)
	f.inTx(func(ctx context.Context, tx *storage.Tx) (err error) {
		g, _, err = storage.JoinEvent(ctx, tx, f.event.Code, id, nil, at)
		return err
	})
	return g
}

func (f *festival) leaves(name string, at time.Time) {
	f.t.Helper()
	f.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.LeaveEvent(ctx, tx, f.event.Code, f.ids[name], at)
		return err
	})
}

// told runs a job, twice as two replicas would, and gives whom it told of what, by name: the rest of the source after the
// word that begins it.
func (f *festival) told(word string, run func(context.Context, time.Time) error, now time.Time) map[string]string {
	f.t.Helper()
	for range 2 {
		if err := run(f.t.Context(), now); err != nil {
			f.t.Fatal(err)
		}
	}
	rows := []struct {
		Person int64 `db:"person_id"`
		Source string
	}{}
	f.inTx(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &rows, `SELECT person_id, source FROM deliveries WHERE state = 'queued' ORDER BY id`)
	})
	told := map[string]string{}
	for _, r := range rows {
		if _, what, ok := strings.Cut(r.Source, word); ok {
			told[f.people[r.Person]] += what[strings.LastIndex(what, "/")+1:] + " "
		}
	}
	return told
}

func expectTold(t *testing.T, when string, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s: told %v, want %v", when, got, want)
	}
}

func TestEventRemindersReachThoseWhoGoAndNeverThoseWhoWait(t *testing.T) {
	f := newFestival(t, 2)
	f.joins("early", local(1, 9))
	f.joins("late", local(24, 9))
	f.joins("waits", local(24, 10))
	run := scheduler.EventReminders{Store: f.store}.Run
	const word = "remind/"
	expectTold(t, "eight days before", f.told(word, run, local(20, 8)), map[string]string{})
	expectTold(t, "seven days before", f.told(word, run, local(21, 8)), map[string]string{"early": "7d "})
	expectTold(t, "days later", f.told(word, run, local(26, 8)), map[string]string{"early": "7d "})
	expectTold(t, "a day before", f.told(word, run, local(27, 9)), map[string]string{"early": "7d 1d ", "late": "1d "})
	expectTold(t, "two hours before", f.told(word, run, local(28, 6)), map[string]string{"early": "7d 1d 2h ", "late": "1d 2h "})
	expectTold(t, "when it is on", f.told(word, run, local(28, 8)), map[string]string{"early": "7d 1d 2h ", "late": "1d 2h "})
}

// TestMissedEventRemindersAreNotMadeUpFor: who was not told for a week hears the latest alone, and anew when it is moved.
func TestMissedEventRemindersAreNotMadeUpFor(t *testing.T) {
	f := newFestival(t, 0)
	f.joins("an", local(1, 9))
	run := scheduler.EventReminders{Store: f.store}.Run
	expectTold(t, "on the day", f.told("remind/", run, local(28, 7)), map[string]string{"an": "2h "})
	moved := f.event
	moved.StartsAt, moved.EndsAt = local(30, 8).UnixMilli(), local(30, 11).UnixMilli()
	f.inTx(func(ctx context.Context, tx *storage.Tx) error {
		if _, err := storage.ReviseEvent(ctx, tx, &moved, local(28, 7)); err != nil {
			return err
		}
		_, err := storage.TellGuests(ctx, tx, moved, storage.EventNews, storage.Notice{Source: storage.EventSource(moved, "news/change/1")}, local(28, 7))
		return err
	})
	expectTold(t, "once it is moved", f.told("news/", run, local(28, 7)), map[string]string{"an": "1 "})
	expectTold(t, "a day before the new time", f.told("remind/", run, local(29, 9)), map[string]string{"an": "1d "})
}

func TestFreePlacesAreOfferedOneAfterAnother(t *testing.T) {
	f := newFestival(t, 1)
	for _, name := range []string{"an", "binh", "chi"} {
		f.joins(name, local(1, 9))
	}
	run := scheduler.EventPlaces{Store: f.store}.Run
	expectTold(t, "all is taken", f.told("offer/", run, local(20, 9)), map[string]string{})
	f.leaves("an", local(20, 9))
	first := "1795226400000 " // 21 November, 09:00
	expectTold(t, "one left", f.told("offer/", run, local(20, 9)), map[string]string{"binh": first})
	expectTold(t, "within the day", f.told("offer/", run, local(21, 8)), map[string]string{"binh": first})
	expectTold(t, "a day later", f.told("offer/", run, local(21, 9)), map[string]string{"binh": first, "chi": "1795312800000 "})
	expectTold(t, "who did not answer", f.told("lapsed/", run, local(21, 9)), map[string]string{"binh": first})
	f.joins("dung", local(22, 8))
	f.leaves("chi", local(28, 6))
	expectTold(t, "an hour before", f.told("offer/", run, local(28, 7)), map[string]string{"binh": first})
}

func TestAnEventThatIsOverCountsOnceSomebodyCame(t *testing.T) {
	for name, c := range map[string]struct {
		came bool
		held int
		told map[string]string
	}{
		"somebody came": {true, 1, map[string]string{"officer": "over ", "an": "rate "}},
		"nobody came":   {false, 0, map[string]string{"officer": "over "}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFestival(t, 1)
			ticket := f.joins("an", local(1, 9)).Ticket
			f.joins("waits", local(1, 9))
			if c.came {
				f.inTx(func(ctx context.Context, tx *storage.Tx) error {
					_, _, err := storage.CheckIn(ctx, tx, ticket, f.ids["author"], local(28, 8))
					return err
				})
			}
			run := scheduler.EventEnd{Store: f.store}.Run
			expectTold(t, "before its end", f.told("event/", run, local(28, 10)), map[string]string{})
			expectTold(t, "at its end", f.told("event/", run, local(28, 11)), c.told)
			f.inTx(func(ctx context.Context, tx *storage.Tx) error {
				held, err := storage.HeldEvents(ctx, tx, "1.6", "2026-01-01", "2026-12-31")
				if len(held) != c.held || c.came && (held[0].Agency != "TINHDOAN" || held[0].Attended != 1 || held[0].Day != "2026-11-28") {
					t.Errorf("held: %+v", held)
				}
				return err
			})
		})
	}
}
