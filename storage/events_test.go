package storage_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// eventTime is a morning, four days before the event of these tests.
var eventTime = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))

// held keeps an event with so many places.
func held(t *testing.T, s *storage.Store, places int) storage.Event {
	t.Helper()
	e := storage.Event{
		Draft: "draft", Agency: storage.Department, Name: "Ngày hội", Kind: "ngay_hoi", Task: "1.6", Place: "Hội trường A",
		StartsAt: eventTime.AddDate(0, 0, 4).UnixMilli(), EndsAt: eventTime.AddDate(0, 0, 4).Add(3 * time.Hour).UnixMilli(), Capacity: int64(places),
	}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error { return storage.AddEvent(ctx, tx, &e, eventTime) })
	return e
}

func TestEventsAreKeptOnceAndCorrected(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		if again := held(t, s, 1); again.ID != e.ID || e.Code != "SK-2026-0001" || e.Host != storage.Department {
			t.Errorf("%+v, then %+v", e, again)
		}
		first, second := e, e
		first.Place, second.Place = "Nhà văn hóa", "Quảng trường"
		revise := func(e *storage.Event) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.ReviseEvent(ctx, tx, e, eventTime)
				return err
			})
			return ok
		}
		if !revise(&first) || revise(&second) {
			t.Error("of two corrections of the same text, not one was kept")
		}
	})
}

func TestEventsAreOnUntilTheyEndOrAreCancelled(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		e := held(t, s, 1)
		end := time.UnixMilli(e.EndsAt)
		on := func(at time.Time) int {
			list, err := s.EventsOn(t.Context(), at, 0, 9)
			if err != nil {
				t.Error(err)
			}
			return len(list)
		}
		ends := func(at time.Time) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				_, ok, err = storage.EndEvent(ctx, tx, e.Code, at)
				return err
			})
			return ok
		}
		if on(eventTime) != 1 || on(end.Add(-time.Minute)) != 1 || on(end) != 0 || ends(end.Add(-time.Minute)) {
			t.Error("not on until its end")
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.CancelEvent(ctx, tx, e.Code)
			if !ok {
				t.Error("not cancelled")
			}
			return err
		})
		if on(eventTime) != 0 || ends(end) {
			t.Error("cancelled, and still on")
		}
	})
}

// TestOnlyRemindersThatComeArePromised to who joins so long before an event.
func TestOnlyRemindersThatComeArePromised(t *testing.T) {
	e := storage.Event{StartsAt: eventTime.UnixMilli()}
	for before, want := range map[time.Duration]string{
		8 * 24 * time.Hour:              "Mình nhắc bạn trước 7 ngày, 1 ngày và 2 giờ.",
		7 * 24 * time.Hour:              "Mình nhắc bạn trước 1 ngày và 2 giờ.",
		24*time.Hour - time.Millisecond: "Mình nhắc bạn trước 2 giờ.",
		2 * time.Hour:                   "",
		-time.Hour:                      "",
	} {
		if got := e.Promise(eventTime.Add(-before)); got != want {
			t.Errorf("%v before: %q, want %q", before, got, want)
		}
	}
}
