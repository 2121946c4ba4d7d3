package storage_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestReplicasHearWhatTheOthersSent(t *testing.T) {
	url := storagetest.PostgresURL(t)
	here, there := storagetest.Open(t, url), storagetest.Open(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	heard := make(chan storage.SentTally, 1000)
	var listening sync.WaitGroup
	listening.Go(func() { here.HearSent(ctx, "here", func(s storage.SentTally) { heard <- s }) })
	defer listening.Wait()
	defer cancel()
	for { // what is told before the listener is connected is not heard
		for _, owner := range []string{"here", "there"} {
			if err := there.TellSent(t.Context(), storage.SentTally{Owner: owner, Channel: "telegram", Count: 3}); err != nil {
				t.Fatal(err)
			}
		}
		select {
		case s := <-heard:
			if want := (storage.SentTally{Owner: "there", Channel: "telegram", Count: 3}); s != want {
				t.Errorf("heard %v, want %v", s, want)
			}
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}
