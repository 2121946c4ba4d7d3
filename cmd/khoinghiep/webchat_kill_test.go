package main

import (
	"math/rand/v2"
	"net"
	"net/http"
	"testing"
)

// TestWebChatKilled is TestKilled in the web chat: with PostgreSQL and Redis there are two replicas, and one or the other
// is ended.
func TestWebChatKilled(t *testing.T) {
	t.Parallel()
	path := buildProgram(t)
	kill := func(_ *testing.T, c *child) { c.kill() }
	terminate := func(t *testing.T, c *child) { t.Helper(); c.terminate(t) }
	onEachStorage(t, func(t *testing.T, empty func() config) {
		t.Run("kill -9", func(t *testing.T) { registerOnWebWhileEnding(t, path, empty(), 8, kill) })
		t.Run("SIGTERM", func(t *testing.T) { registerOnWebWhileEnding(t, path, empty(), 5, terminate) })
	})
}

func registerOnWebWhileEnding(t *testing.T, path string, cfg config, times int, end func(*testing.T, *child)) {
	addresses := []string{freeAddress(t)}
	if cfg.redisURL != "" {
		addresses = append(addresses, freeAddress(t))
	}
	running, urls := make([]*child, len(addresses)), make([]string, len(addresses))
	start := func(i int) { running[i] = startChildAt(t, path, cfg, addresses[i]) }
	for i, address := range addresses {
		urls[i] = "http://" + address
		start(i)
	}
	replicas := newWebReplicas(t, urls...)
	people := applicants(8, webAccounts(t, replicas, once))
	var failed error
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		failed = together(t.Context(), people, register)
	}()
	rng := rand.New(rand.NewPCG(*killSeed, 0))
	for range times {
		awaitMoment(rng, replicas.calls, finished)
		i := rng.IntN(len(running))
		end(t, running[i])
		start(i)
	}
	<-finished
	if failed != nil {
		t.Error(failed)
	}
	for _, c := range running {
		c.terminate(t)
	}
	checkKept(t, openKept(t, cfg), people)
}

// startChildAt runs "serve" at an address, and waits until it is ready.
func startChildAt(t *testing.T, path string, cfg config, address string) *child {
	t.Helper()
	cfg.httpAddr = address
	c := startChild(t, path, cfg)
	p := &program{url: "http://" + address}
	eventually(t, "readiness at "+address, func() bool { return p.readiness() == http.StatusOK })
	return c
}

// freeAddress is where a child can listen again and again: connections to 127.0.0.1 come from ports of that address, never
// from one of this.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	return l.Addr().String()
}
