package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"khoinghiep/bot"
)

var errEmpty = errors.New("there is nothing in the message")

// Send sends one message and gives its id. Zalo carries one attachment a message, so that a file and a request for the
// phone number travel by themselves, before and after the text. When the text fails, the file was sent already, and is
// again with the next try; a request that fails is left out, as people can type their number. The id is the text's, or the
// file's where there is no text. For the errors see bot.Channel; ErrGrantLost comes together with *bot.RateLimited.
func (c *Channel) Send(ctx context.Context, chat string, m bot.Outgoing) (messageID string, err error) {
	if m.Template != nil {
		messageID, err = c.sendTemplate(ctx, chat, *m.Template)
	} else {
		messageID, err = c.sendParts(ctx, chat, m)
	}
	if err != nil {
		return "", fmt.Errorf("zalo send: %w", err)
	}
	return messageID, nil
}

func (c *Channel) sendParts(ctx context.Context, chat string, m bot.Outgoing) (id string, err error) {
	if m.File == nil && m.Body() == "" {
		return "", fmt.Errorf("%w: %w", bot.ErrRejected, errEmpty)
	}
	if m.File != nil {
		if id, err = c.sendFile(ctx, chat, *m.File); err != nil {
			return "", err
		}
	}
	if m.Body() != "" {
		if id, err = c.sendContent(ctx, chat, c.textMessage(chat, m)); err != nil {
			return "", err
		}
	}
	c.askContact(ctx, chat, m.Buttons)
	return id, nil
}

// askContact sends the card for the person's phone number, if a button wants it. Best effort.
func (c *Channel) askContact(ctx context.Context, chat string, buttons []bot.Button) {
	i := slices.IndexFunc(buttons, func(b bot.Button) bool { return b.Contact })
	if i < 0 {
		return
	}
	if _, err := c.sendContent(ctx, chat, c.contactCard(buttons[i].Label)); err != nil {
		c.cfg.Logger.Warn("zalo: a request for a phone number was not sent", "error", err)
	}
}

// sendContent is one call of the message API: free within 48 hours of what the person did last, billable for 7 days.
func (c *Channel) sendContent(ctx context.Context, chat string, message content) (id string, err error) {
	data, err := c.post(ctx, c.cfg.APIURL+"/v3.0/oa/message/cs", outgoing{recipient{chat}, message})
	if err != nil {
		return "", err
	}
	return c.sent(chat, data), nil
}

// sent reads what Zalo tells of a message it took: its id, "" when it tells none, and what it used of which quota.
func (c *Channel) sent(chat string, data json.RawMessage) string {
	var told struct {
		ID         text   `json:"message_id"`
		TemplateID text   `json:"msg_id"` // of templates [?]
		Quota      *quota `json:"quota"`
	}
	if err := parse(data, &told); err != nil {
		return "" // it was sent all the same
	}
	if told.Quota != nil {
		c.cfg.Spent(chat, told.Quota.told())
	}
	if told.ID != "" {
		return string(told.ID)
	}
	return string(told.TemplateID)
}
