package scheduler_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

func TestNoticeIsSentOnceForItsSource(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		p := w.person("Lê Văn An")
		w.notify(p, "review/1", nil)
		w.notify(p, "review/1", nil)
		w.deliver()
		w.notify(p, "review/1", nil)
		w.deliver()
		if p.Received() != 1 {
			t.Errorf("%d messages came", p.Received())
		}
	})
}

func TestTheMostUrgentGoesFirst(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		p := w.person("Lê Văn An")
		w.rate = 20
		w.announce([]person{p}, false)
		w.notify(p, "notice", nil)
		w.notify(p, "reminder", func(n *storage.Notice) { n.Queue = storage.QueueReminders })
		w.notify(p, "answer", func(n *storage.Notice) { n.Queue = storage.QueueAnswers })
		w.deliver()
		w.heard(p, "answer", "reminder", "notice", "Ngày hội khởi nghiệp")
	})
}

func TestNoticesKeepTheirHoursAndTheirTime(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		p := w.person("Lê Văn An")
		w.set(time.Date(2026, time.December, 1, 23, 0, 0, 0, vietnam))
		w.notify(p, "by day", nil)
		w.notify(p, "at once", func(n *storage.Notice) { n.Hours = storage.AnyHour })
		w.notify(p, "stale", func(n *storage.Notice) { n.Until = w.clock().Add(time.Hour) })
		w.notify(p, "later", func(n *storage.Notice) { n.From, n.Hours = w.clock().Add(30*time.Minute), storage.AnyHour })
		w.deliver()
		w.heard(p, "at once")
		w.pass(30 * time.Minute)
		w.deliver()
		w.heard(p, "at once", "later")
		w.set(time.Date(2026, time.December, 2, 8, 0, 0, 0, vietnam))
		w.deliver()
		w.heard(p, "at once", "later", "by day")
	})
}

// heard compares what came to a person.
func (w *world) heard(p person, want ...string) {
	w.t.Helper()
	inbox := p.onTelegram().Inbox()
	for i := range max(len(inbox), len(want)) {
		if i >= len(inbox) || i >= len(want) || inbox[i].Text != want[i] {
			w.t.Fatalf("%s heard %v, want %q", p.onTelegram().Name, inbox, want)
		}
	}
}

// onTheWeb gives a person a web chat as well.
func (w *world) onTheWeb(p person) bot.Address {
	w.t.Helper()
	page := bot.Address{Channel: "web", Chat: storage.NewSecret(12)}
	w.in(func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.JoinPeople(ctx, tx, p.home, page, w.clock())
		return err
	})
	return page
}

// log is what a web chat shows.
func (w *world) log(page bot.Address) []bot.Entry {
	w.t.Helper()
	entries, err := storage.NewWebLog(w.store).Last(w.t.Context(), page.Chat, 10)
	if err != nil {
		w.t.Fatal(err)
	}
	return entries
}

func TestWhoeverBlockedOneChatIsToldInTheOther(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		p := w.person("Lê Văn An")
		page := w.onTheWeb(p)
		w.notify(p, "first", nil)
		w.deliver()
		p.onTelegram().Block()
		w.notify(p, "second", nil)
		w.deliver()
		w.notify(p, "third", nil) // goes there directly
		w.deliver()
		w.heard(p, "first")
		if told := w.log(page); len(told) != 2 || told[0].Text != "second" || told[1].Text != "third" {
			t.Errorf("the web chat shows %v", told)
		}
	})
}

func TestThePreferredChatIsWrittenTo(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		p, other := w.person("Lê Văn An"), w.person("Lê Văn An")
		w.in(func(ctx context.Context, tx *storage.Tx) error {
			if _, err := storage.JoinPeople(ctx, tx, p.home, other.home, w.clock()); err != nil {
				return err
			}
			return storage.Prefer(ctx, tx, p.home, w.clock())
		})
		w.notify(p, "here", nil)
		w.deliver()
		w.heard(p, "here")
		w.heard(other)
	})
}

func TestJoinedPeopleAreToldOnce(t *testing.T) {
	inEachWorld(t, func(_ *testing.T, w *world) {
		p, other := w.person("Lê Văn An"), w.person("Lê Văn An")
		id := w.announce([]person{p, other}, false)
		w.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.JoinPeople(ctx, tx, p.home, other.home, w.clock())
			return err
		})
		w.deliver()
		w.expect(id, []person{p, other}, storage.Progress{storage.DeliverySent: 1, storage.DeliveryCancelled: 1})
	})
}

