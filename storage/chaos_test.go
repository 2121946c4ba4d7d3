package storage_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var (
	chaosSeed    = flag.Uint64("chaos.seed", 1, "seed of the chaos test")
	chaosPeople  = flag.Int("chaos.people", 12, "people in the chaos test")
	chaosUpdates = flag.Int("chaos.updates", 40, "updates a person sends in the chaos test")
)

var errDied = errors.New("this replica died")

// chaos is several replicas on one PostgreSQL and one Redis, and everything that goes wrong with them.
type chaos struct {
	t        *testing.T
	url      string
	redis    *storagetest.Redis
	platform *platform
	noFreeze bool
	losing   bool         // Redis loses what it has, now and then
	late     atomic.Int64 // how far the clocks run ahead, in nanoseconds

	mu       sync.RWMutex
	replicas []*replica
}

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

func (p *platform) Name() string       { return "chaos" }
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

// any picks a living replica.
func (c *chaos) any(rng *rand.Rand) *replica {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.replicas[rng.IntN(len(c.replicas))]
}

// deliver hands one update over as a platform does: in one to three copies, to any replicas, until one of them settles it.
func (c *chaos) deliver(rng *rand.Rand, in bot.Incoming) {
	for {
		copies := 1 + rng.IntN(3)
		settled := make(chan error, copies)
		for range copies {
			r := c.any(rng)
			go func() {
				select {
				case err := <-r.engine.Accept(in):
					settled <- err
				case <-time.After(5 * time.Second):
					settled <- errDied
				}
			}()
		}
		good := false
		for range copies {
			good = <-settled == nil || good
		}
		if good {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// person sends texts and presses, each in order, both at once.
func (c *chaos) person(seed uint64, chat string) {
	var both sync.WaitGroup
	for queue, verbs := range [][]string{{"/gui", "/moi", "/gui", "/moi"}, {"/huy", "/huy", "/moi"}} {
		both.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(queue)))
			for i := range *chaosUpdates / 2 {
				c.deliver(rng, bot.Incoming{
					ID: fmt.Sprintf("%s/%d/%d", chat, queue, i), Kind: bot.Message, Private: true,
					From: bot.Address{Channel: "chaos", Chat: chat}, Text: verbs[rng.IntN(len(verbs))],
				})
			}
		})
	}
	both.Wait()
}

// trouble kills replicas, flushes Redis and restarts it from old snapshots until done is closed.
func (c *chaos) trouble(rng *rand.Rand, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case <-time.After(time.Duration(100+rng.IntN(300)) * time.Millisecond):
		}
		if !c.losing || rng.IntN(4) == 0 {
			c.crash(rng)
			continue
		}
		switch rng.IntN(3) {
		case 0:
			c.redis.Flush()
		case 1:
			c.redis.Snapshot()
		case 2:
			c.redis.Stop()
			c.redis.Start()
		}
	}
}

// crash kills one replica and starts another in its place.
func (c *chaos) crash(rng *rand.Rand) {
	c.mu.Lock()
	i := rng.IntN(len(c.replicas))
	old := c.replicas[i]
	c.replicas[i] = c.start(rng)
	c.mu.Unlock()
	old.kill()
}

// run lets everybody write while everything goes wrong, then lets the dust settle, and returns what the checker finds.
func (c *chaos) run() []string {
	rng := rand.New(rand.NewPCG(*chaosSeed, 99))
	for range 3 {
		c.replicas = append(c.replicas, c.start(rng))
	}
	done := make(chan struct{})
	var troubled, people sync.WaitGroup
	troubled.Go(func() { c.trouble(rng, done) })
	for i := range *chaosPeople {
		people.Go(func() { c.person(*chaosSeed+uint64(i), strconv.Itoa(i)) })
	}
	people.Wait()
	close(done)
	troubled.Wait()
	c.late.Store(int64(time.Hour)) // whatever a dead replica held may be taken over
	violations := append(c.quiesce(), c.check()...)
	for _, r := range c.replicas {
		r.kill()
	}
	return violations
}

// quiesce waits until no reply is unsent; one that stays so is a violation.
func (c *chaos) quiesce() []string {
	r := c.replicas[0]
	deadline := time.Now().Add(30 * time.Second)
	for calm := 0; calm < 3; {
		r.engine.Sweep()
		time.Sleep(50 * time.Millisecond)
		due, err := r.redis.Unsent(context.Background(), time.Now().Add(2*time.Hour))
		if calm++; err != nil || len(due) > 0 {
			calm = 0
		}
		if time.Now().After(deadline) {
			return []string{fmt.Sprintf("replies stay unsent: %v %v", due, err)}
		}
		if len(due) == 0 {
			_ = r.redis.Drain(context.Background())
		}
	}
	return nil
}

func TestChaosOfReplicas(t *testing.T) {
	report(t, newChaos(t).run())
}

// When Redis loses what it has, a cancellation of the last second may be forgotten, as any answer; a registration never.
func TestChaosOfReplicasAndRedis(t *testing.T) {
	c := newChaos(t)
	c.losing = true
	report(t, c.run())
}

// The chaos test is worth something only if it finds the fault that the freeze prevents.
func TestChaosFindsTheMissingFreeze(t *testing.T) {
	c := newChaos(t)
	c.noFreeze = true
	if len(c.run()) == 0 {
		t.Error("without the freeze, no violation was found")
	}
}

func report(t *testing.T, violations []string) {
	t.Helper()
	for _, v := range violations {
		t.Error(v)
	}
}

func newChaos(t *testing.T) *chaos {
	t.Helper()
	url := storagetest.PostgresURL(t)
	storagetest.Open(t, url)
	return &chaos{t: t, url: url, redis: storagetest.NewRedis(t), platform: newPlatform()}
}

func newPlatform() *platform {
	return &platform{shown: map[string][]string{}, rng: rand.New(rand.NewPCG(*chaosSeed, 7))}
}
