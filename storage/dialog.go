package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

// Dialog is everything one chat's conversation needs between two turns, kept as one value: what was answered, what was
// handled and what is still to be sent change together or not at all.
type Dialog struct {
	Address  bot.Address `json:"-"`
	Revision Revision    `json:"-"` // as loaded, or as last saved
	Session  Session     `json:"session"`
	Handled  Handled     `json:"handled,omitempty"`
	Outbox   Outbox      `json:"outbox"`
	At       int64       `json:"at,omitempty"`     // when the person last did something, Unix milliseconds
	Latest   int64       `json:"latest,omitempty"` // when the newest message handled was written, by a platform that keeps no order
	Erased   bool        `json:"erased,omitempty"` // the last turn erased everything: a tombstone

	stored header // of the value in Redis that this was loaded from; kept with its text below to freeze it as it is
	state  []byte
}

// Revision orders the values of one dialog: the greater one is newer, wherever it is found.
type Revision struct{ Epoch, Version int64 }

// Less reports whether r is older than other.
func (r Revision) Less(other Revision) bool {
	return r.Epoch < other.Epoch || r.Epoch == other.Epoch && r.Version < other.Version
}

func (r Revision) next() Revision { return Revision{r.Epoch, r.Version + 1} }

// Session is what the conversations know of a chat. Conversations change it freely during a turn.
type Session struct {
	Official bool                     `json:"official,omitempty"` // was given a role once; which ones it has now, the roles table tells
	Name     string                   `json:"name,omitempty"`     // of the conversation in hand; "": the menu
	Form     *form.Progress           `json:"form,omitempty"`     // the form in hand
	Aside    map[string]form.Progress `json:"aside,omitempty"`    // forms put aside, by conversation
	Shown    []bot.Button             `json:"shown,omitempty"`    // buttons last shown, so that a number can press them
	Group    string                   `json:"group,omitempty"`    // the album last answered
	Memo     map[string]string        `json:"memo,omitempty"`     // what the conversation in hand keeps for itself
	Cards    []int64                  `json:"cards,omitempty"`    // deliveries that came as templates only, to be shown
	Away     bool                     `json:"away,omitempty"`     // could not be written to when last tried
}

// Drop lets go of the conversation in hand.
func (s *Session) Drop() { s.Name, s.Form, s.Memo = "", nil, nil }

// Outbox holds the replies that were decided and not yet sent, in order. Whoever holds it sends them; others only add.
type Outbox struct {
	Holder  string  `json:"holder,omitempty"` // the process that sends
	Until   int64   `json:"until,omitempty"`  // Unix milliseconds; afterwards anybody may take over
	Replies []Reply `json:"replies,omitempty"`
	Tries   int     `json:"tries,omitempty"` // failed attempts at the first reply
}

// Reply is one message to send, no longer than its channel takes.
type Reply struct {
	Key string `json:"key"` // the update it answers and its place among the answers
	bot.Outgoing
}

// Add queues replies. An empty outbox becomes holder's until the given time; one that somebody holds stays theirs.
func (o *Outbox) Add(holder string, until time.Time, replies ...Reply) {
	if len(replies) == 0 {
		return
	}
	if len(o.Replies) == 0 {
		o.Hold(holder, until)
	}
	o.Replies = append(o.Replies, replies...)
}

// Hold makes holder the one who sends, until the given time.
func (o *Outbox) Hold(holder string, until time.Time) {
	o.Holder, o.Until = holder, until.UnixMilli()
}

// Sent drops the first reply.
func (o *Outbox) Sent() {
	o.Replies, o.Tries = o.Replies[1:], 0
	if len(o.Replies) == 0 {
		*o = Outbox{}
	}
}

// Drop takes out the first replies for as long as they are among the sent ones.
func (o *Outbox) Drop(sent func(key string) bool) {
	for len(o.Replies) > 0 && sent(o.Replies[0].Key) {
		o.Sent()
	}
}

// Mine reports whether holder is the one to send now: it holds the outbox, or nobody does any more.
func (o *Outbox) Mine(holder string, now time.Time) bool {
	return len(o.Replies) > 0 && (o.Holder == holder || o.Until <= now.UnixMilli())
}

// HeldByOther reports whether another process than holder may be sending at this moment.
func (o *Outbox) HeldByOther(holder string, now time.Time) bool {
	return len(o.Replies) > 0 && o.Holder != "" && o.Holder != holder && o.Until > now.UnixMilli()
}

// ErrChanged means that a dialog was changed by somebody else since it was loaded: load it and decide again.
var ErrChanged = errors.New("the dialog changed meanwhile")

// Effect is what a turn keeps beside its dialog, in the transaction that saves the dialog. It may still change the dialog
// (a person's new id, a reply that tells the number just given). It runs again when its transaction failed.
type Effect func(ctx context.Context, tx *Tx) error

func (d *Dialog) encode() ([]byte, error) {
	state, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("encode dialog: %w", err)
	}
	return state, nil
}

func (d *Dialog) decode(state []byte) error {
	if len(state) == 0 {
		return nil
	}
	if err := json.Unmarshal(state, d); err != nil {
		return fmt.Errorf("decode dialog: %w", err)
	}
	return nil
}
