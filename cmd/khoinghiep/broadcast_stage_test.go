package main

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// stage is a fake platform on which many are told something.
type stage interface {
	channel() string
	person(name string) listener
	// settings is cfg with the fake as its platform; mode is poll or webhook, where there is a choice.
	settings(cfg config, mode string, rate float64) config
	// prepare keeps what the program needs before it runs.
	prepare(t testing.TB, cfg config, s *storage.Store)
	// callInTurn has what people do told to the replicas at these addresses.
	callInTurn(t testing.TB, urls ...string)
	sends() int // so often the program asked to send

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

type zaloStage struct{ *zalotest.Server }

func (zaloStage) channel() string { return "zalo" }

func (s zaloStage) person(name string) listener { return &zaloAccount{Person: s.Person(name)} }

func (s zaloStage) settings(cfg config, _ string, rate float64) config {
	cfg = onZalo(cfg, s.Server)
	cfg.zalo.rate = rate
	return cfg
}

func (zaloStage) prepare(t testing.TB, cfg config, s *storage.Store) {
	t.Helper()
	consentOnZalo(t, cfg, s)
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
