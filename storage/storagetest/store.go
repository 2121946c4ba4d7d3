package storagetest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"khoinghiep/storage"
)

// SQLiteURL returns the address of a SQLite file of the test's own.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// Open opens and migrates a store that closes with the test.
func Open(t testing.TB, url string) *storage.Store {
	t.Helper()
	s, err := storage.Open(context.Background(), url)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(context.Background()); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return s
}

// OnEach runs a test on an empty store of each database.
func OnEach(t *testing.T, test func(t *testing.T, s *storage.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, SQLiteURL(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, PostgresURL(t))) })
}

// Main runs the tests of a package and removes the shared server afterwards: func TestMain(m *testing.M) { storagetest.Main(m) }.
func Main(m *testing.M) {
	code := m.Run()
	if shared.postgres != nil {
		shared.postgres.remove()
	}
	os.Exit(code)
}
