package bot

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Abilities says what a channel can do; conversations are laid out by it (see form.Layout).
type Abilities struct {
	TextLimit   int  // longest text, in UTF-16 units
	ButtonLimit int  // most buttons under one message; 0: none, choices are numbered
	Contact     bool // has a button that shares the person's own phone number
	Files       bool // carries files both ways
	Edits       bool // a sent message can be replaced (Editor)
	WritesFirst bool // may write to a person at any time
	Unordered   bool // may bring what a person did in another order than they did it

	// How long after a person's last message they may be written to at no charge, and in all; 0: always. Later only a
	// Template goes, where the channel is a Templater.
	Free, Window time.Duration
}

// Channel is one chat platform. It translates and decides nothing; one Send is one HTTP call (longer texts are split
// before, by Split).
type Channel interface {
	Name() string
	Can() Abilities
	// Receive verifies and decodes one webhook call. It wraps ErrForged when the call is not the platform's.
	Receive(r *http.Request) ([]Incoming, error)
	// Send sends one message and returns the platform's id of it. Its error wraps one of ErrUnreachable,
	// ErrRejected, ErrWindowClosed, *RateLimited or ErrUnknown; any other error means that nothing was sent and a retry may help.
	Send(ctx context.Context, chat string, m Outgoing) (messageID string, err error)
}

// The rest are abilities a channel may have, found by type assertion.

// Poller fetches updates itself, where the platform need not reach us.
type Poller interface {
	// Poll hands updates to accept until ctx is done. The channel that accept returns yields once: nil when the update is
	// settled for good, an error when it must be delivered again. The platform is told only of what is settled.
	Poll(ctx context.Context, accept func(Incoming) <-chan error) error
}

// Editor replaces a message of ours. When it fails, the message is sent anew instead.
type Editor interface {
	Edit(ctx context.Context, chat, messageID string, m Outgoing) error
}

// Acker tells the platform that a pressed button arrived, so that it stops showing a spinner. Best effort.
type Acker interface {
	Ack(ctx context.Context, in Incoming)
}

// Templater sends templates that the platform approved before, at any time, at a charge.
type Templater interface {
	// HasTemplate tells whether a Template of that name can be sent.
	HasTemplate(name string) bool
}

// Typist shows "typing…" while an answer takes long. Best effort.
type Typist interface {
	Typing(ctx context.Context, chat string)
}

// Downloader fetches a file that a person sent. The caller closes the reader.
type Downloader interface {
	Download(ctx context.Context, f File) (io.ReadCloser, error)
}

// Hurried is a channel whose platform waits only so long for the answer to a webhook call, and gives up on addresses that
// are late. What is not settled by then gets an answer of "later", and is delivered again.
type Hurried interface {
	Patience() time.Duration
}

// Site is a channel whose window is a web page of ours.
type Site interface {
	// Path is where the page is, such as "/chat".
	Path() string
	// Handler serves Path and everything below it. It hands what people do to accept, as Poller does.
	Handler(accept func(Incoming) <-chan error) http.Handler
}
