package main

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
)

// account is a person's chat with the bot, on one channel.
type account interface {
	address() bot.Address
	// send hands over a text, which is delivered after what was sent before; send does not wait for that.
	send(text string)
	// press is send for the button with a label under the latest message that has one.
	press(label string) error
	// read gives the messages of the bot that came so far, the oldest first, as they are now.
	read() []string
	// next waits until there is more than read gave last.
	next(ctx context.Context) error
}

// telegramAccount is a person on the fake Telegram.
type telegramAccount struct {
	*telegramtest.Person
	seen int // messages and edits at the last read
}

func telegramAccounts(server *telegramtest.Server) func(name string) account {
	return func(name string) account { return &telegramAccount{Person: server.Person(name)} }
}

func (a *telegramAccount) address() bot.Address {
	return bot.Address{Channel: "telegram", Chat: a.Chat()}
}

func (a *telegramAccount) send(text string) { a.Send(text) }

func (a *telegramAccount) press(label string) error { return a.Press(label) }

func (a *telegramAccount) read() []string {
	a.seen = a.Received()
	texts := []string{}
	for _, m := range a.Inbox() {
		texts = append(texts, m.Text)
	}
	return texts
}

func (a *telegramAccount) next(ctx context.Context) error { return a.WaitFor(ctx, a.seen+1) }