func TestDeliveriesOfADeadProcessAreInDoubtUntilItTellsOtherwise(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		people := w.people(3)
		id := w.announce(people, false)
		dead := storage.Ledger{Store: w.store, Owner: "dead", Channel: "telegram", Ways: []storage.Way{{Channel: "telegram"}}}
		taken, _, err := dead.Flush(t.Context(), w.clock(), nil, 2)
		if err != nil || len(taken) != 2 {
			t.Fatalf("took %d, %v", len(taken), err)
		}
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: 1, storage.DeliveryUnknown: 2})
		taken[0].State, taken[0].MessageID = storage.DeliverySent, "7"
		if _, _, err := dead.Flush(t.Context(), w.clock(), []storage.Outcome{{Delivery: taken[0]}}, 0); err != nil {
			t.Fatal(err)
		}
		w.expect(id, nil, storage.Progress{storage.DeliverySent: 2, storage.DeliveryUnknown: 1})
	})
}

// What a dead process left is sent again where it may be, but not on Zalo, which charges for it.
func TestWhatADeadProcessLeftIsRepeatedWhereItIsFree(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		onZalo, platform := w.onZalo(false)
		onTelegram := w.person("Lê Thị Bình")
		for _, p := range []person{onZalo, onTelegram} {
			w.notify(p, "report/1", func(n *storage.Notice) { n.Again, n.Hours = true, storage.AnyHour })
			ways := []storage.Way{{Channel: "telegram"}, {Channel: "zalo", Free: 48 * time.Hour, Window: 7 * 24 * time.Hour}}
			dead := storage.Ledger{Store: w.store, Owner: "dead", Channel: p.home.Channel, Ways: ways}
			w.eventually("the delivery", func() bool {
				taken, _, err := dead.Flush(t.Context(), w.clock(), nil, 2)
				return err == nil && len(taken) == 1
			})
		}
		w.deliver()
		if state := w.row(onZalo)["state"]; state != string(storage.DeliveryUnknown) || platform.Calls(zalotest.PathMessage) > 0 {
			t.Errorf("on Zalo: %v, after %d calls", state, platform.Calls(zalotest.PathMessage))
		}
		if state := w.row(onTelegram)["state"]; state != string(storage.DeliverySent) || onTelegram.Received() != 1 {
			t.Errorf("on Telegram: %v, and %d came", state, onTelegram.Received())
		}
	})
}

// A process loses its connection while it takes deliveries: it never hears which, so it did not send them.
func TestDeliveriesTakenWithoutKnowingGoOutOnce(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		people := w.people(3)
		id := w.announce(people, false)
		w.owner = "forgetful"
		ledger := storage.Ledger{Store: w.store, Owner: w.owner, Channel: "telegram", Ways: []storage.Way{{Channel: "telegram"}}}
		if _, _, err := ledger.Flush(t.Context(), w.clock(), nil, 2); err != nil {
			t.Fatal(err)
		}
		w.deliver()
		w.expect(id, people, storage.Progress{storage.DeliverySent: 3})
	})
}

func TestErasureWaitsForWhatIsOnItsWay(t *testing.T) {
	inEachWorld(t, func(t *testing.T, w *world) {
		p := w.person("Lê Văn An")
		w.notify(p, "first", nil)
		w.notify(p, "second", nil)
		sender := storage.Ledger{Store: w.store, Owner: "sender", Channel: "telegram", Ways: []storage.Way{{Channel: "telegram"}}}
		taken, _, err := sender.Flush(t.Context(), w.clock(), nil, 1)
		if err != nil || len(taken) != 1 {
			t.Fatalf("took %d, %v", len(taken), err)
		}
		files := storage.NewFiles(t.TempDir(), w.store)
		erase := func() error {
			return w.store.InTx(t.Context(), func(tx *storage.Tx) error {
				_, _, err := storage.Erase(t.Context(), tx, files, p.home, w.clock())
				return err
			})
		}
		if err := erase(); !errors.Is(err, storage.ErrSending) {
			t.Errorf("while it is on its way: %v", err)
		}
		taken[0].State = storage.DeliverySent
		if _, _, err := sender.Flush(t.Context(), w.clock(), []storage.Outcome{{Delivery: taken[0]}}, 0); err != nil {
			t.Fatal(err)
		}
		if err := erase(); err != nil {
			t.Error(err)
		}
		w.deliver()
		w.heard(p)
	})
}

func TestReplyIsSentWhileThePlatformHoldsTheRest(t *testing.T) {
	w := newWorld(t, openSQLite(t))
	people := w.people(3)
	w.server.Fail("sendMessage", telegramtest.First(1, telegramtest.TooMany(3600)))
	id := w.announce(people, false)
	stop := w.start()
	w.eventually("the refusal", func() bool { return w.server.Calls("sendMessage") > 0 })
	if _, err := w.sender.Reply(t.Context(), w.channels[0], people[0].home.Chat, bot.Outgoing{Text: "reply"}); err != nil {
		t.Error(err)
	}
	stop()
	if p := w.progress(id); p[storage.DeliverySent] > 2 || p[storage.DeliveryQueued] == 0 {
		t.Errorf("%v after the platform asked to wait for an hour", p)
	}
}
