package zalobot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
)

// counter counts in memory; err makes it fail.
type counter struct {
	mu   sync.Mutex
	sent []string // chats
	from time.Time
	err  error
}

func (c *counter) Sent(_ context.Context, chat string, _ time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, chat)
	return c.err
}

func (c *counter) Since(_ context.Context, from time.Time) (messages, chats int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from = from
	different := map[string]bool{}
	for _, chat := range c.sent {
		different[chat] = true
	}
	return len(c.sent), len(different), c.err
}

func TestUsageCountsThisMonth(t *testing.T) {
	s, p := platform(t)
	q := s.Person("Trần Thị B")
	q.Met()
	count := &counter{}
	hanoi := time.FixedZone("", 7*3600)
	c := connect(t, s.URL, func(cfg *zalobot.Config) {
		cfg.Counter, cfg.MessageLimit, cfg.PeopleLimit = count, 10, 5
		cfg.Clock = func() time.Time { return time.Date(2026, 12, 1, 3, 0, 0, 0, hanoi) }
	})
	for _, chat := range []string{p.Chat(), q.Chat(), p.Chat()} {
		if _, err := c.Send(t.Context(), chat, bot.Outgoing{Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Send(t.Context(), "nobody", bot.Outgoing{Text: "x"}); err == nil {
		t.Fatal("sent to nobody")
	}
	got, err := c.Usage(t.Context())
	if want := (zalobot.Usage{Messages: 3, MessageLimit: 10, People: 2, PeopleLimit: 5}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if want := time.Date(2026, 12, 1, 0, 0, 0, 0, hanoi); !count.from.Equal(want) {
		t.Errorf("counted from %s", count.from)
	}
}

func TestUsageIsLowFromFourFifthsOn(t *testing.T) {
	for _, c := range []struct {
		messages, people int
		low              bool
	}{{0, 0, false}, {2399, 39, false}, {2400, 0, true}, {0, 40, true}, {5000, 60, true}} {
		u := zalobot.Usage{Messages: c.messages, MessageLimit: 3000, People: c.people, PeopleLimit: 50}
		if u.Low() != c.low {
			t.Errorf("%+v: low %t", u, u.Low())
		}
	}
}

func TestACounterThatFailsStopsNoMessage(t *testing.T) {
	s, p := platform(t)
	var log journal
	c := connect(t, s.URL, log.use, func(cfg *zalobot.Config) { cfg.Counter = &counter{err: errors.New("the database is away")} })
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "missing in the count") {
		t.Errorf("logged %q", log.String())
	}
	if _, err := c.Usage(t.Context()); err == nil {
		t.Error("Usage hides the error")
	}
}
