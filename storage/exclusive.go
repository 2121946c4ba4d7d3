package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync"
	"time"
)

const lockRetry = 2 * time.Second

var errLockLost = errors.New("the lock was lost")

// Exclusive runs f in one replica at a time, and returns when f does. On PostgreSQL an advisory lock under the name decides,
// and f's context ends when the lock is lost; then it waits for the lock again. SQLite has no replicas.
func (s *Store) Exclusive(ctx context.Context, name string, f func(ctx context.Context) error) error {
	if !s.postgres {
		return f(ctx)
	}
	for ctx.Err() == nil {
		held, err := s.whileLocked(ctx, name, f)
		if held && err == nil && ctx.Err() == nil {
			return nil
		}
		if err != nil && ctx.Err() == nil {
			slog.Warn("exclusive work was interrupted", "work", name, "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(lockRetry):
		}
	}
	return ctx.Err()
}

// whileLocked runs f if the lock is free; held reports whether it was.
func (s *Store) whileLocked(ctx context.Context, name string, f func(ctx context.Context) error) (held bool, err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("connect for a lock: %w", err)
	}
	defer func() { _ = conn.Close() }()
	key := lockKey(name)
	if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, key).Scan(&held); err != nil || !held {
		return false, wrap("ask for a lock", err)
	}
	defer unlock(conn, key)
	working, cancel := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() { watch(working, conn, cancel) })
	defer watcher.Wait() // a connection in use must not be closed: database/sql panics when a ping meets it
	defer cancel()
	err = f(working)
	if err == nil && working.Err() != nil {
		err = errLockLost // f ended because it had to
	}
	return true, err
}

// lockKey is the number that PostgreSQL knows the lock by.
func lockKey(name string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return int64(h.Sum64())
}

// watch ends the work when the connection that holds the lock is gone.
func watch(ctx context.Context, conn *sql.Conn, lost context.CancelFunc) {
	tick := time.NewTicker(lockRetry)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := conn.PingContext(ctx); err != nil {
				lost()
				return
			}
		}
	}
}

func unlock(conn *sql.Conn, key int64) {
	ctx, cancel := context.WithTimeout(context.Background(), lockRetry)
	defer cancel()
	_, _ = conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, key) // a connection that is gone holds no lock
}
