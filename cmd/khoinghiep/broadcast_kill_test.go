package main

import (
	"flag"
	"math/rand/v2"
	"os"
	"testing"

	"khoinghiep/storage"
)

var recipients = flag.Int("broadcast.recipients", 3_000, "how many people are told something while the program is killed")

// TestBroadcastKilled ends the program at seeded moments while it tells something to many people, and starts it again each
// time: everybody is settled in the end, nobody is told twice, and of nobody but those who were being written to at a kill
// is it unknown.
// Nothing else runs beside it: thousands of messages would starve, or be starved.
func TestBroadcastKilled(t *testing.T) {
	onEachStorage(t, func(t *testing.T, empty func() config) {
		broadcastWhileEnding(t, empty(), telegramStage{newPlatform(t)})
	})
}

// TestZaloBroadcastKilled is TestBroadcastKilled on the Official Account.
func TestZaloBroadcastKilled(t *testing.T) {
	onEachStorage(t, func(t *testing.T, empty func() config) {
		broadcastWhileEnding(t, empty(), zaloStage{newZaloPlatform(t)})
	})
}

func broadcastWhileEnding(t *testing.T, cfg config, platform stage) {
	const rate = 1000
	cfg = platform.settings(cfg, "poll", rate)
	s := openKept(t, cfg)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	platform.prepare(t, cfg, s)
	people, ids := audience(t, platform, s, *recipients)
	id := announce(t, s, ids)

	rng := rand.New(rand.NewPCG(*killSeed, 0))
	const kills, stops = 5, 2
	inFlight := 0
	c := startSender(t, cfg)
	for i := range kills + stops {
		target := platform.sends() + *recipients/(kills+stops+2)/2 + rng.IntN(*recipients/(kills+stops+2))
		eventually(t, "a message", func() bool { return platform.sends() >= target })
		if i%3 == 2 {
			c.terminate(t)
		} else {
			c.kill()
			inFlight += workersAt(rate)
		}
		c = startSender(t, cfg)
	}
	eventually(t, "the end of the announcement", func() bool { return progress(t, s, id).Left() == 0 })
	c.terminate(t)
	checkBroadcast(t, progress(t, s, id), people, inFlight)
}

// workersAt is how many messages are on their way at most, see scheduler.
func workersAt(rate float64) int { return 2 + int(rate/5) }

func checkBroadcast(t *testing.T, p storage.Progress, people []listener, inFlight int) {
	t.Helper()
	told, twice := 0, 0
	for _, person := range people {
		told += person.Received()
		if person.Received() > 1 {
			twice++
		}
	}
	t.Logf("%v; %d messages came", p, told)
	switch {
	case twice > 0:
		t.Errorf("%d people were told twice", twice)
	case p.Total() != len(people) || p[storage.DeliverySent]+p[storage.DeliveryUnknown] != len(people):
		t.Errorf("not everybody is settled: %v", p)
	case told < p[storage.DeliverySent]:
		t.Errorf("%d are said to be sent, and %d came", p[storage.DeliverySent], told)
	case p[storage.DeliveryUnknown] > inFlight:
		t.Errorf("%d are unknown, and %d were on their way", p[storage.DeliveryUnknown], inFlight)
	}
}

// startSender serves in the morning.
func startSender(t *testing.T, cfg config) *child {
	t.Helper()
	return startChild(t, os.Args[0], cfg, clockVariable+"=09:00")
}
