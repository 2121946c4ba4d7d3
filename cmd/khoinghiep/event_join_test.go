package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var (
	joiningPeople = flag.Int("event.people", 40, "how many people join an event at once")
	joiningPlaces = flag.Int("event.places", 8, "how many places it has")
	joiningLeave  = flag.Int("event.leave", 4, "how many of those with a place leave again")
)

// joining is an event that many people join through two replicas.
type joining struct {
	t     *testing.T
	halls []*hall
	event storage.Event
	chats []string
}

func (c *joining) at(i int) *hall { return c.halls[i%len(c.halls)] }

// together has some people do something at the same time, each at their replica.
func (c *joining) together(people []int, do func(h *hall, chat string)) {
	var all sync.WaitGroup
	for _, i := range people {
		all.Go(func() { do(c.at(i), c.chats[i]) })
	}
	all.Wait()
}

func (c *joining) guests() (list []storage.Guest) {
	c.t.Helper()
	err := c.halls[0].app.store.InTx(c.t.Context(), func(tx *storage.Tx) (err error) {
		list, err = storage.Guests(c.t.Context(), tx, c.event.ID)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return list
}

func newJoining(t *testing.T) *joining {
	t.Helper()
	cfg := testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
	cfg.still = true
	c := &joining{t: t, halls: []*hall{openHall(t, cfg), openHall(t, cfg)}}
	now := c.halls[0].app.engine.Clock()
	c.event = storage.Event{
		Draft: "rush", Agency: storage.Department, Name: "Ngày hội", Kind: "ngay_hoi", Place: "Hội trường A", Capacity: int64(*joiningPlaces),
		StartsAt: now.AddDate(0, 0, 5).UnixMilli(), EndsAt: now.AddDate(0, 0, 5).Add(3 * time.Hour).UnixMilli(),
	}
	err := c.halls[0].app.store.InTx(t.Context(), func(tx *storage.Tx) error { return storage.AddEvent(t.Context(), tx, &c.event, now) })
	if err != nil {
		t.Fatal(err)
	}
	for i := range *joiningPeople {
		c.chats = append(c.chats, fmt.Sprint("chat", i))
	}
	return c
}

// TestAllPressJoinAtOnce, on two replicas: exactly as many as there are places get one, the others wait in order. Some leave,
// and as many of the first who wait are offered a place, once each, and take it.
func TestAllPressJoinAtOnce(t *testing.T) {
	t.Parallel()
	c := newJoining(t)
	everybody := []int{}
	for i := range c.chats {
		everybody = append(everybody, i)
	}
	c.together(everybody, func(h *hall, chat string) {
		h.say(chat, c.event.Code)
		h.press(chat, "Tham gia")
		for _, text := range []string{"1", "Lê Văn An", "0912345678"} {
			h.say(chat, text)
		}
	})
	c.together(everybody, func(h *hall, chat string) { h.press(chat, "Giữ chỗ") })
	for _, h := range c.halls {
		h.settle()
	}
	waiting := checkRush(t, c)

	going := []int{}
	for _, i := range everybody {
		if c.at(i).titled(c.chats[i], "Đã giữ chỗ") == 1 {
			going = append(going, i)
		}
	}
	if len(going) != *joiningPlaces {
		t.Fatalf("%d people were told that they have a place", len(going))
	}
	c.together(going[:*joiningLeave], func(h *hall, chat string) {
		h.press(chat, "Không đến được")
		h.press(chat, "Rời sự kiện")
	})
	var jobs sync.WaitGroup
	for i := range 6 {
		jobs.Go(func() {
			h := c.at(i)
			if err := (scheduler.EventPlaces{Store: h.app.store}).Run(t.Context(), h.app.engine.Clock()); err != nil {
				t.Error(err)
			}
		})
	}
	jobs.Wait()
	c.checkOffers(waiting[:*joiningLeave])
}

// checkRush wants all places taken and the rest in order, and gives who waits.
func checkRush(t *testing.T, c *joining) (waiting []int64) {
	t.Helper()
	going := 0
	for _, g := range c.guests() {
		if g.State == storage.GuestGoing {
			going++
			continue
		}
		if waiting = append(waiting, g.Person); g.State != storage.GuestWaiting || g.Number != int64(len(waiting)) {
			t.Fatalf("the one who waits as %d. is %+v", len(waiting), g)
		}
	}
	if going != *joiningPlaces || len(waiting) != *joiningPeople-*joiningPlaces {
		t.Fatalf("%d have a place and %d wait", going, len(waiting))
	}
	return waiting
}

// checkOffers wants one offer queued for each of some people and for nobody else, and has them take it.
func (c *joining) checkOffers(want []int64) {
	c.t.Helper()
	told := []int64{}
	err := c.halls[0].app.store.InTx(c.t.Context(), func(tx *storage.Tx) error {
		return tx.SelectContext(c.t.Context(), &told, `SELECT person_id FROM deliveries WHERE source LIKE 'event/%/offer/%' ORDER BY person_id`)
	})
	if err != nil {
		c.t.Fatal(err)
	}
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(told, want) {
		c.t.Fatalf("a place was offered to %v, want %v", told, want)
	}
	takers := []int{}
	for i, chat := range c.chats {
		if slices.Contains(want, c.at(i).person(chat)) {
			takers = append(takers, i)
		}
	}
	c.together(takers, func(h *hall, chat string) {
		h.say(chat, c.event.Code)
		h.press(chat, "Tôi sẽ đến")
	})
	s, err := c.halls[1].app.store.Seats(context.WithoutCancel(c.t.Context()), c.event.ID)
	if err != nil || s.Going != int64(*joiningPlaces) || s.Offered != 0 {
		c.t.Errorf("in the end %+v, %v", s, err)
	}
}

// titled counts what was said in a chat under a title.
func (h *hall) titled(chat, title string) int {
	n := 0
	for _, text := range h.all(chat) {
		if strings.HasPrefix(text, title) {
			n++
		}
	}
	return n
}
