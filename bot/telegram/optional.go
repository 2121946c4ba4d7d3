package telegram

import (
	"context"
	"fmt"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// optionalTimeout keeps what nobody waits for from holding anybody up.
const optionalTimeout = 5 * time.Second

// Command is one entry of the menu that Telegram shows beside the input field.
type Command struct {
	Name  string // 1-32 of a-z 0-9 _, without "/"
	Label string // at most 256 characters
}

// SetCommands replaces the menu of commands. Not every server knows it: an error is no reason to stop.
func (c *Channel) SetCommands(ctx context.Context, commands []Command) error {
	list := make([]tgbotapi.BotCommand, len(commands))
	for i, command := range commands {
		list[i] = tgbotapi.BotCommand{Command: command.Name, Description: command.Label}
	}
	params := tgbotapi.Params{}
	if err := params.AddInterface("commands", list); err != nil {
		return fmt.Errorf("telegram: encoding the commands: %w", err)
	}
	return c.tell(ctx, "setMyCommands", params)
}

// Ack tells Telegram that a pressed button arrived. Best effort, at most 5 s.
func (c *Channel) Ack(ctx context.Context, in bot.Incoming) {
	if in.Ack != "" {
		c.try(ctx, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": in.Ack})
	}
}

// Typing shows "typing…" in a chat for about 5 s. Best effort, at most 5 s.
func (c *Channel) Typing(ctx context.Context, chat string) {
	c.try(ctx, "sendChatAction", tgbotapi.Params{"chat_id": chat, "action": "typing"})
}

// try calls a method that no conversation depends on: the server may refuse it, or not know it at all.
func (c *Channel) try(ctx context.Context, method string, params tgbotapi.Params) {
	ctx, cancel := context.WithTimeout(ctx, optionalTimeout)
	defer cancel()
	if _, err := c.do(ctx, method, params); err != nil {
		c.log.DebugContext(ctx, "an optional call failed", "err", err)
	}
}
