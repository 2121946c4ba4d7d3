package storage

import (
	"context"
	"sync"
)

// StayAlive has other replicas know, until ctx is done, that the process named owner lives: it holds a lock that a dead
// process cannot hold. The channel is closed when they can know.
func (s *Store) StayAlive(ctx context.Context, owner string) <-chan struct{} {
	known := make(chan struct{})
	go func() {
		var once sync.Once
		_ = s.Exclusive(ctx, replica(owner), func(ctx context.Context) error { // returns when ctx is done
			once.Do(func() { close(known) })
			<-ctx.Done()
			return nil
		})
	}()
	return known
}

// Alive reports whether the process named owner, another than the one that asks, lives. It may say no while PostgreSQL
// comes back from a restart. On SQLite there is no other process.
func (s *Store) Alive(ctx context.Context, owner string) (bool, error) {
	if !s.postgres {
		return false, nil
	}
	var free bool // locked for as long as this statement runs
	err := s.read.GetContext(ctx, &free, `SELECT pg_try_advisory_xact_lock($1)`, lockKey(replica(owner)))
	return !free, wrap("ask whether a process lives", err)
}

func replica(owner string) string { return "replica " + owner }
