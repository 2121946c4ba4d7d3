package scheduler_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// office is a database with people of every role, and the job.
type office struct {
	t      *testing.T
	store  *storage.Store
	job    scheduler.Requests
	people map[string]int64
}

func newOffice(t *testing.T) *office {
	t.Helper()
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, store: storagetest.Open(t, storagetest.SQLiteURL(t)), people: map[string]int64{}}
	o.job = scheduler.Requests{Store: o.store, Calendar: calendar}
	o.inTx(func(ctx context.Context, tx *storage.Tx) error {
		for name, role := range map[string]storage.Role{"asker": "", "staff": storage.Staff, "other": storage.Staff, "approver": storage.Approver} {
			id, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: name}, local(1, 8))
			if err != nil {
				return err
			}
			o.people[name] = id
			if role == "" {
				continue
			}
			if err := storage.GrantRole(ctx, tx, id, role, local(1, 8)); err != nil {
				return err
			}
		}
		return nil
	})
	return o
}

// local is an hour of a day of November 2026 in the province. The 23rd is a Monday, and the 24th a holiday.
func local(day, hour int) time.Time {
	return time.Date(2026, time.November, day, hour, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
}

func (o *office) inTx(f func(ctx context.Context, tx *storage.Tx) error) {
	o.t.Helper()
	if err := o.store.InTx(o.t.Context(), func(tx *storage.Tx) error { return f(o.t.Context(), tx) }); err != nil {
		o.t.Fatal(err)
	}
}

// ask opens a request of somebody, which a member of staff takes; "": nobody.
func (o *office) ask(asker, taker string, at time.Time) (r storage.Request) {
	o.t.Helper()
	o.inTx(func(ctx context.Context, tx *storage.Tx) (err error) {
		if r, err = storage.AddRequest(ctx, tx, o.people[asker], at); err != nil || taker == "" {
			return err
		}
		_, err = storage.TakeRequest(ctx, tx, r.Code, o.people[taker], at)
		return err
	})
	return r
}

// told runs the job, twice as two replicas would, and counts the reminders that there are by then, by name.
func (o *office) told(now time.Time) map[string]int {
	o.t.Helper()
	for range 2 {
		if err := o.job.Run(o.t.Context(), now); err != nil {
			o.t.Fatal(err)
		}
	}
	counted := map[string]int{}
	o.inTx(func(ctx context.Context, tx *storage.Tx) error {
		for name, id := range o.people {
			n := 0
			if err := tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM deliveries WHERE person_id = $1`, id); err != nil {
				return err
			}
			if n > 0 {
				counted[name] = n
			}
		}
		return nil
	})
	return counted
}

// seen is who was told how often, by a time.
type seen struct {
	at   time.Time
	want map[string]int
}

func (o *office) expect(steps ...seen) {
	o.t.Helper()
	for _, s := range steps {
		if got := o.told(s.at); !maps.Equal(got, s.want) {
			o.t.Errorf("by %s: got %v, want %v", s.at, got, s.want)
		}
	}
}

func TestRequestThatNobodyTook(t *testing.T) {
	o := newOffice(t)
	o.ask("asker", "", local(20, 10)) // a Friday
	after1 := map[string]int{"staff": 1, "other": 1, "approver": 1}
	after2 := map[string]int{"staff": 1, "other": 1, "approver": 2}
	o.expect(
		seen{local(21, 11), nil}, // Saturday
		seen{local(23, 9), nil},
		seen{local(23, 10), after1},
		seen{local(24, 11), after1}, // the holiday
		seen{local(25, 9), after1},
		seen{local(25, 10), after2},
		seen{local(27, 16), after2},
	)
}

func TestRequestThatSomebodyTook(t *testing.T) {
	o := newOffice(t)
	r := o.ask("asker", "staff", local(25, 10))
	o.expect(
		seen{local(26, 9), nil},
		seen{local(26, 10), map[string]int{"staff": 1}},
		seen{local(27, 10), map[string]int{"staff": 2, "approver": 1}},
	)
	o.inTx(func(ctx context.Context, tx *storage.Tx) error {
		for i, who := range []string{"staff", "asker"} { // an answer, then another question
			m := storage.RequestMessage{Person: o.people[who], Text: "…"}
			_, ok, err := storage.AddRequestMessage(ctx, tx, r.Code, &m, local(27, 11+i))
			if err != nil || !ok {
				return errors.Join(err, errors.New("nothing was added"))
			}
		}
		return nil
	})
	o.expect(
		seen{local(30, 11), map[string]int{"staff": 2, "approver": 1}},
		seen{local(30, 12), map[string]int{"staff": 3, "approver": 1}},
	)
}

func TestRequestsAfterADayOfDowntime(t *testing.T) {
	o := newOffice(t)
	o.ask("asker", "", local(23, 10))
	o.expect(
		seen{local(26, 7), nil}, // too early to be read
		seen{local(26, 17), nil},
		seen{local(26, 10), map[string]int{"approver": 1}}, // the latest step alone
	)
}

func TestRequestOfStaffIsForTheOthers(t *testing.T) {
	o := newOffice(t)
	o.ask("approver", "", local(25, 10))
	o.expect(seen{local(26, 10), map[string]int{"staff": 1, "other": 1}}, seen{local(27, 10), map[string]int{"staff": 1, "other": 1}})
}

func TestClosedRequestsAreQuiet(t *testing.T) {
	o := newOffice(t)
	r := o.ask("asker", "staff", local(25, 10))
	o.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := storage.CloseRequest(ctx, tx, r.Code, o.people["asker"], local(25, 11))
		return err
	})
	o.expect(seen{local(27, 10), nil})
}
