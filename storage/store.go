// Package storage remembers: people, startups, consents, dialogs. One set of SQL serves PostgreSQL and SQLite;
// times are Unix milliseconds, JSON is text, placeholders are $1.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"  // the driver "postgres"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store is the database. On SQLite, write is one connection (one writer, no busy waiting) and read are several;
// on PostgreSQL both are the same pool.
type Store struct {
	write, read *sqlx.DB
	postgres    bool
	url         string           // of PostgreSQL
	clock       func() time.Time // time.Now but in tests
	granting    sync.Mutex       // see ExchangeGrant
}

// Connections kept to PostgreSQL: enough for 2 cores, small beside the server's default of 100.
const connections = 16

// Open connects to postgres://… or sqlite:PATH; it makes the folder of a SQLite file. It does not migrate.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	if path, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		return openSQLite(ctx, path)
	}
	u, err := url.Parse(databaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return nil, errors.New("open database: the address must start with postgres:// or with sqlite: and a path")
	}
	return openPostgres(ctx, u)
}

func openPostgres(ctx context.Context, u *url.URL) (*Store, error) {
	// A replica that stops in the middle of a transaction must not hold the lock on a dialog for longer than this.
	limits := map[string]string{
		"connect_timeout":                     "5",
		"statement_timeout":                   "9000",
		"idle_in_transaction_session_timeout": "15000",
		"application_name":                    "khoinghiep",
	}
	q := u.Query()
	for name, value := range limits {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = q.Encode()
	db, err := sqlx.ConnectContext(ctx, "postgres", u.String())
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL at %s: %w", u.Host, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return &Store{write: db, read: db, postgres: true, url: u.String(), clock: time.Now}, nil
}

func openSQLite(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	// FULL: an acknowledged registration outlives a power cut, not just a killed process. secure_delete: what is erased is
	// overwritten in the file.
	pragmas := "_txlock=immediate&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas
	write, err := sqlx.ConnectContext(ctx, "sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("open SQLite file %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	read, err := sqlx.ConnectContext(ctx, "sqlite", name+"&_pragma=query_only(1)")
	if err != nil {
		_ = write.Close()
		return nil, fmt.Errorf("open SQLite file %s for reading: %w", path, err)
	}
	return &Store{write: write, read: read, clock: time.Now}, nil
}

// Close lets go of all connections.
func (s *Store) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		err = s.read.Close()
	}
	return err
}

// Postgres tells whether several replicas may share this store.
func (s *Store) Postgres() bool { return s.postgres }

// Ping asks the database for an answer.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.write.GetContext(ctx, &one, `SELECT 1`); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}

// InTx runs f in one transaction: committed when f returns nil, else rolled back.
func (s *Store) InTx(ctx context.Context, f func(tx *Tx) error) error {
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit; also runs when f panics
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// found turns "no rows" into ok = false.
func found(err error) (bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func millis(t time.Time) int64 { return t.UnixMilli() }
