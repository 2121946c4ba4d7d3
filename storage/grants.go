package storage

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Grant is what is kept under a name; "" when nothing is.
func (s *Store) Grant(ctx context.Context, name string) (value string, err error) {
	_, err = found(s.read.GetContext(ctx, &value, `SELECT value FROM grants WHERE name = $1`, name))
	return value, wrap("read a grant", err)
}

// ExchangeGrant has exchange make the next value of the one kept under a name, and keeps it, and gives it. No other process
// and no other call gets past meanwhile: on PostgreSQL the row is locked, for at most the 15 s that a transaction may be idle;
// SQLite has one process, and no lock of it is held. When exchange fails nothing changes.
//
// A value that works once is used up by the exchange. So when the new one cannot be kept, as the database went away, keeping
// it is tried again for half a minute.
func (s *Store) ExchangeGrant(ctx context.Context, name string, exchange func(ctx context.Context, old string) (string, error)) (value string, err error) {
	s.granting.Lock()
	defer s.granting.Unlock()
	old, made := "", false
	err = s.lockGrant(ctx, name, func(tx *Tx, kept string) error {
		old = kept
		if value, err = exchange(ctx, kept); err != nil {
			return err
		}
		made = true
		return s.putGrant(ctx, tx, name, value)
	})
	for tries := 0; err != nil && made && value != old && tries < keepGrantTries; tries++ {
		slog.Error("a grant that was exchanged is not kept yet", "grant", name, "error", err)
		time.Sleep(keepGrantEvery)
		err = s.keepGrant(ctx, name, old, value)
	}
	return value, err
}

const (
	keepGrantTries = 30
	keepGrantEvery = time.Second
)

// lockGrant calls change with the value. On PostgreSQL it holds the row's lock meanwhile; on SQLite, which has one lock for
// everything, change has a transaction of its own.
func (s *Store) lockGrant(ctx context.Context, name string, change func(tx *Tx, kept string) error) error {
	if !s.postgres {
		kept, err := s.Grant(ctx, name)
		if err != nil {
			return err
		}
		return change(nil, kept)
	}
	return s.InTx(ctx, func(tx *Tx) error {
		kept := ""
		err := tx.GetContext(ctx, &kept, `INSERT INTO grants (name, value, changed_at) VALUES ($1, '', 0)
			ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value`, name)
		if err != nil {
			return fmt.Errorf("lock a grant: %w", err)
		}
		return change(tx, kept)
	})
}

// putGrant keeps a value, in tx where there is one.
func (s *Store) putGrant(ctx context.Context, tx *Tx, name, value string) error {
	if tx == nil {
		return s.InTx(ctx, func(tx *Tx) error { return s.putGrant(ctx, tx, name, value) })
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO grants (name, value, changed_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`, name, value, millis(s.clock()))
	return wrap("keep a grant", err)
}

// keepGrant keeps a value in the place of the one that it was made of, if that is still there.
func (s *Store) keepGrant(ctx context.Context, name, old, value string) error {
	return s.lockGrant(ctx, name, func(tx *Tx, kept string) error {
		if kept != old {
			return nil // kept after all, or another has been made since
		}
		return s.putGrant(ctx, tx, name, value)
	})
}
