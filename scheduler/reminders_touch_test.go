package scheduler_test

import (
	"context"
	"testing"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestATickReadsNothingOfPastYears counts the rows that PostgreSQL looks at in ticks of the jobs, beside 5,000 obligations of
// past years, of which one in ten was never sent, and 50,000 messages about them.
func TestATickReadsNothingOfPastYears(t *testing.T) {
	t.Parallel()
	p := newPast(t, storagetest.PostgresURL(t), 5_000)
	progress := scheduler.Progress{Store: p.store, Calendar: p.job.Calendar}
	p.in(t, func(ctx context.Context, tx *storage.Tx) error {
		if letters, err := p.job.Queue(ctx, tx, december(2, 8)); len(letters) != 20 || err != nil {
			t.Errorf("%d letters, %v", len(letters), err)
		}
		if _, err := p.job.Queue(ctx, tx, december(2, 9)); err != nil {
			return err
		}
		if err := progress.Tell(ctx, tx, december(2, 8)); err != nil {
			return err
		}
		if _, _, err := storage.CountWaitingSubmissions(ctx, tx, december(2, 8)); err != nil {
			return err
		}
		touched := []struct {
			Table string `db:"relname"`
			Rows  int64
		}{}
		err := tx.SelectContext(ctx, &touched, `SELECT relname, COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0) AS rows
			FROM pg_stat_xact_user_tables WHERE relname IN ('obligations', 'reminders', 'deliveries')`)
		for _, table := range touched {
			if table.Rows > 500 {
				t.Errorf("%d rows of %s are looked at", table.Rows, table.Table)
			}
		}
		if len(touched) != 3 {
			t.Errorf("counted %v", touched)
		}
		return err
	})
}
