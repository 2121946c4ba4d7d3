package zalobot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"khoinghiep/bot"
)

// typingTimeout keeps what nobody waits for from holding anybody up.
const typingTimeout = 5 * time.Second

// cannotCarry stands in place of a file for which there is no link.
const cannotCarry = "Ở đây mình không gửi được tệp. Bạn mở trợ lý trên trang web hoặc Telegram để nhận tệp."

// outgoing is the request of sendMessage (Text) or sendPhoto (Photo, Caption) [2+]. No text has marks for emphasis.
type outgoing struct {
	Chat    string `json:"chat_id"`
	Text    string `json:"text,omitempty"`
	Photo   string `json:"photo,omitempty"`
	Caption string `json:"caption,omitempty"`
}

// Send sends one message to a chat, with one call, and counts it. A photo goes by its public link, which Zalo fetches; any
// other file as a link to open. Buttons stand in the text already, see form.Layout. For its errors see bot.Channel.
func (c *Channel) Send(ctx context.Context, chat string, m bot.Outgoing) (messageID string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	method, request := c.request(m)
	request.Chat = chat
	raw, err := c.do(ctx, method, request)
	if err == nil || errors.Is(err, bot.ErrUnknown) {
		c.count(ctx, chat)
	}
	if err != nil {
		return "", err
	}
	return sentID(raw), nil
}

// request puts a message into the words of the method that carries it.
func (c *Channel) request(m bot.Outgoing) (method string, request outgoing) {
	if m.File == nil {
		return "sendMessage", outgoing{Text: m.Body()}
	}
	link := ""
	if m.File.ID != "" && c.link != nil {
		link = c.link(*m.File)
	}
	switch {
	case link == "":
		return "sendMessage", outgoing{Text: paragraphs(m.Body(), cannotCarry)}
	case m.File.Image:
		return "sendPhoto", outgoing{Photo: link, Caption: m.Body()}
	}
	return "sendMessage", outgoing{Text: paragraphs(m.Body(), "Xem tệp: "+link)}
}

// paragraphs puts last below text, with a blank line between.
func paragraphs(text, last string) string {
	return strings.TrimSpace(text + "\n\n" + last)
}

// sentID is the id of the message that a send made [2+]; empty when an odd server tells none: it was sent all the same.
func sentID(raw json.RawMessage) string {
	var sent struct {
		ID string `json:"message_id"`
	}
	fill(&sent, raw)
	return sent.ID
}

// Typing shows that somebody is typing in a chat [2+]. Best effort, at most 5 s.
func (c *Channel) Typing(ctx context.Context, chat string) {
	ctx, cancel := context.WithTimeout(ctx, typingTimeout)
	defer cancel()
	request := struct {
		Chat   string `json:"chat_id"`
		Action string `json:"action"`
	}{chat, "typing"}
	if _, err := c.do(ctx, "sendChatAction", request); err != nil {
		c.log.DebugContext(ctx, "an optional call failed", "err", err)
	}
}
