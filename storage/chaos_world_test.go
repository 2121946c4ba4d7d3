package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

var errDied = errors.New("this replica died")

// replica is one process: it dies when killed, with everything it was doing.
type replica struct {
	store  *storage.Store
	redis  *storage.RedisDialogs
	engine *handlers.Engine
	dead   atomic.Bool
	stop   context.CancelFunc
}

func (c *chaos) start(rng *rand.Rand) *replica {
	c.t.Helper()
	store, err := storage.Open(context.Background(), c.url)
	if err != nil {
		c.t.Fatal(err)
	}
	owner := storage.NewSecret(8)
	ds, err := storage.NewRedisDialogs(store, c.redis.URL(), owner)
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &replica{store: store, redis: ds, stop: stop}
	seed := rng.Uint64()
	var calls atomic.Uint64
	ds.AtPoint(func(point string) error {
		luck := rand.New(rand.NewPCG(seed, calls.Add(1)))
		if luck.IntN(3) == 0 { // a pause of the process, long enough for others to pass by
			time.Sleep(time.Duration(luck.IntN(15)) * time.Millisecond)
		}
		switch {
		case r.dead.Load():
			return errDied
		case point == "freeze" && c.noFreeze:
			return storage.ErrTakenOut
		}
		return nil
	})
	go ds.Run(ctx)
	<-store.StayAlive(ctx, owner)
	r.engine = handlers.NewEngine(handlers.Config{
		Channels: []bot.Channel{c.platform}, Dialogs: mortal{ds, r}, Store: store, Router: handlers.NewRouter("", ledgerConversations()...),
		Owner: owner, Clock: func() time.Time { return time.Now().Add(time.Duration(c.late.Load())) },
		Metrics: handlers.NewMetrics(prometheus.NewRegistry()),
	})
	return r
}

// kill ends a replica as kill -9 does: nothing is finished, connections break.
func (r *replica) kill() {
	r.dead.Store(true)
	now, cancel := context.WithCancel(context.Background())
	cancel()
	_ = r.store.Close()
	_ = r.redis.Close()
	r.engine.Close(now)
	r.stop()
}

// mortal does nothing any more once its replica is dead.
type mortal struct {
	*storage.RedisDialogs
	r *replica
}

func (m mortal) Save(ctx context.Context, d *storage.Dialog) error {
	if m.r.dead.Load() {
		return errDied
	}
	return m.RedisDialogs.Save(ctx, d)
}

// platform is a chat platform that keeps what it was given to show.
type platform struct {
	mu    sync.Mutex
	shown map[string][]string // by chat
	rng   *rand.Rand
}

func (p *platform) Name() string { return "chaos" }

func (p *platform) Can() bot.Abilities { return bot.Abilities{TextLimit: 4000, ButtonLimit: 100} }

func (p *platform) Receive(*http.Request) ([]bot.Incoming, error) {
	return nil, bot.ErrForged
}

func (p *platform) Send(_ context.Context, chat string, m bot.Outgoing) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.rng.IntN(20) {
	case 0:
		return "", errors.New("502")
	case 1:
		p.shown[chat] = append(p.shown[chat], m.Text)
		return "", bot.ErrUnknown
	}
	p.shown[chat] = append(p.shown[chat], m.Text)
	return "1", nil
}

func (p *platform) told(chat string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.shown[chat]...)
}

func newPlatform() *platform {
	return &platform{shown: map[string][]string{}, rng: rand.New(rand.NewPCG(*chaosSeed, 7))}
}

// ledgerConversations is the smallest service with everything at stake: a draft that is either submitted or cancelled.
func ledgerConversations() []*handlers.Conversation {
	open := func(t *handlers.Turn) (draft string, undecided bool) {
		memo := t.Session.Memo
		if memo == nil {
			memo = map[string]string{"n": "1"}
			t.Session.Memo = memo
		}
		return t.In.From.Chat + "x" + memo["n"], memo["fate"] == ""
	}
	say := func(t *handlers.Turn, format string, args ...any) {
		t.Say(bot.Outgoing{Text: fmt.Sprintf(format, args...)})
	}
	return []*handlers.Conversation{
		{Name: "gui", Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			draft, undecided := open(t)
			if !undecided {
				say(t, "late %s", draft)
				return nil
			}
			t.Session.Memo["fate"] = "submitted"
			t.Keep(func(ctx context.Context, tx *storage.Tx) error {
				person, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
				if err != nil {
					return err
				}
				s := storage.Startup{Draft: draft, Person: person, Name: draft}
				if err := storage.AddStartup(ctx, tx, &s, t.Now); err != nil {
					return err
				}
				say(t, "registered %s %s", draft, s.Code)
				return nil
			})
			return nil
		}},
		{Name: "huy", Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			draft, undecided := open(t)
			if !undecided {
				say(t, "late %s", draft)
				return nil
			}
			t.Session.Memo["fate"] = "cancelled"
			say(t, "cancelled %s", draft)
			return nil
		}},
		{Name: "moi", Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			_, undecided := open(t)
			if !undecided {
				n, _ := strconv.Atoi(t.Session.Memo["n"])
				t.Session.Memo = map[string]string{"n": strconv.Itoa(n + 1)}
			}
			say(t, "new")
			return nil
		}},
	}
}
