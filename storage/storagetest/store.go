package storagetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"khoinghiep/storage"
)

// SQLiteURL returns the address of a SQLite file of the test's own, without rows, migrated already.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	empty.once.Do(func() { empty.file = migratedFile(t) })
	path := filepath.Join(memoryFolder(t), "test.db")
	if err := os.WriteFile(path, empty.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// memoryFolder makes a folder in memory, where a commit need not wait for a disk: tests kill programs, never the machine. Where
// there is little memory for files, as in containers, it is on the disk nevertheless.
func memoryFolder(t testing.TB) string {
	t.Helper()
	const files, enough = "/dev/shm", 1 << 30
	var memory syscall.Statfs_t
	if syscall.Statfs(files, &memory) != nil || memory.Bavail*uint64(memory.Bsize) < enough {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(files, "khoinghiep-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// empty is the file that all others begin as copies of: copying is much faster than migrating.
var empty = struct {
	once sync.Once
	file []byte
}{}

func migratedFile(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "empty.db")
	migrate(t, "sqlite:"+path)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// migrate migrates a database, and lets go of it.
func migrate(t testing.TB, url string) {
	t.Helper()
	s, err := storage.Open(context.Background(), url)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(context.Background()); err != nil {
		t.Fatalf("migrate: %v", err)
	}
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
