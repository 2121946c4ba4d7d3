package storage_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage/storagetest"
)

var (
	chaosSeed    = flag.Uint64("chaos.seed", 1, "seed of the chaos test")
	chaosPeople  = flag.Int("chaos.people", 12, "people in the chaos test")
	chaosUpdates = flag.Int("chaos.updates", 40, "updates a person sends in the chaos test")
)

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

// quiesce waits until no reply is unsent; one that stays so is a violation. The clocks run on fast meanwhile: a reply
// that the platform refused five times in a row is tried again only after half a minute.
func (c *chaos) quiesce() []string {
	r := c.replicas[0]
	deadline := time.Now().Add(30 * time.Second)
	for calm := 0; calm < 3; {
		r.engine.Sweep()
		time.Sleep(50 * time.Millisecond)
		c.late.Add(int64(10 * time.Second))
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
