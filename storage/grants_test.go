package storage_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// Twenty exchanges at once, from two replicas: each gets what the one before made, and none is made of the same value twice.
func TestGrantIsExchangedByOneAtATime(t *testing.T) {
	for name, url := range map[string]string{"sqlite": storagetest.SQLiteURL(t), "postgres": storagetest.PostgresURL(t)} {
		t.Run(name, func(t *testing.T) {
			replicas := []*storage.Store{storagetest.Open(t, url)}
			if name == "postgres" {
				replicas = append(replicas, storagetest.Open(t, url))
			}
			var inside atomic.Int64
			count := func(_ context.Context, old string) (string, error) {
				if inside.Add(1) > 1 {
					t.Error("two exchange at once")
				}
				defer inside.Add(-1)
				n, _ := strconv.Atoi(old)
				return strconv.Itoa(n + 1), nil
			}
			var all sync.WaitGroup
			for i := range 20 {
				all.Go(func() {
					if _, err := replicas[i%len(replicas)].ExchangeGrant(t.Context(), "zalo", count); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if value, err := replicas[0].Grant(t.Context(), "zalo"); value != "20" || err != nil {
				t.Errorf("got %q, %v", value, err)
			}
		})
	}
}

func TestFailedExchangeChangesNothing(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		keep := func(value string, err error) error {
			_, failed := s.ExchangeGrant(t.Context(), "zalo", func(context.Context, string) (string, error) { return value, err })
			return failed
		}
		refused := errors.New("refused")
		if err := keep("first", nil); err != nil {
			t.Fatal(err)
		}
		if err := keep("second", refused); !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		if value, err := s.Grant(t.Context(), "zalo"); value != "first" || err != nil {
			t.Errorf("got %q, %v", value, err)
		}
	})
}

// The database dies between the exchange and keeping what it made.
func TestExchangedGrantOutlivesTheDatabase(t *testing.T) {
	postgres := storagetest.NewPostgres(t)
	s := storagetest.Open(t, postgres.Database(t))
	value, err := s.ExchangeGrant(t.Context(), "zalo", func(context.Context, string) (string, error) {
		postgres.Stop()
		postgres.Start()
		return "once", nil
	})
	if value != "once" || err != nil {
		t.Fatalf("got %q, %v", value, err)
	}
	if kept, err := s.Grant(t.Context(), "zalo"); kept != "once" || err != nil {
		t.Errorf("kept %q, %v", kept, err)
	}
}
