package telegram_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
)

// handed is one update that the poller gave to accept; what is sent to settle goes back to the poller.
type handed struct {
	in     bot.Incoming
	settle chan<- error
}

// poll runs Poll until stop is called, which gives Poll's error.
func poll(t *testing.T, c *telegram.Channel) (updates <-chan handed, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	handedIn := make(chan handed, 1000)
	ended := make(chan error, 1)
	go func() {
		ended <- c.Poll(ctx, func(in bot.Incoming) <-chan error {
			settle := make(chan error, 1)
			handedIn <- handed{in, settle}
			return settle
		})
	}()
	t.Cleanup(cancel)
	return handedIn, func() error {
		cancel()
		return <-ended
	}
}

// confirmsAll stops polling, after which no update is unconfirmed.
func confirmsAll(t *testing.T, s *telegramtest.Server, stop func() error) {
	t.Helper()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := s.Pending(); n != 0 {
		t.Errorf("%d updates unconfirmed", n)
	}
}

func next(t *testing.T, updates <-chan handed) handed {
	t.Helper()
	select {
	case h := <-updates:
		return h
	case <-time.After(10 * time.Second):
		t.Fatal("no update came")
		return handed{}
	}
}

func texts(updates <-chan handed) (list []string) {
	for {
		select {
		case h := <-updates:
			list = append(list, h.in.Text)
		default:
			return list
		}
	}
}

func TestPollHandsInOnceAndInOrder(t *testing.T) {
	s, p := platform(t)
	updates, stop := poll(t, connect(t, s.URL))
	next(t, updates).settle <- nil
	for _, text := range []string{"một", "hai", "ba"} {
		p.Send(text)
	}
	first, second, third := next(t, updates), next(t, updates), next(t, updates)
	if got := []string{first.in.Text, second.in.Text, third.in.Text}; !slices.Equal(got, []string{"một", "hai", "ba"}) {
		t.Errorf("handed in %q", got)
	}
	// All of them come again with the next requests, until the first is settled.
	third.settle <- nil
	second.settle <- nil
	p.Send("bốn")
	fourth := next(t, updates)
	if fourth.in.Text != "bốn" {
		t.Errorf("handed in again: %q", fourth.in.Text)
	}
	if n := s.Pending(); n != 4 {
		t.Errorf("%d updates unconfirmed while the first is in hand, want 4", n)
	}
	first.settle <- nil
	fourth.settle <- nil
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := s.Pending(); n != 0 {
		t.Errorf("%d updates unconfirmed at the end", n)
	}
	if again := texts(updates); again != nil {
		t.Errorf("handed in again: %q", again)
	}
}

func TestPollHandsAFailedUpdateInAgain(t *testing.T) {
	s, p := platform(t)
	updates, stop := poll(t, connect(t, s.URL))
	next(t, updates).settle <- nil
	p.Send("một")
	next(t, updates).settle <- errors.New("the database is away")
	again := next(t, updates)
	if again.in.Text != "một" {
		t.Errorf("handed in %q", again.in.Text)
	}
	again.settle <- nil
	confirmsAll(t, s, stop)
}

func TestAFailedUpdateComesAgainAfterThoseBeforeIt(t *testing.T) {
	s, p := platform(t)
	p.Send("một")
	p.Send("hai")
	updates, stop := poll(t, connect(t, s.URL))
	next(t, updates).settle <- nil
	first, second := next(t, updates), next(t, updates)
	second.settle <- errors.New("the database is away")
	first.settle <- nil
	again := next(t, updates)
	if again.in.Text != "hai" {
		t.Errorf("handed in %q", again.in.Text)
	}
	again.settle <- nil
	confirmsAll(t, s, stop)
}

func TestARestartSeesWhatWasNotSettled(t *testing.T) {
	s, p := platform(t)
	p.Send("một")
	p.Send("hai")
	ctx, cancel := context.WithCancel(t.Context())
	err := connect(t, s.URL).Poll(ctx, func(in bot.Incoming) <-chan error {
		settled := make(chan error, 1)
		switch in.Text {
		case "một":
			settled <- errors.New("stopping")
		case "hai":
			settled <- nil
			cancel()
		default:
			settled <- nil
		}
		return settled
	})
	if err != nil {
		t.Fatal(err)
	}
	updates, stop := poll(t, connect(t, s.URL))
	for _, want := range []string{"một", "hai"} {
		h := next(t, updates)
		if h.in.Text != want {
			t.Errorf("after the restart: %q, want %q", h.in.Text, want)
		}
		h.settle <- nil
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestTwoHundredUpdatesOfManyPeople(t *testing.T) {
	s := telegramtest.New()
	t.Cleanup(s.Close)
	for range 20 {
		p := s.Person("Lê Thị B")
		for range 10 {
			p.Send("x")
		}
	}
	updates, stop := poll(t, connect(t, s.URL))
	seen := map[string]bool{}
	for range 200 {
		h := next(t, updates)
		if seen[h.in.ID] {
			t.Errorf("update %s twice", h.in.ID)
		}
		seen[h.in.ID] = true
		h.settle <- nil
	}
	confirmsAll(t, s, stop)
}
