package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// patience is far more than anything here takes: what has not happened by then never will.
const patience = 5 * time.Minute

const hookSecret = "secret-of-the-test-webhook"

// program is the whole program, running on a free port.
type program struct {
	app  *app
	url  string
	stop func() // finishes what is in hand; a second call does nothing
}

func startProgram(t *testing.T, cfg config) *program {
	t.Helper()
	a, err := newApp(t.Context(), cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return runProgram(t, a)
}

// runProgram runs what was opened until the test ends, or stop is called.
func runProgram(t *testing.T, a *app) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the program ended: %v", err)
		}
	})
	t.Cleanup(stop)
	return &program{app: a, url: "http://" + a.listener.Addr().String(), stop: stop}
}

// hook is where the fake Telegram delivers to: the port is known only once the program listens.
func (p *program) hook() string { return p.url + "/hooks/telegram" }

// readiness is the status of /readyz.
func (p *program) readiness() int {
	resp, err := http.Get(p.url + "/readyz")
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// awaitDrain waits until the database has every dialog as Redis has it now.
func (p *program) awaitDrain(t *testing.T) {
	t.Helper()
	now := time.Now()
	eventually(t, "a drain", func() bool { return p.app.redis.Lag() < time.Since(now) })
}

func eventually(t testing.TB, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !happened(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s never came", what)
		}
	}
}

// newPlatform starts a fake Telegram that calls again soon when a webhook call failed.
func newPlatform(t *testing.T) *telegramtest.Server {
	t.Helper()
	server := telegramtest.New()
	t.Cleanup(server.Close)
	server.RetryAfter(100*time.Millisecond, time.Minute)
	return server
}

// onTelegram is cfg with the fake as its Telegram; mode is poll or webhook.
func onTelegram(cfg config, server *telegramtest.Server, mode string) config {
	cfg.telegramToken, cfg.telegramAPI, cfg.telegramMode = telegramtest.Token, server.URL, mode
	cfg.telegramSecret, cfg.publicURL = hookSecret, "http://127.0.0.1"
	return cfg
}

// onEachStorage runs a test on SQLite alone and on PostgreSQL with Redis, one of them beside the other. Each call of empty
// gives an empty storage.
func onEachStorage(t *testing.T, test func(t *testing.T, empty func() config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, func() config { return testConfig(storagetest.SQLiteURL(t), "") })
	})
	t.Run("postgres and redis", func(t *testing.T) {
		t.Parallel()
		test(t, func() config { return testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t)) })
	})
}

// openKept looks at what a program keeps.
func openKept(t testing.TB, cfg config) *storage.Store {
	t.Helper()
	s, err := storage.Open(t.Context(), cfg.databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// mustAll has all of them do the same at once, and ends the test when one of them cannot.
func mustAll(t *testing.T, people []*applicant, do func(context.Context, *applicant) error) {
	t.Helper()
	if err := together(t.Context(), people, do); err != nil {
		t.Fatal(err)
	}
}

// together has all of them do the same at once, and tells who could not.
func together(ctx context.Context, people []*applicant, do func(context.Context, *applicant) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	failures := make([]error, len(people))
	var all sync.WaitGroup
	for i, f := range people {
		all.Go(func() {
			if err := do(ctx, f); err != nil {
				failures[i] = fmt.Errorf("%s, who read last %q: %w", f.name, f.last(), err)
			}
		})
	}
	all.Wait()
	return errors.Join(failures...)
}
