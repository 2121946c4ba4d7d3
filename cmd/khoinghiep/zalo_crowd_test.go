package main

import (
	"context"
	"testing"
	"time"

	"khoinghiep/storage/storagetest"
)

// TestZaloCrowd is TestCrowd on the Official Account.
func TestZaloCrowd(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		for _, latency := range []time.Duration{0, 30 * time.Millisecond} {
			t.Run(latency.String(), func(t *testing.T) { crowd(t, empty(), zaloStage{newZaloPlatform(t)}, "webhook", latency) })
		}
	})
}

// TestZaloCopies is TestCopies on the Official Account: the copies come over two replicas.
func TestZaloCopies(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	cfg := onZalo(testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t)), server)
	one, other := startProgram(t, cfg), startProgram(t, cfg)
	saveWebhook(t, server, one.url)
	server.Duplicate(20, one.url+"/hooks/zalo", other.url+"/hooks/zalo")
	people := applicants(4, zaloAccounts(server))
	mustAll(t, people, registerAndSubscribe)
	checkKept(t, one.app.store, people)
	one.stop()
	other.stop() // whatever is still to be said is said now
	for _, f := range people {
		checkSaidOnce(t, f)
	}
}

// TestZaloChangesTheOrder has people give their name, phone and place at once, which come the wrong way round: a place can
// pass for a name, and yet none stays filed under another question, and everybody gets to the end.
func TestZaloChangesTheOrder(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		server := newZaloPlatform(t)
		p := startProgram(t, onZalo(empty(), server))
		saveWebhook(t, server, p.url)
		people := applicants(20, zaloAccounts(server))
		mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName) })
		hasty := people[0].questions()[askedName:askedProject]
		server.Reorder(len(hasty))
		for i := range hasty {
			for _, f := range people {
				f.send(f.questions()[askedName+i].says)
			}
			time.Sleep(2 * time.Millisecond) // Zalo tells milliseconds, and nobody writes two answers in one
		}
		eventually(t, "all are delivered", func() bool { return server.Pending() == 0 })
		server.Reorder(0)
		mustAll(t, people, register)
		checkKept(t, p.app.store, people)
	})
}
