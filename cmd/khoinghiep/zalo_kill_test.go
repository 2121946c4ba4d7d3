package main

import (
	"math/rand/v2"
	"testing"

	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// TestZaloKilled is TestKilled on the Official Account, by webhook.
func TestZaloKilled(t *testing.T) {
	t.Parallel()
	path := buildProgram(t)
	kill := func(_ *testing.T, c *child) { c.kill() }
	terminate := func(t *testing.T, c *child) { t.Helper(); c.terminate(t) }
	onEachStorage(t, func(t *testing.T, empty func() config) {
		t.Run("kill -9", func(t *testing.T) { registerOnZaloWhileEnding(t, path, empty(), 12, kill) })
		t.Run("SIGTERM", func(t *testing.T) { registerOnZaloWhileEnding(t, path, empty(), 6, terminate) })
	})
}

func registerOnZaloWhileEnding(t *testing.T, path string, cfg config, times int, end func(*testing.T, *child)) {
	server := newZaloPlatform(t)
	server.FreeReplies(0) // after each kill, replies of unknown fate are sent again
	cfg = onZalo(cfg, server)
	cfg.httpAddr = freeAddress(t)
	s := openKept(t, cfg)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	consentOnZalo(t, cfg, s)
	c := startChild(t, path, cfg)
	saveWebhook(t, server, "http://"+cfg.httpAddr)
	people := applicants(8, zaloAccounts(server))
	var failed error
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		failed = together(t.Context(), people, register)
	}()
	rng, calls := rand.New(rand.NewPCG(*killSeed, 0)), watchZaloCalls(server)
	for range times {
		awaitMoment(rng, calls, finished)
		end(t, c)
		c = startChild(t, path, cfg)
	}
	<-finished
	if failed != nil {
		t.Error(failed)
	}
	c.terminate(t)
	checkKept(t, s, people)
}

// consentOnZalo keeps the first tokens before the program runs: a kill while it gets them may lose them, which has a test of
// its own in package zalo.
func consentOnZalo(t testing.TB, cfg config, s *storage.Store) {
	t.Helper()
	ch, err := zalo.New(t.Context(), zaloSetup(cfg, s))
	if err == nil {
		err = ch.Renew(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// watchZaloCalls is watchCalls for the fake Zalo.
func watchZaloCalls(server *zalotest.Server) <-chan struct{} {
	calls := make(chan struct{})
	server.Fail("", func(int) *zalotest.Fault {
		select {
		case calls <- struct{}{}:
		default:
		}
		return nil
	})
	return calls
}
