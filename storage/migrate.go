package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the tables up to this version of the program. Several replicas may call it at once: on PostgreSQL a
// session lock lets one do the work while the others wait. Each migration suits the program version before it. One whose
// name ends in "_postgres" or "_sqlite" is for that database alone.
func (s *Store) Migrate(ctx context.Context) error {
	p, err := s.migrator()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// Pending tells how many migrations are not applied yet.
func (s *Store) Pending(ctx context.Context) (int, error) {
	p, err := s.migrator()
	if err != nil {
		return 0, err
	}
	statuses, err := p.Status(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the state of migrations: %w", err)
	}
	n := 0
	for _, st := range statuses {
		if st.State == goose.StatePending {
			n++
		}
	}
	return n, nil
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open embedded migrations: %w", err)
	}
	dialect, other, options := goose.DialectSQLite3, "*_postgres.sql", []goose.ProviderOption{}
	if s.postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("make the migration lock: %w", err)
		}
		dialect, other, options = goose.DialectPostgres, "*_sqlite.sql", append(options, goose.WithSessionLocker(locker))
	}
	excluded, err := fs.Glob(files, other)
	if err != nil {
		return nil, fmt.Errorf("list embedded migrations: %w", err)
	}
	options = append(options, goose.WithExcludeNames(excluded))
	p, err := goose.NewProvider(dialect, s.write.DB, files, options...)
	if err != nil {
		return nil, fmt.Errorf("prepare migrations: %w", err)
	}
	return p, nil
}
