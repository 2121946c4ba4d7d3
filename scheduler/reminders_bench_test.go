package scheduler_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// BenchmarkReminders runs a tick in which twenty obligations are due, and one in which none is and staff are told how things stand,
// with 100 obligations of past years and with 100,000, each told to somebody in ten messages, and one in ten never sent: they take turns
// within one run. It reports the ratios.
func BenchmarkReminders(b *testing.B) {
	for name, url := range map[string]string{"sqlite": storagetest.SQLiteURL(b), "postgres": ""} {
		b.Run(name, func(b *testing.B) {
			other := url + ".many"
			if url == "" {
				postgres := storagetest.NewPostgres(b)
				const patient = "&statement_timeout=600000" // filling takes longer than anything that people wait for
				url, other = postgres.Database(b)+patient, postgres.Database(b)+patient
			}
			few, many := newPast(b, url, 100), newPast(b, other, 100_000)
			for b.Loop() {
				few.tick(b)
				many.tick(b)
			}
			b.ReportMetric(few.busy.Seconds()*1e6/float64(b.N), "µs/few")
			b.ReportMetric(many.busy.Seconds()*1e6/float64(b.N), "µs/many")
			b.ReportMetric(many.busy.Seconds()/few.busy.Seconds(), "many/few")
			b.ReportMetric(many.idle.Seconds()/few.idle.Seconds(), "many/few-idle")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// past is a database with obligations of past years, and twenty that are due on the morning of 2 December 2026.
type past struct {
	store      *storage.Store
	job        scheduler.Reminders
	busy, idle time.Duration
}

func newPast(b testing.TB, url string, many int) *past {
	b.Helper()
	calendar, err := plan.LoadCalendar()
	if err != nil {
		b.Fatal(err)
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		b.Fatal(err)
	}
	s := storagetest.Open(b, url)
	p := &past{store: s, job: scheduler.Reminders{Store: s, Calendar: calendar, Steps: steps}}
	p.fill(b, many)
	p.in(b, func(ctx context.Context, tx *storage.Tx) error {
		for i := range 20 {
			agency := fmt.Sprint("dv-", i)
			if err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: agency, Name: "Đơn vị " + agency}}, december(1, 7)); err != nil {
				return err
			}
			officer, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: agency}, december(1, 7))
			if err != nil {
				return err
			}
			if err := storage.AddOfficer(ctx, tx, officer, agency, false, december(1, 7)); err != nil {
				return err
			}
			o := storage.Obligation{Source: "now/" + agency, Kind: storage.ReportObligation, Year: 2026, Agency: agency, Title: "Báo cáo", DueOn: "2026-12-09"}
			if _, err := storage.MakeObligation(ctx, tx, &o, []string{"1.1"}, december(1, 7)); err != nil {
				return err
			}
		}
		return nil
	})
	return p
}

func (p *past) in(b testing.TB, f func(ctx context.Context, tx *storage.Tx) error) {
	b.Helper()
	if err := p.store.InTx(b.Context(), func(tx *storage.Tx) error { return f(b.Context(), tx) }); err != nil {
		b.Fatal(err)
	}
}

// fill adds obligations that nobody is reminded of any more, with ten messages for each.
func (p *past) fill(b testing.TB, past int) {
	b.Helper()
	numbers := fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d), k (j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM k WHERE j < 10) `, past)
	p.in(b, func(ctx context.Context, tx *storage.Tx) error {
		for _, statement := range []string{
			`INSERT INTO agencies (id, name, short, at) VALUES ('SCT', 'Sở Công Thương', 'Sở CT', 0)`,
			numbers + `INSERT INTO obligations (id, code, source, kind, year, agency, title, due_on, state, next_at, created_at)
				SELECT i, 'NV-' || CAST(i AS TEXT), 'past/' || CAST(i AS TEXT), 'report', 2000 + i % 25, 'SCT', 'Báo cáo', '2020-12-09', CASE i % 10 WHEN 0 THEN 'open' ELSE 'accepted' END, 0, 0 FROM n`,
			numbers + `INSERT INTO reminders (obligation_id, step, moment, person_id, source, at)
				SELECT i, 'T-' || CAST(j AS TEXT), j, i, 'remind/2020-10-' || CAST(10 + j AS TEXT), 0 FROM n, k`,
			numbers + `INSERT INTO deliveries (id, source, person_id, queue, channel, body, hours, again, not_before, state, at)
				SELECT i * 10 + j, 'remind/2020-10-' || CAST(10 + j AS TEXT), i, 1, 'telegram', '', 'day', 1, 0, 'sent', 0 FROM n, k`,
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	p.in(b, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ExecContext(ctx, `ANALYZE`)
		return err
	})
}

// tick takes the time of both, and has everything as it was before.
func (p *past) tick(b *testing.B) {
	b.Helper()
	p.busy += p.run(b, december(2, 8))
	p.in(b, func(ctx context.Context, tx *storage.Tx) error { return undo(ctx, tx, b) })
}

func (p *past) run(b *testing.B, now time.Time) time.Duration {
	b.Helper()
	begin := time.Now()
	if err := p.job.Run(b.Context(), now); err != nil {
		b.Fatal(err)
	}
	took := time.Since(begin)
	begin = time.Now()
	progress, submissions := scheduler.Progress{Store: p.store, Calendar: p.job.Calendar}, scheduler.Submissions{Store: p.store, Calendar: p.job.Calendar}
	for _, job := range []func(ctx context.Context, now time.Time) error{p.job.Run, progress.Run, submissions.Run} {
		if err := job(b.Context(), now.Add(time.Minute)); err != nil {
			b.Fatal(err)
		}
	}
	p.idle += time.Since(begin)
	return took
}

// undo takes back a tick; there must have been twenty messages.
func undo(ctx context.Context, tx *storage.Tx, b *testing.B) error {
	b.Helper()
	done, err := tx.ExecContext(ctx, `DELETE FROM deliveries WHERE source = 'remind/2026-12-02'`)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n != 20 || err != nil {
		b.Fatalf("%d messages, %v", n, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM reminders WHERE source = 'remind/2026-12-02'`); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE obligations SET told_at = 0, next_at = 1 WHERE year = 2026`)
	return err
}
