package main

import (
	"context"
	"log/slog"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
)

// greetPlatform tells Telegram how we want updates and what people can type. What fails is logged: polling works without,
// and doctor names what a webhook lacks.
func (a *app) greetPlatform(ctx context.Context, ch bot.Channel) {
	if ch != bot.Channel(a.telegram) {
		return
	}
	how, err := "poll", error(nil)
	if a.config.telegramMode == "webhook" {
		how, err = "webhook", a.telegram.SetWebhook(ctx, a.config.publicURL+"/hooks/"+ch.Name())
	} else {
		err = a.telegram.DropWebhook(ctx)
	}
	if err != nil {
		slog.Warn("Telegram did not take the way of delivery", "mode", how, "error", err)
	}
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
