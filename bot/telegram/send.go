package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// noPreview keeps Telegram from unfolding the first link of a text into a card.
const noPreview = `{"is_disabled":true}`

// Send sends one message to a chat, with one call. For its errors see bot.Channel.
func (c *Channel) Send(ctx context.Context, chat string, m bot.Outgoing) (messageID string, err error) {
	params := tgbotapi.Params{"chat_id": chat, "parse_mode": "HTML"}
	if err := params.AddInterface("reply_markup", keyboard(m.Buttons)); err != nil {
		return "", fmt.Errorf("telegram: encoding the buttons: %w", err)
	}
	var raw json.RawMessage
	if m.File != nil {
		raw, err = c.sendFile(ctx, m, params)
	} else {
		raw, err = c.sendText(ctx, m, params)
	}
	if err != nil {
		return "", err
	}
	return sentID(raw), nil
}

func (c *Channel) sendText(ctx context.Context, m bot.Outgoing, params tgbotapi.Params) (json.RawMessage, error) {
	ctx, cancel := within(ctx, callTimeout)
	defer cancel()
	params["text"] = markup(m)
	params["link_preview_options"] = noPreview
	return c.do(ctx, "sendMessage", params)
}

func (c *Channel) sendFile(ctx context.Context, m bot.Outgoing, params tgbotapi.Params) (json.RawMessage, error) {
	ctx, cancel := within(ctx, uploadTimeout)
	defer cancel()
	params.AddNonEmpty("caption", markup(m))
	method, field := "sendDocument", "document"
	if m.File.Image {
		method, field = "sendPhoto", "photo"
	}
	if m.File.Data == nil { // one that a person sent before
		params[field] = m.File.ID
		return c.do(ctx, method, params)
	}
	data := tgbotapi.FileBytes{Name: m.File.Name, Bytes: m.File.Data}
	return c.do(ctx, method, params, tgbotapi.RequestFile{Name: field, Data: data})
}

// sentID is the id of the message that a send made; empty when an odd server tells none: it was sent all the same. The rest
// of the message, which comes after the id, is not read.
func sentID(raw json.RawMessage) string {
	message := json.NewDecoder(bytes.NewReader(raw))
	_, _ = message.Token() // the brace
	for message.More() {
		name, _ := message.Token()
		var value json.RawMessage
		if err := message.Decode(&value); err != nil {
			break
		}
		if id, err := strconv.Atoi(string(value)); name == "message_id" && err == nil && id != 0 {
			return string(value)
		}
	}
	return ""
}

// Edit replaces the text and the inline buttons of a message of ours. Being told that nothing changed is success.
// What cannot be edited in (a file, a contact button) is an error, as is any other refusal.
func (c *Channel) Edit(ctx context.Context, chat, messageID string, m bot.Outgoing) error {
	if m.File != nil || asksContact(m.Buttons) {
		return errors.New("telegram editMessageText: files and contact buttons need a new message")
	}
	params := tgbotapi.Params{
		"chat_id": chat, "message_id": messageID, "text": markup(m), "parse_mode": "HTML", "link_preview_options": noPreview,
	}
	if err := params.AddInterface("reply_markup", keyboard(m.Buttons)); err != nil {
		return fmt.Errorf("telegram: encoding the buttons: %w", err)
	}
	err := c.tell(ctx, "editMessageText", params)
	if err != nil && strings.Contains(err.Error(), "message is not modified") {
		return nil
	}
	return err
}

// markup is the title in bold and the text, both escaped, in Telegram's HTML.
func markup(m bot.Outgoing) string {
	text := html.EscapeString(m.Text)
	if m.Title == "" {
		return text
	}
	title := "<b>" + html.EscapeString(m.Title) + "</b>"
	if text == "" {
		return title
	}
	return title + "\n" + text
}
