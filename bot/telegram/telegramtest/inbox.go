package telegramtest

import (
	"context"
	"fmt"
	"slices"
)

// Message is a message of the bot as a person sees it.
type Message struct {
	ID       int
	Text     string // without tags; of a file, the caption
	HTML     string // as the bot sent it
	Buttons  [][]Button
	Keyboard bool // Buttons stand in place of the keyboard, not under the message
	File     *File
	Edited   bool
}

// File is a file, sent by either side.
type File struct {
	Name  string
	MIME  string
	Data  []byte
	Photo bool
}

// Inbox gives the messages of the bot, oldest first, as they are now.
func (p *Person) Inbox() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return slices.Clone(p.inbox)
}

// Received is how many messages and edits have come from the bot.
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

// keep puts a message into the inbox. The caller holds the lock.
func (p *Person) keep(m Message) {
	if p.server.forgetful {
		clear(p.inbox)
		p.inbox = p.inbox[:0]
	}
	p.inbox = append(p.inbox, m)
	p.count()
}

// count tells those who wait that the bot did something. The caller holds the lock.
func (p *Person) count() {
	p.received++
	close(p.changed)
	p.changed = make(chan struct{})
}

// find gives a message of the bot; nil when there is none. The caller holds the lock.
func (p *Person) find(id int) *Message {
	i := slices.IndexFunc(p.inbox, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &p.inbox[i]
}
