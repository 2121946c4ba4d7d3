package scheduler_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage"
)

func (w *world) move(id int64, to storage.AnnouncementState, from ...storage.AnnouncementState) {
	w.t.Helper()
	w.in(func(ctx context.Context, tx *storage.Tx) error {
		ok, err := storage.MoveAnnouncement(ctx, tx, id, to, from...)
		if !ok {
			w.t.Errorf("it is in none of %v", from)
		}
		return err
	})
}

// expect compares how many deliveries are in each state, and with people given, that all that came to them is what was sent.
func (w *world) expect(id int64, people []person, want storage.Progress) {
	w.t.Helper()
	got, received := w.progress(id), 0
	for _, state := range []storage.DeliveryState{
		storage.DeliveryQueued, storage.DeliverySending, storage.DeliverySent, storage.DeliveryFailed,
		storage.DeliveryUnreachable, storage.DeliveryUnknown, storage.DeliveryCancelled, storage.DeliveryExpired,
	} {
		if got[state] != want[state] {
			w.t.Errorf("%v, want %v", got, want)
			break
		}
	}
	for _, p := range people {
		received += p.Received()
	}
	if people != nil && received != want[storage.DeliverySent] {
		w.t.Errorf("%d messages came, want %d", received, want[storage.DeliverySent])
	}
}

func TestPausedAnnouncementGoesOnWhereItStopped(t *testing.T) {
	onEachPlatform(t, func(t *testing.T, w *world) {
		people := w.people(60)
		w.rate = 100
		id := w.announce(people, false)
		stop := w.start()
		w.eventually("ten messages", func() bool { return w.sends() >= 10 })
		w.move(id, storage.AnnouncementPaused, storage.AnnouncementSending)
		w.eventually("rest", func() bool { return w.progress(id)[storage.DeliverySending] == 0 })
		paused := w.progress(id)
		stop()
		w.deliver() // another process: nothing is due
		if now := w.progress(id); now[storage.DeliverySent] != paused[storage.DeliverySent] || now[storage.DeliveryQueued] == 0 {
			t.Errorf("while paused: %v, then %v", paused, now)
		}
		w.move(id, storage.AnnouncementSending, storage.AnnouncementPaused)
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: len(people)})
	})
}

func TestCancelledAnnouncementSendsNothingMore(t *testing.T) {
	onEachPlatform(t, func(_ *testing.T, w *world) {
		people := w.people(5)
		id := w.announce(people, false)
		w.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.CancelAnnouncement(ctx, tx, id, w.clock())
			return err
		})
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliveryCancelled: len(people)})
	})
}

func TestWhoeverOptsOutWhileItWaitsIsNotTold(t *testing.T) {
	onEachPlatform(t, func(_ *testing.T, w *world) {
		people := w.people(3)
		id := w.announce(people, false)
		w.consent(people[1], false)
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: 2, storage.DeliveryCancelled: 1})
	})
}

func TestOneAnnouncementADay(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		people := w.people(2)
		first, second := w.announce(people[:1], false), w.announce(people, false)
		w.deliver()
		w.expect(first, people[:1], storage.Progress{storage.DeliverySent: 1})
		w.expect(second, people[1:], storage.Progress{storage.DeliverySent: 1, storage.DeliveryQueued: 1})
		urgent := w.announce(people[1:], true) // goes beyond the cap
		w.deliver()
		w.expect(urgent, nil, storage.Progress{storage.DeliverySent: 1})
		w.set(morning.AddDate(0, 0, 1).Add(-time.Hour - time.Minute))
		w.deliver() // 07:59
		w.expect(second, nil, storage.Progress{storage.DeliverySent: 1, storage.DeliveryQueued: 1})
		w.pass(time.Minute)
		w.deliver()
		w.expect(second, nil, storage.Progress{storage.DeliverySent: 2})
	})
}

func TestNobodyIsToldAtNight(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		people := w.people(2)
		w.set(time.Date(2026, time.December, 1, 20, 0, 0, 0, vietnam))
		id := w.announce(people[:1], false)
		urgent := w.announce(people[1:], true)
		w.deliver()
		w.expect(id, people[:1], storage.Progress{storage.DeliveryQueued: 1})
		w.expect(urgent, people[1:], storage.Progress{storage.DeliverySent: 1})
		late := w.announce(people[1:], true)
		w.set(time.Date(2026, time.December, 1, 21, 30, 0, 0, vietnam))
		w.deliver()
		w.expect(late, nil, storage.Progress{storage.DeliveryQueued: 1})
		w.set(time.Date(2026, time.December, 2, 6, 0, 0, 0, vietnam))
		w.deliver()
		w.expect(late, nil, storage.Progress{storage.DeliverySent: 1})
		w.set(time.Date(2026, time.December, 2, 8, 0, 0, 0, vietnam))
		w.deliver()
		w.expect(id, people[:1], storage.Progress{storage.DeliverySent: 1})
	})
}

func TestOnlyWhatFailedIsSentAgain(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		people := w.people(4)
		w.server.Fail("sendMessage", telegramtest.First(1, telegramtest.Refuse(400, "Bad Request: can't parse entities")))
		id := w.announce(people, false)
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: 3, storage.DeliveryFailed: 1})
		w.pass(24 * time.Hour)
		w.in(func(ctx context.Context, tx *storage.Tx) error {
			n, err := storage.ResendAnnouncement(ctx, tx, id, storage.DeliveryFailed, w.clock())
			if n != 1 {
				t.Errorf("%d are sent again", n)
			}
			return err
		})
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: 4})
	})
}
