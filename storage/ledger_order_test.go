package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// A talk that is passed on must not change its order, whatever its parts wait for; other people do not wait for it.
func TestAnswersToOnePersonGoOutOneAfterAnother(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, _ := someone(t, s, "1", "", "")
		binh, _ := someone(t, s, "2", "", "")
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			for i, person := range []int64{an, an, binh, an} {
				n := storage.Notice{Source: fmt.Sprint("request/", i), Person: person, Queue: storage.QueueAnswers, Hours: storage.AnyHour, Message: bot.Outgoing{Text: fmt.Sprint(i)}}
				if err := storage.Notify(ctx, tx, n, requestTime); err != nil {
					return err
				}
			}
			return nil
		})
		ledger := storage.Ledger{Store: s, Owner: "one", Channel: "telegram", Ways: []storage.Way{{Channel: "telegram"}}}
		outcomes := []storage.Outcome{}
		for _, want := range [][]string{{"request/0", "request/2"}, {"request/1"}, {"request/3"}, {}} {
			taken, _, err := ledger.Flush(t.Context(), requestTime, outcomes, 10)
			if err != nil {
				t.Fatal(err)
			}
			sources := []string{}
			outcomes = nil
			for _, d := range taken {
				sources = append(sources, d.Source)
				d.State = storage.DeliverySent
				outcomes = append(outcomes, storage.Outcome{Delivery: d})
			}
			if !slices.Equal(sources, want) {
				t.Errorf("got %q, want %q", sources, want)
			}
		}
	})
}
