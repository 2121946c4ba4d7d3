package main

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"
)

var killSeed = flag.Uint64("kill.seed", 1, "seed of the moments at which the program is killed")

// TestKilled ends the program at seeded moments while people register, and starts it again each time: nobody answers
// anything twice, and everybody is registered once. On Telegram it polls, on Zalo it is called.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := buildProgram(t)
	kill := func(_ *testing.T, c *child) { c.kill() }
	terminate := func(t *testing.T, c *child) { t.Helper(); c.terminate(t) }
	onEachStorage(t, func(t *testing.T, empty func() config) {
		for name, open := range stages() {
			t.Run(name+", kill -9", func(t *testing.T) { registerWhileEnding(t, path, empty(), open(t), 12, kill) })
			t.Run(name+", SIGTERM", func(t *testing.T) { registerWhileEnding(t, path, empty(), open(t), 6, terminate) })
		}
	})
}

func registerWhileEnding(t *testing.T, path string, cfg config, platform stage, times int, end func(*testing.T, *child)) {
	t.Parallel()
	cfg = platform.settings(cfg, "poll", 1000)
	cfg.httpAddr = freeAddress(t)
	s := openKept(t, cfg)
	platform.prepare(t, cfg, s)
	c := startChild(t, path, cfg)
	platform.callInTurn(t, "http://"+cfg.httpAddr)
	people := applicants(8, accountsOn(platform))
	var failed error
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		failed = together(t.Context(), people, register)
	}()
	rng, calls := rand.New(rand.NewPCG(*killSeed, 0)), watchCalls(platform)
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

// watchCalls yields at calls to the platform while somebody receives.
func watchCalls(platform stage) <-chan struct{} {
	calls := make(chan struct{})
	platform.atCalls(func() {
		select {
		case calls <- struct{}{}:
		default:
		}
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
