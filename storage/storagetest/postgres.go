package storagetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jmoiron/sqlx"
)

// Postgres is a private server.
type Postgres struct {
	t    testing.TB
	cred *syscall.Credential
	dir  string
	port int
	proc *process

	migrated sync.Once
	creating sync.Mutex
}

// NewPostgres starts a server that ends with the test.
func NewPostgres(t testing.TB) *Postgres {
	t.Helper()
	p := initPostgres(t)
	t.Cleanup(p.remove)
	return p
}

func initPostgres(t testing.TB) *Postgres {
	t.Helper()
	cred := credential(t)
	p := &Postgres{t: t, cred: cred, dir: folder(t, cred), port: freePort(t)}
	initdb := exec.Command(binary(t, "initdb", "postgresql"), "-D", p.dir, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	initdb.Dir = p.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	p.Start()
	return p
}

// Start starts the server again on the same data and port.
func (p *Postgres) Start() {
	p.t.Helper()
	// fsync off: tests kill the server, never the machine.
	p.proc = start(p.t, p.cred, binary(p.t, "postgres", "postgresql"), "-D", p.dir, "-p", strconv.Itoa(p.port), "-h", "127.0.0.1",
		"-k", p.dir, "-c", "fsync=off", "-c", "max_connections=300", "-c", "log_min_messages=panic")
	await(p.t, "PostgreSQL", func(ctx context.Context) error {
		db, err := sqlx.ConnectContext(ctx, "postgres", p.url("postgres"))
		if err != nil {
			return err
		}
		return db.Close()
	})
}

// Stop ends the server at once; its data stay.
func (p *Postgres) Stop() { p.proc.kill(syscall.SIGQUIT) }

// Pause makes all of the server's new answers wait until Resume: a server that hangs. Processes of open connections go on.
func (p *Postgres) Pause() { p.proc.pause() }

// Resume undoes Pause.
func (p *Postgres) Resume() { p.proc.resume() }

func (p *Postgres) remove() {
	p.proc.resume()
	p.Stop()
	_ = os.RemoveAll(p.dir)
}

func (p *Postgres) url(database string) string {
	return fmt.Sprintf("postgres://test@127.0.0.1:%d/%s?sslmode=disable", p.port, database)
}

var databases atomic.Int64

// Database makes a database without rows, migrated already, and returns its address.
func (p *Postgres) Database(t testing.TB) string {
	t.Helper()
	p.migrated.Do(func() {
		p.create(t, migrated, "template0")
		migrate(t, p.url(migrated))
	})
	name := fmt.Sprintf("test_%d", databases.Add(1))
	p.create(t, name, migrated)
	return p.url(name)
}

// migrated is the database that all others begin as copies of: copying is much faster than migrating.
const migrated = "migrated"

func (p *Postgres) create(t testing.TB, name, template string) {
	t.Helper()
	p.creating.Lock() // PostgreSQL copies a database only while nobody else uses it
	defer p.creating.Unlock()
	db, err := sqlx.Connect("postgres", p.url("postgres"))
	if err != nil {
		t.Fatalf("connect to test server: %v", err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatalf("create test database: %v", err)
	}
}
