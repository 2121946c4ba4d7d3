package main

import (
	"testing"

	"khoinghiep/storage/storagetest"
)

// TestWebChatCrowd is TestCrowd in the web chat, with every message on another of two replicas than the one before.
func TestWebChatCrowd(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
	one, other := startProgram(t, cfg), startProgram(t, cfg)
	people := applicants(100, webAccounts(t, newWebReplicas(t, one.url, other.url), once))
	mustAll(t, people, registerInHaste)
	checkKept(t, one.app.store, people)
}

// TestWebChatCopies sends 20 copies of a message at the same time over two replicas: they have one effect and one reply.
// People take turns with that, as nobody may send more than 30 messages at once.
func TestWebChatCopies(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
	one, other := startProgram(t, cfg), startProgram(t, cfg)
	replicas := newWebReplicas(t, one.url, other.url)
	people := applicants(4, webAccounts(t, replicas, func(person, message int) int {
		if message%4 == person {
			return 20
		}
		return 1
	}))
	mustAll(t, people, registerAndSubscribe)
	checkKept(t, one.app.store, people)
	for _, f := range people {
		f.account.(*webAccount).close()
	}
	one.stop()
	other.stop() // whatever is still to be said is said now
	replicas.urls = []string{startProgram(t, cfg).url}
	for _, f := range people {
		checkLoggedOnce(t, f)
		checkSaidOnce(t, f)
	}
}

// checkLoggedOnce demands that the log has each of the person's messages once; it is read to its end.
func checkLoggedOnce(t *testing.T, f *applicant) {
	t.Helper()
	a := f.account.(*webAccount)
	if _, err := a.fetch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(a.keys) != a.sent {
		t.Errorf("%s sent %d messages, and the log has %v", f.name, a.sent, a.keys)
	}
}
