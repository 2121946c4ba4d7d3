package main

import (
	"context"
	"reflect"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
)

// telegramOver is the Telegram channel that tells when a turn is over.
type telegramOver struct {
	*telegram.Channel
	over chan<- error
}

func (c telegramOver) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	return c.Channel.Poll(ctx, twice(accept, c.over))
}

// newTelegram connects to a fake Telegram of its own.
func newTelegram(t *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat) {
	t.Helper()
	server := telegramtest.New()
	t.Cleanup(server.Close)
	channel, err := telegram.New(t.Context(), telegram.Config{Token: telegramtest.Token, APIURL: server.URL, PollTimeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return []bot.Channel{telegramOver{channel, over}}, func(_ *app, name string) chat {
		return &telegramChat{Person: server.Person(name)}
	}
}

type telegramChat struct {
	*telegramtest.Person
	typed int // id of the last typed message
	read  []telegramtest.Message
}

func (c *telegramChat) do(s step) int {
	switch s.verb {
	case "type":
		c.typed = c.Send(s.arg)
	case "press":
		if c.Press(s.arg) != nil {
			c.Send(s.arg)
		}
	case "edit":
		c.Edit(c.typed, s.arg)
	case "start":
		_ = c.Start(s.arg) // scripts have no malformed payloads
	case "contact":
		c.ShareContact(s.arg != "other")
	case "photo":
		c.SendPhoto([]byte("photo"), "")
	case "album":
		c.SendPhoto([]byte("one"), "album")
		c.SendPhoto([]byte("two"), "album")
		return 2
	case "sheet":
		c.SendDocument(s.arg, "application/octet-stream", s.data)
	case "document":
		c.SendDocument(s.arg, "application/pdf", []byte("%PDF-1.7 "+s.arg))
	case "sticker":
		c.SendSticker()
	case "voice":
		c.SendVoice()
	case "place":
		c.SendLocation()
	}
	return 1
}

// unread gives messages that were changed since, and new ones.
func (c *telegramChat) unread() []said {
	before, now := c.read, c.Inbox()
	c.read = now
	fresh := []said{}
	for i, m := range now {
		if i >= len(before) || !reflect.DeepEqual(m, before[i]) {
			s := said{text: m.Text, rows: labels(m.Buttons), keyboard: m.Keyboard, edited: i < len(before)}
			if m.File != nil {
				s.file = m.File.Name
			}
			fresh = append(fresh, s)
		}
	}
	return fresh
}

func labels(buttons [][]telegramtest.Button) [][]string {
	rows := make([][]string, len(buttons))
	for i, row := range buttons {
		for _, b := range row {
			rows[i] = append(rows[i], b.Label)
		}
	}
	return rows
}
