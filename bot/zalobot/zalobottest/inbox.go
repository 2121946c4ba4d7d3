package zalobottest

import (
	"context"
	"fmt"
	"slices"
)

// Message is a message of the bot as a person sees it.
type Message struct {
	ID      string
	Text    string // of a photo, the caption
	Photo   []byte // as the platform fetched it
	Sticker string
}

// Inbox gives the messages of the bot, oldest first.
func (p *Person) Inbox() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return slices.Clone(p.inbox)
}

// Received is how many messages have come from the bot.
func (p *Person) Received() int {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.received
}

// WaitFor waits until Received is at least n.
func (p *Person) WaitFor(ctx context.Context, n int) error {
	for {
		p.server.mu.Lock()
		received, changed := p.received, p.changed
		p.server.mu.Unlock()
		if received >= n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("waiting for message %d, have %d: %w", n, received, ctx.Err())
		}
	}
}

// keep puts a message into the inbox and tells those who wait. The caller holds the lock.
func (p *Person) keep(m Message) {
	p.inbox = append(p.inbox, m)
	p.received++
	close(p.changed)
	p.changed = make(chan struct{})
}
