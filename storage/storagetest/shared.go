package storagetest

import (
	"os"
	"sync"
	"testing"
)

// shared has a server of each kind for all tests of a binary that do not stop it; they die with the binary.
var shared = struct {
	startPostgres, startRedis sync.Once
	postgres                  *Postgres
	redis                     *Redis
}{}

// PostgresURL returns the address of an empty database on a server shared by the tests of this binary.
func PostgresURL(t testing.TB) string {
	t.Helper()
	shared.startPostgres.Do(func() { shared.postgres = initPostgres(t) })
	if shared.postgres == nil {
		t.Fatal("the shared PostgreSQL did not start, see the first failed test")
	}
	return shared.postgres.Database(t)
}

// RedisURL returns the address of an empty database on a server shared by the tests of this binary.
func RedisURL(t testing.TB) string {
	t.Helper()
	shared.startRedis.Do(func() { shared.redis = initRedis(t) })
	if shared.redis == nil {
		t.Fatal("the shared Redis did not start, see the first failed test")
	}
	return shared.redis.database(t)
}

// Main runs the tests of a package and removes the shared servers afterwards: func TestMain(m *testing.M) { storagetest.Main(m) }.
func Main(m *testing.M) {
	code := m.Run()
	if shared.postgres != nil {
		shared.postgres.remove()
	}
	if shared.redis != nil {
		shared.redis.remove()
	}
	os.Exit(code)
}
