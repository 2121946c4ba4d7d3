package zalotest

import (
	"context"
	"fmt"
	"slices"
)

// Message is a message of the account as a person sees it.
type Message struct {
	ID       string
	Text     string
	Buttons  []Button
	File     *File
	Card     string // title of the card that asks for the person's details
	Template string // id of a template, with its
	Params   map[string]string
	Tracking string // of a template by phone
}

// Button is a button under a message. One of Payload, URL and Phone is set.
type Button struct {
	Label   string
	Payload string // is typed when pressed
	URL     string
	Phone   string
}

// File is a file, sent by either side.
type File struct {
	Name  string
	Data  []byte
	Image bool
}

// Inbox gives the messages of the account, oldest first.
func (p *Person) Inbox() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return slices.Clone(p.inbox)
}

// Received is how many messages have come from the account.
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
	p.received++
	close(p.changed)
	p.changed = make(chan struct{})
}
