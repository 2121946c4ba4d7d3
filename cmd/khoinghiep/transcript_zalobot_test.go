package main

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
	"khoinghiep/bot/zalobot/zalobottest"
	"khoinghiep/storage"
)

// zalobotOver is the Zalo Bot channel that tells when a turn is over.
type zalobotOver struct {
	*zalobot.Channel
	over chan<- error
}

func (c zalobotOver) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	return c.Channel.Poll(ctx, twice(accept, c.over))
}

// newZalobot connects to a fake Zalo Bot Platform of its own.
func newZalobot(t *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat) {
	t.Helper()
	server := zalobottest.New()
	t.Cleanup(server.Close)
	channel, err := zalobot.New(t.Context(), zalobot.Config{
		Token: zalobottest.Token, APIURL: server.URL, Counter: uncounted{}, PollTimeout: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	return []bot.Channel{zalobotOver{channel, over}}, func(_ *app, name string) chat {
		return &zalobotChat{Person: server.Person(name)}
	}
}

type zalobotChat struct {
	*zalobottest.Person
	read int
}

func (c *zalobotChat) do(s step) int {
	switch s.verb {
	case "type", "press": // there is nothing to press
		c.Send(s.arg)
	case "start": // there are no deep links: a link with a code opens a page that shows the code to type
		if _, isCode := storage.NormalCode(s.arg); !isCode {
			return 0
		}
		c.Send(s.arg)
	case "contact":
		c.Send(phone(s.arg))
	case "photo":
		c.SendPhoto([]byte("photo"), "")
	case "album":
		c.SendPhoto([]byte("one"), "")
		c.SendPhoto([]byte("two"), "")
		return 2
	case "document", "sheet", "place":
		c.SendFile()
	case "sticker":
		c.SendSticker()
	case "voice":
		c.SendVoice()
	default:
		return 0
	}
	return 1
}

func (c *zalobotChat) unread() []said {
	fresh := []said{}
	inbox := c.Inbox()
	for _, m := range inbox[c.read:] {
		fresh = append(fresh, said{text: m.Text})
	}
	c.read = len(inbox)
	return fresh
}

// uncounted counts nothing: no script uses a plan up.
type uncounted struct{}

func (uncounted) Sent(context.Context, string, time.Time) error { return nil }

func (uncounted) Since(context.Context, time.Time) (messages, chats int, err error) { return 0, 0, nil }
