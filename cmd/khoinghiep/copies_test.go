package main

import (
	"context"
	"testing"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage/storagetest"
)

// TestCopies delivers every update of some registrations 20 times at once: each has one effect and one reply.
func TestCopies(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) { copies(t, empty(), 1) })
}

// TestCopiesOverReplicas spreads the copies over two replicas that share one PostgreSQL and one Redis.
func TestCopiesOverReplicas(t *testing.T) {
	t.Parallel()
	copies(t, testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t)), 2)
}

func copies(t *testing.T, cfg config, replicas int) {
	server := newPlatform(t)
	server.Fail("setWebhook", telegramtest.Always(telegramtest.Page(502))) // until all copies have somewhere to go
	running, hooks := []*program{}, []string{}
	for range replicas {
		p := startProgram(t, onTelegram(cfg, server, "webhook"))
		running, hooks = append(running, p), append(hooks, p.hook())
	}
	server.Duplicate(20, hooks...)
	server.Fail("setWebhook", nil)
	if err := running[0].app.telegram.SetWebhook(t.Context(), running[0].hook()); err != nil {
		t.Fatal(err)
	}

	people := applicants(4, telegramAccounts(server))
	mustAll(t, people, registerAndSubscribe)
	checkKept(t, running[0].app.store, people)
	for _, p := range running {
		p.stop() // whatever is still to be said is said now
	}
	for _, f := range people {
		checkSaidOnce(t, f)
	}
}

// registerAndSubscribe goes on from the receipt to one more press, delivered once all copies of the press before are answered.
func registerAndSubscribe(ctx context.Context, f *applicant) error {
	if err := register(ctx, f); err != nil {
		return err
	}
	if err := f.await(ctx, "Bạn có muốn nhận thông báo"); err != nil {
		return err
	}
	if err := f.press("Có, báo cho tôi"); err != nil {
		return err
	}
	return f.await(ctx, "Cảm ơn bạn")
}

// checkSaidOnce demands one answer to each update.
func checkSaidOnce(t *testing.T, f *applicant) {
	t.Helper()
	titles := []string{receiptTitle, "Bạn có muốn nhận thông báo", "Cảm ơn bạn"}
	for _, q := range f.questions() {
		titles = append(titles, q.title)
	}
	for _, title := range titles {
		if n := f.titled(title); n != 1 {
			t.Errorf("%s read %q %d times", f.name, title, n)
		}
	}
	if got := len(f.read()); got != len(titles) {
		t.Errorf("%s got %d messages, want %d", f.name, got, len(titles))
	}
}
