package main

import (
	"context"
	"log/slog"
	"sync"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
)

// receive tells the platforms how we want updates, and fetches them from those that are asked rather than call, until ctx is
// done.
func (a *app) receive(ctx context.Context) {
	var all sync.WaitGroup
	for _, ch := range a.channels {
		all.Go(func() {
			a.greetPlatform(ctx, ch)
			poller, ok := ch.(bot.Poller)
			if !ok || a.calls(ch) {
				return
			}
			err := a.store.Exclusive(ctx, "poll "+ch.Name(), func(ctx context.Context) error { return poller.Poll(ctx, a.engine.Accept) })
			if err != nil && ctx.Err() == nil {
				slog.Error("polling ended", "channel", ch.Name(), "error", err)
			}
		})
	}
	all.Wait()
}

// calls tells whether a platform that could be asked for updates is to call us instead.
func (a *app) calls(ch bot.Channel) bool {
	switch ch {
	case bot.Channel(a.telegram):
		return a.config.telegramMode == "webhook"
	case bot.Channel(a.zaloBot):
		return a.config.zaloBot.mode == "webhook"
	}
	return false
}

// greetPlatform tells a platform how we want updates and what people can type. What fails is logged: polling works without,
// and doctor names what a webhook lacks. Zalo's Official Account takes its webhook in its console only.
func (a *app) greetPlatform(ctx context.Context, ch bot.Channel) {
	switch ch {
	case bot.Channel(a.telegram):
		a.choose(ctx, ch, a.telegram)
		a.teachCommands(ctx)
	case bot.Channel(a.zaloBot):
		a.choose(ctx, ch, a.zaloBot)
	}
}

// webhooked is a platform that is told whether to call us.
type webhooked interface {
	SetWebhook(ctx context.Context, url string) error
	DropWebhook(ctx context.Context) error
}

func (a *app) choose(ctx context.Context, ch bot.Channel, platform webhooked) {
	how, err := "poll", error(nil)
	if a.calls(ch) {
		how, err = "webhook", platform.SetWebhook(ctx, a.config.publicURL+"/hooks/"+ch.Name())
	} else {
		err = platform.DropWebhook(ctx)
	}
	if err != nil {
		slog.Warn("a platform did not take the way of delivery", "channel", ch.Name(), "mode", how, "error", err)
	}
}

func (a *app) teachCommands(ctx context.Context) {
	commands := []telegram.Command{}
	for _, c := range a.engine.Router.Conversations() {
		if c.Label != "" && c.Role == "" {
			commands = append(commands, telegram.Command{Name: c.Name, Label: c.Label})
		}
	}
	if err := a.telegram.SetCommands(ctx, commands); err != nil {
		slog.Debug("Telegram did not take the list of commands", "error", err)
	}
}
