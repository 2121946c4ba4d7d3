package main

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
)

// hall is a running program and a channel of its own, on which many chats go on at the same time.
type hall struct {
	t   *testing.T
	app *app

	mu      sync.Mutex
	said    map[string][]bot.Outgoing
	times   map[string][]time.Time // of what was said
	updates int
}

func openHall(t *testing.T, cfg config) *hall {
	t.Helper()
	return openHallAt(t, cfg, time.Now)
}

func openHallAt(t *testing.T, cfg config, clock func() time.Time) *hall {
	t.Helper()
	h := &hall{t: t, said: map[string][]bot.Outgoing{}, times: map[string][]time.Time{}}
	a, err := newApp(t.Context(), cfg, clock, h)
	if err != nil {
		t.Fatal(err)
	}
	h.app = a
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended: %v", err)
		}
	})
	return h
}

func (*hall) Name() string { return "hall" }

func (*hall) Can() bot.Abilities { return bot.Abilities{TextLimit: 4000, ButtonLimit: 20, Files: true} }

func (*hall) Receive(*http.Request) ([]bot.Incoming, error) { return nil, bot.ErrForged }

func (h *hall) Send(_ context.Context, chat string, m bot.Outgoing) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.said[chat] = append(h.said[chat], m)
	h.times[chat] = append(h.times[chat], h.app.engine.Clock())
	return strconv.Itoa(len(h.said[chat])), nil
}

func (*hall) address(chat string) bot.Address { return bot.Address{Channel: "hall", Chat: chat} }

// say types a text in a chat and waits until it is settled.
func (h *hall) say(chat, text string) { h.do(chat, bot.Incoming{Text: text}) }

// press waits for a button and presses it.
func (h *hall) press(chat, label string) {
	eventually(h.t, "the button "+label, func() bool { return h.button(chat, label) != "" })
	h.do(chat, bot.Incoming{Button: h.button(chat, label)})
}

func (h *hall) do(chat string, in bot.Incoming) {
	h.mu.Lock()
	h.updates++
	in.ID, in.From, in.Private = strconv.Itoa(h.updates), h.address(chat), true
	h.mu.Unlock()
	if err := <-h.app.engine.Accept(in); err != nil {
		h.t.Errorf("%s: %v", chat, err)
	}
}

// button is the data of the newest button with this label; "" for none.
func (h *hall) button(chat, label string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range slices.Backward(h.said[chat]) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return b.Data
			}
		}
	}
	return ""
}

// all is what the bot said in a chat.
func (h *hall) all(chat string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	texts := []string{}
	for _, m := range h.said[chat] {
		texts = append(texts, m.Body())
	}
	return texts
}

func (h *hall) last(chat string) string {
	texts := h.all(chat)
	return texts[len(texts)-1]
}

// code does something, and waits for the code that it brings.
func (h *hall) code(chat string, do func()) (code string) {
	seen := len(h.all(chat))
	do()
	eventually(h.t, "a code", func() bool {
		for _, text := range h.all(chat)[seen:] {
			if word := shownCode.FindString(text); word != "" {
				code = word
			}
		}
		return code != ""
	})
	return code
}

func (h *hall) person(chat string) int64 {
	h.t.Helper()
	p, _, err := h.app.store.PersonAt(h.t.Context(), h.address(chat))
	if err != nil {
		h.t.Fatal(err)
	}
	return p.ID
}

// settle waits until no errand and no reply is left.
func (h *hall) settle() {
	h.t.Helper()
	eventually(h.t, "everything is done", func() bool { return atRest(h.t.Context(), h.app) })
}

// atRest reports whether no errand is left to run and no reply to send, and has errands run.
func atRest(ctx context.Context, a *app) bool {
	errands, err := a.store.Errands(ctx)
	if len(errands) > 0 {
		a.engine.Sweep() // not without need: a lane that is woken again and again does not get to note what it sent
	}
	unsent, err2 := a.engine.Dialogs.Unsent(ctx, a.engine.Clock().Add(time.Hour))
	return err == nil && err2 == nil && len(errands) == 0 && len(unsent) == 0
}

var _ bot.Channel = (*hall)(nil)
