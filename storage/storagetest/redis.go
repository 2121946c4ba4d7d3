package storagetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"
)

// Redis is a private server without persistence of its own: Snapshot and Restore bring old states back.
type Redis struct {
	t    testing.TB
	dir  string
	port int
	proc *process
	used atomic.Int64 // databases
}

// redisDatabases is how many databases a server has, for as many tests that share it.
const redisDatabases = 2000

// NewRedis starts a server that ends with the test.
func NewRedis(t testing.TB) *Redis {
	t.Helper()
	r := initRedis(t)
	t.Cleanup(r.remove)
	return r
}

func initRedis(t testing.TB) *Redis {
	t.Helper()
	r := &Redis{t: t, dir: folder(t, nil), port: freePort(t)}
	r.Start()
	return r
}

func (r *Redis) remove() {
	r.proc.resume()
	r.Stop()
	_ = os.RemoveAll(r.dir)
}

// URL is the server's first database.
func (r *Redis) URL() string { return r.url(0) }

// database is another one than all before.
func (r *Redis) database(t testing.TB) string {
	t.Helper()
	n := r.used.Add(1)
	if n == redisDatabases {
		t.Fatal("the shared Redis has no database left: raise redisDatabases")
	}
	return r.url(n)
}

func (r *Redis) url(database int64) string {
	return fmt.Sprintf("redis://127.0.0.1:%d/%d", r.port, database)
}

// Start starts the server on the snapshot in its folder, empty when there is none.
func (r *Redis) Start() {
	r.t.Helper()
	r.proc = start(r.t, nil, binary(r.t, "redis-server", "redis-server"), "--port", strconv.Itoa(r.port), "--bind", "127.0.0.1", "--dir", r.dir, "--save", "",
		"--appendonly", "no", "--loglevel", "warning", "--databases", strconv.Itoa(redisDatabases))
	c := r.client()
	defer func() { _ = c.Close() }()
	await(r.t, "Redis", func(ctx context.Context) error { return c.Ping(ctx).Err() })
}

// Stop kills the server; what is in no snapshot is gone.
func (r *Redis) Stop() { r.proc.kill(syscall.SIGKILL) }

// Pause makes the server hang until Resume.
func (r *Redis) Pause() { r.proc.pause() }

// Resume undoes Pause.
func (r *Redis) Resume() { r.proc.resume() }

// Flush deletes everything.
func (r *Redis) Flush() {
	r.t.Helper()
	r.do(func(ctx context.Context, c *redis.Client) error { return c.FlushAll(ctx).Err() })
}

// Snapshot writes what the server has now; the next Start begins with it.
func (r *Redis) Snapshot() {
	r.t.Helper()
	r.do(func(ctx context.Context, c *redis.Client) error { return c.Save(ctx).Err() })
}

// ForgetSnapshot makes the next Start begin empty.
func (r *Redis) ForgetSnapshot() { _ = os.Remove(filepath.Join(r.dir, "dump.rdb")) }

func (r *Redis) client() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", r.port), MaxRetries: -1})
}

func (r *Redis) do(f func(context.Context, *redis.Client) error) {
	r.t.Helper()
	c := r.client()
	defer func() { _ = c.Close() }()
	if err := f(context.Background(), c); err != nil {
		r.t.Fatalf("test Redis: %v", err)
	}
}
