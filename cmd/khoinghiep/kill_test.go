package main

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
)

var killSeed = flag.Uint64("kill.seed", 1, "seed of the moments at which the program is killed")

// TestKilled ends the program at seeded moments while people register, and starts it again each time: nobody answers
// anything twice, and everybody is registered once.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := buildProgram(t)
	kill := func(_ *testing.T, c *child) { c.kill() }
	terminate := func(t *testing.T, c *child) { t.Helper(); c.terminate(t) }
	onEachStorage(t, func(t *testing.T, empty func() config) {
		t.Run("kill -9", func(t *testing.T) { registerWhileEnding(t, path, empty(), 12, kill) })
		t.Run("SIGTERM", func(t *testing.T) { registerWhileEnding(t, path, empty(), 6, terminate) })
	})
}

func registerWhileEnding(t *testing.T, path string, cfg config, times int, end func(*testing.T, *child)) {
	server := newPlatform(t)
	cfg = onTelegram(cfg, server, "poll")
	people := applicants(8, telegramAccounts(server))
	var failed error
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		failed = together(t.Context(), people, register)
	}()
	rng, calls := rand.New(rand.NewPCG(*killSeed, 0)), watchCalls(server)
	c := startChild(t, path, cfg)
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
	checkKept(t, openKept(t, cfg), people)
}

// watchCalls yields at calls to the fake Telegram while somebody receives.
func watchCalls(server *telegramtest.Server) <-chan struct{} {
	calls := make(chan struct{})
	server.Fail("", func(int) *telegramtest.Fault {
		select {
		case calls <- struct{}{}:
		default:
		}
		return nil
	})
	return calls
}

// awaitMoment waits for a random call and then for up to 20 ms, in which the turn that it belongs to goes on.
func awaitMoment(rng *rand.Rand, calls <-chan struct{}, finished <-chan struct{}) {
	for range rng.IntN(20) {
		select {
		case <-calls:
		case <-finished:
			return
		}
	}
	time.Sleep(time.Duration(rng.Int64N(int64(20 * time.Millisecond))))
}
