package main

import (
	"context"
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

func (a *zaloAccount) read() []string {
	a.seen = a.Received()
	texts := []string{}
	for _, m := range a.Inbox() {
		texts = append(texts, m.Text)
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
func newZaloPlatform(t *testing.T) *zalotest.Server {
	t.Helper()
	server := zalotest.New()
	t.Cleanup(server.Close)
	pauses := []time.Duration{}
	for range 100 {
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
