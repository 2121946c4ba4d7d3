package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/bot/zalobot/zalobottest"
)

// zaloAccount is a person on the fake Zalo, who writes to the Official Account.
type zaloAccount struct {
	*zalotest.Person
	seen int // messages at the last read
}

func zaloAccounts(server *zalotest.Server) func(name string) account {
	return func(name string) account { return &zaloAccount{Person: server.Person(name)} }
}

func (a *zaloAccount) address() bot.Address { return bot.Address{Channel: "zalo", Chat: a.Chat()} }

func (a *zaloAccount) send(text string) { a.Send(text) }

// press types the label of what is a number in a list, as there are five buttons at most.
func (a *zaloAccount) press(label string) error {
	if a.Press(label) != nil {
		a.Send(label)
	}
	return nil
}

// read leaves out the cards that ask for a phone number: they have no text.
func (a *zaloAccount) read() []string {
	a.seen = a.Received()
	texts := []string{}
	for _, m := range a.Inbox() {
		if m.Card == "" {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func (a *zaloAccount) next(ctx context.Context) error { return a.WaitFor(ctx, a.seen+1) }

// zaloBotAccount is a person on the fake Bot Platform, which has no buttons: labels are typed.
type zaloBotAccount struct {
	*zalobottest.Person
	seen int // messages at the last read
}

func (a *zaloBotAccount) address() bot.Address {
	return bot.Address{Channel: "zalobot", Chat: a.Chat()}
}

func (a *zaloBotAccount) send(text string) { a.Send(text) }

func (a *zaloBotAccount) press(label string) error { a.Send(label); return nil }

func (a *zaloBotAccount) read() []string {
	a.seen = a.Received()
	texts := []string{}
	for _, m := range a.Inbox() {
		texts = append(texts, m.Text)
	}
	return texts
}

func (a *zaloBotAccount) next(ctx context.Context) error { return a.WaitFor(ctx, a.seen+1) }

// newZaloPlatform starts a fake Zalo that calls again soon when a webhook call failed.
func newZaloPlatform(t testing.TB) *zalotest.Server {
	t.Helper()
	server := zalotest.New()
	t.Cleanup(server.Close)
	pauses := []time.Duration{}
	for range patience / (100 * time.Millisecond) {
		pauses = append(pauses, 100*time.Millisecond)
	}
	server.RetryAfter(2*time.Second, pauses...)
	return server
}

// onZalo is cfg with the fake as its Zalo.
func onZalo(cfg config, server *zalotest.Server) config {
	cfg.zalo = zaloConfig{
		appID: zalotest.AppID, appSecret: zalotest.AppSecret, oaSecret: zalotest.OASecret, oa: zalotest.OA,
		refreshToken: server.RefreshToken(), api: server.URL, oauth: server.URL, template: server.URL, rate: 1000,
	}
	return cfg
}

// environment is what a child process reads of it; nothing without an account.
func (z zaloConfig) environment() []string {
	if z.appID == "" {
		return nil
	}
	return []string{
		"ZALO_APP_ID=" + z.appID, "ZALO_APP_SECRET=" + z.appSecret, "ZALO_OA_SECRET=" + z.oaSecret, "ZALO_OA_ID=" + z.oa,
		"ZALO_REFRESH_TOKEN=" + z.refreshToken, "ZALO_API_URL=" + z.api, "ZALO_OAUTH_URL=" + z.oauth, "ZALO_TEMPLATE_URL=" + z.template,
		fmt.Sprint("ZALO_RATE=", z.rate), "PUBLIC_URL=https://bot.example",
	}
}
