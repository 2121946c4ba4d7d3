package main

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// newZalo connects to a fake Zalo of its own. Its time is the real one: the windows in which the account may write stay
// open, however long a script waits.
func newZalo(t *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat) {
	t.Helper()
	return onFakeZalo(t, over, zalotest.New(), nil)
}

// onFakeZalo connects to a fake Zalo, which has approved templates.
func onFakeZalo(t *testing.T, over chan<- error, server *zalotest.Server, templates map[string]string) (extra []bot.Channel, meet func(a *app, name string) chat) {
	t.Helper()
	between, url := newRedelivery(t, over)
	t.Cleanup(server.Close)
	server.RetryAfter(turnLimit) // nothing comes again but what comes twice
	if err := server.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	channel, err := zalo.New(t.Context(), zalo.Config{
		AppID: zalotest.AppID, AppSecret: zalotest.AppSecret, OASecret: zalotest.OASecret, RefreshToken: server.RefreshToken(),
		APIURL: server.URL, OAuthURL: server.URL, TemplateURL: server.URL, Tokens: &grantInMemory{}, Uploads: noUploads{}, Templates: templates, Clock: server.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return []bot.Channel{channel}, func(a *app, name string) chat {
		between.hook = "http://" + a.listener.Addr().String() + "/hooks/zalo"
		return &zaloChat{Person: server.Person(name)}
	}
}

type zaloChat struct {
	*zalotest.Person
	read int
}

func (c *zaloChat) do(s step) int {
	switch s.verb {
	case "type":
		c.Send(s.arg)
	case "press":
		if c.Press(s.arg) != nil {
			c.Send(s.arg)
		}
	case "start":
		return c.start(s.arg)
	case "contact":
		c.shareContact(s.arg)
	case "photo":
		c.SendImage([]byte("photo"), "")
	case "album":
		c.SendImage([]byte("one"), "")
		c.SendImage([]byte("two"), "")
		return 2
	case "sheet":
		c.SendFile(s.arg, s.data)
	case "document":
		c.SendFile(s.arg, []byte("%PDF-1.7 "+s.arg))
	case "sticker":
		c.SendSticker()
	case "voice":
		c.SendVoice()
	case "place":
		c.SendLocation()
	default:
		return 0
	}
	return 1
}

// start opens the chat. Zalo knows no deep links: a link with a code opens a page that shows the code to type.
func (c *zaloChat) start(payload string) int {
	if _, isCode := storage.NormalCode(payload); isCode {
		c.Send(payload)
		return 1
	}
	if payload == "" {
		c.Follow()
		return 1
	}
	return 0
}

// shareContact sends somebody's card, or fills in the form for one's own number; where there is none, people type it.
func (c *zaloChat) shareContact(whose string) {
	if whose == "other" {
		c.SendCard()
		return
	}
	if c.ShareInfo(zalotest.Info{Name: c.Name, Phone: "84912345678"}) != nil {
		c.Send(phone(whose))
	}
}

func (c *zaloChat) unread() []said {
	fresh := []said{}
	inbox := c.Inbox()
	for _, m := range inbox[c.read:] {
		s := said{text: m.Text + filledIn(m), card: m.Card}
		for _, b := range m.Buttons {
			s.rows = append(s.rows, []string{b.Label})
		}
		if m.File != nil {
			s.file = m.File.Name
		}
		fresh = append(fresh, s)
	}
	c.read = len(inbox)
	return fresh
}

// filledIn is a template as its person sees it: what is filled into the text that was approved.
func filledIn(m zalotest.Message) string {
	if m.Template == "" {
		return ""
	}
	lines := []string{"(template " + m.Template + ")"}
	for _, name := range slices.Sorted(maps.Keys(m.Params)) {
		lines = append(lines, name+": "+m.Params[name])
	}
	return strings.Join(lines, "\n")
}

// grantInMemory is the grant of a program that runs once.
type grantInMemory struct {
	mu   sync.Mutex
	kept zalo.Grant
}

func (g *grantInMemory) Grant(context.Context) (zalo.Grant, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.kept, nil
}

func (g *grantInMemory) Refresh(ctx context.Context, due func(zalo.Grant) bool, exchange func(context.Context, zalo.Grant) (zalo.Grant, error)) (zalo.Grant, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !due(g.kept) {
		return g.kept, nil
	}
	fresh, err := exchange(ctx, g.kept)
	if err == nil {
		g.kept = fresh
	}
	return fresh, err
}

// noUploads has every file uploaded anew.
type noUploads struct{}

func (noUploads) Upload(context.Context, string, time.Time) (string, error) { return "", nil }

func (noUploads) KeepUpload(context.Context, string, string, time.Time) error { return nil }
