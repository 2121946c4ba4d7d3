package main

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/handlers/pages"
)

// codePage is what links with a code open.
func (a *app) codePage() http.Handler {
	link := &telegramLink{channel: a.telegram}
	return pages.NewCode(pages.Code{
		Store: a.store, Clock: a.engine.Clock, Telegram: link.get,
		WebChat: a.servesWebChat(),
	})
}

func (a *app) servesWebChat() bool {
	return slices.ContainsFunc(a.channels, func(ch bot.Channel) bool { return ch.Name() == "web" })
}

// telegramLink knows the address of the bot, once Telegram told its name.
type telegramLink struct {
	channel *telegram.Channel // nil: not configured
	mu      sync.Mutex
	link    string
}

const askNameFor = 2 * time.Second

// get returns "" while the name is not known; it is asked for again the next time.
func (l *telegramLink) get(ctx context.Context) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.channel == nil || l.link != "" {
		return l.link
	}
	ctx, cancel := context.WithTimeout(ctx, askNameFor)
	defer cancel()
	name, err := l.channel.Check(ctx)
	if err != nil {
		slog.Warn("Telegram did not tell the name of the bot", "error", err)
		return ""
	}
	l.link = "https://t.me/" + name
	return l.link
}
