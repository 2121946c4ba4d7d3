// Package terminal is a chat in a terminal window, for trying the bot out: type, see, choose by number.
package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"khoinghiep/bot"
)

// Channel talks with the one person in front of a terminal.
type Channel struct {
	in  io.Reader
	mu  sync.Mutex // whole messages, one after another
	out io.Writer
}

// New makes a channel that reads lines from in and writes messages to out.
func New(in io.Reader, out io.Writer) *Channel { return &Channel{in: in, out: out} }

// Name is "terminal".
func (c *Channel) Name() string { return "terminal" }

// Can has no buttons: choices are numbered.
func (c *Channel) Can() bot.Abilities { return bot.Abilities{TextLimit: 4000, WritesFirst: true} }

// Receive refuses everything: nobody calls a terminal.
func (c *Channel) Receive(*http.Request) ([]bot.Incoming, error) {
	return nil, fmt.Errorf("terminal: %w", bot.ErrForged)
}

// Send prints m.
func (c *Channel) Send(_ context.Context, _ string, m bot.Outgoing) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := "\n│ " + strings.ReplaceAll(m.Body(), "\n", "\n│ ") + "\n"
	if _, err := io.WriteString(c.out, text); err != nil {
		return "", fmt.Errorf("print message: %w", err)
	}
	return "", nil
}

// Poll reads a line at a time until the end of input or of ctx; each line is settled before the next is read.
func (c *Channel) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	lines := make(chan string)
	go c.read(ctx, lines)
	start := strconv.FormatInt(time.Now().UnixNano(), 36) // ids differ from those of earlier runs
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-lines:
			if !more {
				return nil
			}
			if err := <-accept(c.incoming(fmt.Sprintf("%s-%d", start, n), line)); err != nil {
				return fmt.Errorf("take a line in: %w", err)
			}
		}
	}
}

// read hands lines over. It may stay in Read after ctx is done: a terminal cannot be told to stop waiting for a key.
func (c *Channel) read(ctx context.Context, lines chan<- string) {
	defer close(lines)
	r := bufio.NewReader(c.in)
	for {
		line, err := r.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" {
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (c *Channel) incoming(id, line string) bot.Incoming {
	return bot.Incoming{ID: id, Kind: bot.Message, From: bot.Address{Channel: c.Name(), Chat: "demo"}, Private: true, Text: line, At: time.Now()}
}
