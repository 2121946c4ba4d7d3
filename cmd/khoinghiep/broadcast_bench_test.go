package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage/storagetest"
)

// broadcastLasts is how long a broadcast is watched.
const broadcastLasts = time.Minute

// BenchmarkBroadcast tells something to many for a minute while people talk with the bot, at Telegram's usual rate with an
// API that takes 80 ms, by one replica and by two, and at its paid rate; and on Zalo at our default, and at what its largest
// package takes. It reports the messages a second on average and the most in any second, the slowest replies beyond the API's
// own time, and the memory of a replica at a third and at the end.
func BenchmarkBroadcast(b *testing.B) {
	onTelegram := func() stage { return telegramStage{telegramtest.New()} }
	onZalo := func() stage { return zaloStage{zalotest.New()} }
	for _, c := range []broadcast{
		{name: "30 a second", open: onTelegram, rate: 30, latency: 80 * time.Millisecond, replicas: 1},
		{name: "30 a second by two replicas", open: onTelegram, rate: 30, latency: 80 * time.Millisecond, replicas: 2},
		{name: "1000 a second", open: onTelegram, rate: 1000, replicas: 1},
		{name: "Zalo, 5 a second by two replicas", open: onZalo, rate: 5, latency: 80 * time.Millisecond, replicas: 2},
		{name: "Zalo, 33 a second by two replicas", open: onZalo, rate: 33, latency: 80 * time.Millisecond, replicas: 2},
	} {
		b.Run(c.name, c.run)
	}
}

type broadcast struct {
	name     string
	open     func() stage
	rate     float64
	latency  time.Duration
	replicas int
}

func (c broadcast) run(b *testing.B) {
	platform := c.open()
	b.Cleanup(platform.Close)
	platform.Forgetful()
	platform.Latency(c.latency)
	cfg := platform.settings(testConfig(storagetest.NewPostgres(b).Database(b), storagetest.NewRedis(b).URL()), "webhook", c.rate)
	s := openKept(b, cfg)
	if err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	platform.prepare(b, cfg, s)
	running, urls := []*child{}, []string{}
	for range c.replicas {
		cfg.httpAddr = freeAddress(b)
		running = append(running, startChild(b, os.Args[0], cfg, clockVariable+"=09:00", "TELEGRAM_MODE=webhook",
			"TELEGRAM_WEBHOOK_SECRET="+hookSecret, "PUBLIC_URL=http://127.0.0.1"))
		urls = append(urls, "http://"+cfg.httpAddr)
		eventually(b, "readiness", func() bool { return (&program{url: "http://" + cfg.httpAddr}).readiness() == 200 })
	}
	platform.callInTurn(b, urls...)
	talk := newTalk(platform, max(1, int(c.rate/50)))
	talk.round(b.Context()) // warm
	talk.took = nil

	_, ids := audience(b, platform, s, int(c.rate*(broadcastLasts+5*time.Second).Seconds()))
	sent := watchSends(platform)
	announce(b, s, ids)
	sent.wait(b, int(c.rate)) // the first second is for getting up to speed
	sent.reset()
	ctx, stop := context.WithTimeout(b.Context(), broadcastLasts)
	defer stop()
	memory := []float64{}
	for third := time.Now(); ctx.Err() == nil; {
		talk.round(ctx)
		if time.Since(third) > broadcastLasts/3 {
			third, memory = time.Now(), append(memory, running[0].memory())
		}
	}
	times := sent.reset()
	memory = append(memory, running[0].memory())
	b.ReportMetric(float64(len(times))/broadcastLasts.Seconds(), "messages/s")
	b.ReportMetric(float64(mostInASecond(times)), "most-in-a-second")
	slices.Sort(talk.took)
	b.ReportMetric(talk.at(0.99)-c.latency.Seconds()*1e3, "p99-reply-ms")
	b.ReportMetric(talk.at(1)-c.latency.Seconds()*1e3, "slowest-reply-ms")
	b.ReportMetric(memory[0], "MB-early")
	b.ReportMetric(memory[len(memory)-1], "MB-late")
	b.ReportMetric(0, "ns/op")
	for _, c := range running {
		c.kill()
	}
}

// sends are the moments at which messages came to the platform, replies among them.
type sends struct {
	mu    sync.Mutex
	times []time.Time
}

func watchSends(platform stage) *sends {
	s := &sends{}
	platform.Watch(func(string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.times = append(s.times, time.Now())
	})
	return s
}

func (s *sends) reset() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	times := s.times
	s.times = nil
	return times
}

func (s *sends) wait(b *testing.B, n int) {
	b.Helper()
	eventually(b, "the first messages", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.times) >= n
	})
}

func mostInASecond(times []time.Time) int {
	most, first := 0, 0
	for i, t := range times {
		for t.Sub(times[first]) >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// talk is people who ask for the menu again and again.
type talk struct {
	people []listener
	mu     sync.Mutex
	took   []float64 // from a message to its reply, in milliseconds
}

func newTalk(platform stage, n int) *talk {
	t := &talk{}
	for i := range n {
		t.people = append(t.people, platform.person(fmt.Sprintf("Trần Văn %d", i)))
	}
	return t
}

// round has each of them ask, one after another within a second.
func (t *talk) round(ctx context.Context) {
	over := time.After(time.Second)
	defer func() { <-over }()
	var all sync.WaitGroup
	for i, p := range t.people {
		all.Go(func() {
			time.Sleep(time.Duration(i) * time.Second / time.Duration(len(t.people)))
			before, begin := p.Received(), time.Now()
			p.send("menu")
			if p.WaitFor(ctx, before+1) != nil {
				return
			}
			t.mu.Lock()
			defer t.mu.Unlock()
			t.took = append(t.took, float64(time.Since(begin).Microseconds())/1e3)
		})
	}
	all.Wait()
}

// at is the time within which a share of the replies came; took is sorted.
func (t *talk) at(share float64) float64 { return t.took[int(share*float64(len(t.took)-1))] }
