package scheduler_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// desk is a database with one member of staff, and the job that tells them what waits.
type desk struct {
	t     *testing.T
	store *storage.Store
	job   scheduler.Digest
}

func newDesk(t *testing.T, s *storage.Store) *desk {
	t.Helper()
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, store: s, job: scheduler.Digest{Store: s, Calendar: calendar}}
	d.inTx(func(ctx context.Context, tx *storage.Tx) error {
		staff, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "staff"}, local(1, 8))
		if err != nil {
			return err
		}
		return storage.GrantRole(ctx, tx, staff, storage.Staff, local(1, 8))
	})
	return d
}

func (d *desk) inTx(f func(ctx context.Context, tx *storage.Tx) error) {
	d.t.Helper()
	if err := d.store.InTx(d.t.Context(), func(tx *storage.Tx) error { return f(d.t.Context(), tx) }); err != nil {
		d.t.Fatal(err)
	}
}

// register adds a startup whose founder is promised an answer by due.
func (d *desk) register(name string, at, due time.Time) {
	d.t.Helper()
	d.inTx(func(ctx context.Context, tx *storage.Tx) error {
		founder, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: name}, at)
		if err != nil {
			return err
		}
		return storage.AddStartup(ctx, tx, &storage.Startup{Draft: name, Person: founder, Name: name, DueAt: due.UnixMilli()}, at)
	})
}

// run has three replicas do the job at once, and gives what staff were told by it, each message once.
func (d *desk) run(now time.Time) []string {
	d.t.Helper()
	before := len(d.told())
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := d.job.Run(d.t.Context(), now); err != nil {
				d.t.Error(err)
			}
		})
	}
	all.Wait()
	return d.told()[before:]
}

func (d *desk) told() (texts []string) {
	d.t.Helper()
	d.inTx(func(ctx context.Context, tx *storage.Tx) error {
		bodies := []string{}
		if err := tx.SelectContext(ctx, &bodies, `SELECT body FROM deliveries ORDER BY id`); err != nil {
			return err
		}
		for _, body := range bodies {
			m := bot.Outgoing{}
			if err := json.Unmarshal([]byte(body), &m); err != nil {
				return err
			}
			texts = append(texts, m.Text)
		}
		return nil
	})
	return texts
}

// TestDigestIsToldOnWorkingMorningsAndAfternoons goes through days on which registrations come. The 23rd is a Monday, and
// the 24th a holiday.
func TestDigestIsToldOnWorkingMorningsAndAfternoons(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		d, none := newDesk(t, s), time.Time{}
		d.register("sunday", local(22, 9), local(26, 0))
		d.register("another", local(22, 10), local(30, 0))
		for _, c := range []struct {
			what string
			came time.Time // when another registration did, before; zero: none
			at   time.Time
			want string // "": nothing
		}{
			{"Sunday", none, local(22, 15), ""},
			{"before the first hour", none, local(23, 7), ""},
			{"a morning that was missed at 8", none, local(23, 10), "2 đăng ký mới chờ xem."},
			{"the same morning again", none, local(23, 13), ""},
			{"an afternoon without anything new", none, local(23, 14), ""},
			{"a holiday", none, local(24, 8), ""},
			{"nothing new and nothing overdue", none, local(25, 14), ""},
			{"one is overdue", none, local(26, 8), "1 đăng ký đã quá hạn trả lời. Anh/chị xem giúp hôm nay."},
			{"still, in the afternoon", none, local(26, 14), ""},
			{"still, the next day, after one more came", local(26, 20), local(27, 8), "1 đăng ký mới chờ xem; 1 đăng ký đã quá hạn trả lời. Anh/chị xem các hồ sơ quá hạn trước."},
			{"one that came in the morning", local(27, 9), local(27, 14), "1 đăng ký mới chờ xem."},
		} {
			if !c.came.IsZero() {
				d.register(c.what, c.came, local(30, 0).AddDate(0, 0, 7))
			}
			got := d.run(c.at)
			if len(got) > 1 || len(got) == 0 != (c.want == "") || len(got) == 1 && got[0] != c.want {
				t.Errorf("%s: told %q, want %q", c.what, got, c.want)
			}
		}
	})
}
