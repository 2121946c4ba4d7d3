package main

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// stage is a fake platform on which many talk, or are told something.
type stage interface {
	channel() string
	person(name string) listener
	// settings is cfg with the fake as its platform; mode is poll or webhook, where there is a choice.
	settings(cfg config, mode string, rate float64) config
	// prepare keeps what the program needs before it runs, to be killed.
	prepare(t testing.TB, cfg config, s *storage.Store)
	// callInTurn has what people do told to the replicas at these addresses.
	callInTurn(t testing.TB, urls ...string)
	sends() int // so often the program asked to send
	// atCalls has tell be called whenever the program calls the platform.
	atCalls(tell func())

	Close()
	Latency(d time.Duration)
	Forgetful()
	Watch(heard func(text string))
}

// listener is somebody who hears of things, and may talk meanwhile.
type listener interface {
	account
	Met()
	Received() int
	WaitFor(ctx context.Context, n int) error
}

// stages open each of them.
func stages() map[string]func(*testing.T) stage {
	return map[string]func(*testing.T) stage{
		"Telegram": func(t *testing.T) stage { t.Helper(); return telegramStage{newPlatform(t)} },
		"Zalo":     func(t *testing.T) stage { t.Helper(); return zaloStage{newZaloPlatform(t)} },
	}
}

// accountsOn are people on a platform.
func accountsOn(platform stage) func(name string) account {
	return func(name string) account { return platform.person(name) }
}

type telegramStage struct{ *telegramtest.Server }

func (telegramStage) channel() string { return "telegram" }

func (s telegramStage) person(name string) listener {
	return &telegramAccount{Person: s.Person(name)}
}

func (s telegramStage) settings(cfg config, mode string, rate float64) config {
	cfg = onTelegram(cfg, s.Server, mode)
	cfg.telegramRate = rate
	return cfg
}

func (telegramStage) prepare(testing.TB, config, *storage.Store) {}

func (s telegramStage) callInTurn(_ testing.TB, urls ...string) {
	hooks := make([]string, len(urls))
	for i, url := range urls {
		hooks[i] = url + "/hooks/telegram"
	}
	s.Duplicate(1, hooks...)
}

func (s telegramStage) sends() int { return s.Calls("sendMessage") }

func (s telegramStage) atCalls(tell func()) {
	s.Fail("", func(int) *telegramtest.Fault { tell(); return nil })
}

type zaloStage struct{ *zalotest.Server }

func (zaloStage) channel() string { return "zalo" }

func (s zaloStage) person(name string) listener { return &zaloAccount{Person: s.Person(name)} }

func (s zaloStage) settings(cfg config, _ string, rate float64) config {
	cfg = onZalo(cfg, s.Server)
	cfg.zalo.rate = rate
	return cfg
}

func (s zaloStage) prepare(t testing.TB, cfg config, kept *storage.Store) {
	t.Helper()
	s.FreeReplies(0) // after each kill, replies of unknown fate are sent again
	consentOnZalo(t, cfg, kept)
}

func (s zaloStage) callInTurn(t testing.TB, urls ...string) {
	t.Helper()
	saveWebhook(t, s.Server, urls[0])
	hooks := make([]string, len(urls))
	for i, url := range urls {
		hooks[i] = url + "/hooks/zalo"
	}
	s.Duplicate(1, hooks...)
}

func (s zaloStage) sends() int { return s.Calls(zalotest.PathMessage) }

func (s zaloStage) atCalls(tell func()) {
	s.Fail("", func(int) *zalotest.Fault { tell(); return nil })
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
