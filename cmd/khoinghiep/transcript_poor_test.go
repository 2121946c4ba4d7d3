package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"

	"khoinghiep/bot"
)

// poor is a channel that can do little: five buttons, short texts, nothing but text.
type poor struct {
	over    chan<- error
	updates chan bot.Incoming
	mu      sync.Mutex
	chats   map[string]*poorChat
}

func newPoor(_ *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat) {
	p := &poor{over: over, updates: make(chan bot.Incoming), chats: map[string]*poorChat{}}
	return []bot.Channel{p}, func(_ *app, name string) chat {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.chats[name] = &poorChat{channel: p, name: name}
		return p.chats[name]
	}
}

func (*poor) Name() string { return "poor" }

func (*poor) Can() bot.Abilities { return bot.Abilities{TextLimit: 2000, ButtonLimit: 5} }

func (*poor) Receive(*http.Request) ([]bot.Incoming, error) { return nil, bot.ErrForged }

// Send refuses what the channel cannot show.
func (p *poor) Send(_ context.Context, to string, m bot.Outgoing) (string, error) {
	if len(m.Buttons) > p.Can().ButtonLimit || bot.Length(m.Body()) > p.Can().TextLimit || m.File != nil {
		return "", errors.Join(bot.ErrRejected, errors.New("more than the channel can show"))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.chats[to]
	c.inbox = append(c.inbox, m)
	return strconv.Itoa(len(c.inbox)), nil
}

// Poll hands in what people do, one thing after another.
func (p *poor) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	accept = twice(accept, p.over)
	for {
		select {
		case <-ctx.Done():
			return nil
		case in := <-p.updates:
			if err := <-accept(in); err != nil {
				return fmt.Errorf("take in what a person did: %w", err)
			}
		}
	}
}

type poorChat struct {
	channel *poor
	name    string
	updates int

	inbox []bot.Outgoing // channel.mu guards it
	read  int
}

func (c *poorChat) do(s step) int {
	in := bot.Incoming{Name: c.name, Text: s.arg}
	switch s.verb {
	case "edit":
		return 0
	case "press":
		in = c.press(s.arg)
	case "start":
		in.Text, in.Start = "/start", s.arg
	case "contact":
		in.Text = phone(s.arg)
	case "sticker", "voice", "place", "photo", "album", "document", "sheet":
		in.Kind, in.Text = bot.Unsupported, ""
	}
	c.updates++
	in.ID, in.From, in.Private = strconv.Itoa(c.updates), bot.Address{Channel: c.channel.Name(), Chat: c.name}, true
	c.channel.updates <- in
	return 1
}

// press finds the latest button with the label; where there is none, people type it.
func (c *poorChat) press(label string) bot.Incoming {
	c.channel.mu.Lock()
	defer c.channel.mu.Unlock()
	for _, m := range slices.Backward(c.inbox) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return bot.Incoming{Name: c.name, Button: b.Data}
			}
		}
	}
	return bot.Incoming{Name: c.name, Text: label}
}

func (c *poorChat) unread() []said {
	c.channel.mu.Lock()
	defer c.channel.mu.Unlock()
	fresh := []said{}
	for _, m := range c.inbox[c.read:] {
		rows := [][]string{}
		for _, b := range m.Buttons {
			rows = append(rows, []string{b.Label})
		}
		fresh = append(fresh, said{text: m.Body(), rows: rows})
	}
	c.read = len(c.inbox)
	return fresh
}
