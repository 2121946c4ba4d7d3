// Package webchat is a chat on a web page of our own: the channel, its page, its widget for other sites and its HTTP API,
// which docs/webchat-api.md describes.
package webchat

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"khoinghiep/bot"
)

// Config is what a Channel works with.
type Config struct {
	Name    string        // of the channel, part of people's addresses
	Path    string        // of the page, "/chat"
	Can     bot.Abilities // Abilities(), or less to look like another channel
	Origins []string      // sites that may embed the widget, "https://example.vn"
	Log     Log
	Files   Files
}

// Abilities is what the page can do.
func Abilities() bot.Abilities {
	return bot.Abilities{TextLimit: 4000, ButtonLimit: 20, Files: true, Edits: true, WritesFirst: true}
}

// Channel is the web chat. What it sends goes to the log of the chat; every open page of the chat follows the log.
type Channel struct{ Config }

// New makes a channel.
func New(c Config) *Channel { return &Channel{c} }

// Name is the configured one.
func (c *Channel) Name() string { return c.Config.Name }

// Can is what was configured.
func (c *Channel) Can() bot.Abilities { return c.Config.Can }

// Path is where the page is.
func (c *Channel) Path() string { return c.Config.Path }

// Receive refuses everything: no platform calls for us.
func (c *Channel) Receive(*http.Request) ([]bot.Incoming, error) {
	return nil, fmt.Errorf("%s: %w", c.Name(), bot.ErrForged)
}

// Send adds m to the log of the chat and returns its place there.
func (c *Channel) Send(ctx context.Context, chat string, m bot.Outgoing) (string, error) {
	m.Replace = "" // a message that could not be edited is a new one
	return c.add(ctx, chat, m)
}

// Edit shows m instead of an earlier message, also on pages that are open.
func (c *Channel) Edit(ctx context.Context, chat, messageID string, m bot.Outgoing) error {
	m.Replace = messageID
	_, err := c.add(ctx, chat, m)
	return err
}

func (c *Channel) add(ctx context.Context, chat string, m bot.Outgoing) (string, error) {
	seq, err := c.Log.Append(ctx, chat, bot.Entry{Key: "out:" + newToken(), At: time.Now(), Outgoing: m})
	if err != nil {
		return "", fmt.Errorf("add to the log of a web chat: %w", err)
	}
	return strconv.FormatInt(seq, 10), nil
}
