package storage_test

import (
	"fmt"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// BenchmarkClaim takes 20 deliveries at a time, and keeps their outcomes, with 1,000 and with 1,000,000 waiting: they take
// turns within one run. It reports the ratio.
func BenchmarkClaim(b *testing.B) {
	for name, url := range map[string]string{"sqlite": storagetest.SQLiteURL(b), "postgres": ""} {
		b.Run(name, func(b *testing.B) {
			other := url + ".many"
			if url == "" {
				postgres := storagetest.NewPostgres(b)
				url, other = postgres.Database(b), postgres.Database(b)
			}
			few, many := newQueue(b, url, 1_000), newQueue(b, other, 1_000_000)
			for b.Loop() {
				few.claim(b)
				many.claim(b)
			}
			b.ReportMetric(few.took.Seconds()*1e6/float64(b.N), "µs/few")
			b.ReportMetric(many.took.Seconds()*1e6/float64(b.N), "µs/many")
			b.ReportMetric(many.took.Seconds()/few.took.Seconds(), "many/few")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// claims is a ledger from which deliveries are claimed and to which they are returned, so that as many wait all the time.
type claims struct {
	ledger storage.Ledger
	now    time.Time
	done   []storage.Outcome
	took   time.Duration
}

func newQueue(b *testing.B, url string, waiting int) *claims {
	b.Helper()
	s := storagetest.Open(b, url)
	now := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	db := connect(b, url)
	numbers := fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) `, waiting)
	for _, statement := range []string{
		numbers + `INSERT INTO people (id, created_at) SELECT i, 0 FROM n`,
		numbers + `INSERT INTO addresses (channel, chat, person_id, since) SELECT 'telegram', CAST(i AS TEXT), i, 0 FROM n`,
		numbers + `INSERT INTO consents (id, person_id, purpose, given, version, hash, channel, chat, message_id, at)
			SELECT i, i, 'announcements', 1, '', '', 'telegram', CAST(i AS TEXT), '1', 0 FROM n`,
		numbers + `INSERT INTO deliveries (id, source, person_id, queue, channel, body, hours, again, not_before, state, at)
			SELECT i, 'announcement/7', i, 7, 'telegram', '', 'day', 0, 0, 'queued', 0 FROM n`,
		`INSERT INTO announcements (id, code, draft, author_id, category, message, audience, state, created_at)
			VALUES (7, 'TB-2026-0001', 'd', 1, 'event', '{"text":"Ngày hội"}', '{}', 'sending', 0)`,
		`ANALYZE`,
	} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	return &claims{ledger: storage.Ledger{Store: s, Owner: "bench", Channel: "telegram", Ways: []storage.Way{{Channel: "telegram"}}}, now: now}
}

func (c *claims) claim(b *testing.B) {
	b.Helper()
	begin := time.Now()
	taken, _, err := c.ledger.Flush(b.Context(), c.now, c.done, 20)
	c.took += time.Since(begin)
	if err != nil || len(taken) != 20 {
		b.Fatalf("took %d, %v", len(taken), err)
	}
	c.done = nil
	for _, d := range taken {
		d.State, d.NotBefore = storage.DeliveryQueued, d.NotBefore+1 // to the end of the queue
		c.done = append(c.done, storage.Outcome{Delivery: d})
	}
}
