package storage_test

import (
	"context"
	"errors"
	"testing"

	"khoinghiep/storage/storagetest"
)

func TestExclusiveWorkBeginsAgainWhenItsLockWasLost(t *testing.T) {
	postgres := storagetest.NewPostgres(t)
	store := storagetest.Open(t, postgres.Database(t))
	ctx, stop := context.WithCancel(t.Context())
	begun, ended := make(chan struct{}), make(chan error)
	go func() {
		ended <- store.Exclusive(ctx, "work", func(ctx context.Context) error {
			begun <- struct{}{}
			<-ctx.Done()
			return nil
		})
	}()
	<-begun
	postgres.Stop()
	postgres.Start()
	select {
	case <-begun:
	case err := <-ended:
		t.Fatalf("the work was given up: %v", err)
	}
	stop()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("at the end: %v", err)
	}
}
