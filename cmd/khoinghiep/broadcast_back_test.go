package main

import (
	"context"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// TestPeopleWhoBlockedUsComeBackWhenTheyWrite blocks the bot without its being told, as when it was down at that time.
func TestPeopleWhoBlockedUsComeBackWhenTheyWrite(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		server := newPlatform(t)
		p := startProgram(t, onTelegram(empty(), server, "poll"))
		people, ids := audience(t, telegramStage{server}, p.app.store, 1)
		told := func(source string) storage.DeliveryState { return notifyAndAwait(t, p, ids[0], source) }
		if state := told("first"); state != storage.DeliverySent {
			t.Fatalf("at first: %s", state)
		}
		server.Fail("sendMessage", refuseOnce())
		if state := told("second"); state != storage.DeliveryUnreachable {
			t.Errorf("refused: %s", state)
		}
		if state := told("third"); state != storage.DeliveryUnreachable {
			t.Errorf("after that: %s", state)
		}
		eventually(t, "the chat that knows", func() bool { return atRest(t.Context(), p.app) })
		before := people[0].Received()
		people[0].send("xin chào")
		if err := people[0].WaitFor(t.Context(), before+1); err != nil {
			t.Fatal(err)
		}
		if state := told("fourth"); state != storage.DeliverySent {
			t.Errorf("once they wrote: %s", state)
		}
	})
}

// notifyAndAwait has somebody told something, and gives what became of it.
func notifyAndAwait(t *testing.T, p *program, person int64, source string) (state storage.DeliveryState) {
	t.Helper()
	now := p.app.engine.Clock()
	err := p.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		return storage.Notify(t.Context(), tx, storage.Notice{
			Source: source, Person: person, Hours: storage.AnyHour, Queue: storage.QueueNotices, Message: bot.Outgoing{Text: source},
		}, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of a notice", func() bool {
		state = stateOf(t, p, person, source)
		return state != storage.DeliveryQueued && state != storage.DeliverySending
	})
	return state
}

func stateOf(t *testing.T, p *program, person int64, source string) (state storage.DeliveryState) {
	t.Helper()
	err := p.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		return tx.GetContext(context.Background(), &state, `SELECT state FROM deliveries WHERE person_id = $1 AND source = $2`, person, source)
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}
