package handlers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// Turn is one thing a person did and what we make of it. While deciding, a conversation reads, changes the session, says
// replies, and asks for what must be kept beside the dialog; it writes nothing itself, as a decision may be made again.
type Turn struct {
	In      bot.Incoming
	Can     bot.Abilities
	Now     time.Time
	Last    time.Time // when the person last did something; zero when never
	Session *storage.Session
	Store   *storage.Store // for reading

	owner   string
	effect  storage.Effect
	replies []bot.Outgoing
}

func newTurn(e *Engine, ch bot.Channel, in bot.Incoming, d *storage.Dialog) *Turn {
	t := &Turn{In: in, Can: ch.Can(), Now: e.Clock(), Session: &d.Session, Store: e.Store, owner: e.Owner}
	if d.At > 0 {
		t.Last = time.UnixMilli(d.At)
	}
	return t
}

// Say adds replies, in order.
func (t *Turn) Say(m ...bot.Outgoing) { t.replies = append(t.replies, m...) }

// Unsay takes all replies of this turn back.
func (t *Turn) Unsay() { t.replies = nil }

// Keep has the effect run in the transaction that keeps the dialog; it may still change the session and say more. Several
// run in the order they were asked for.
func (t *Turn) Keep(effect storage.Effect) {
	before := t.effect
	t.effect = func(ctx context.Context, tx *storage.Tx) error {
		if before != nil {
			if err := before(ctx, tx); err != nil {
				return err
			}
		}
		return effect(ctx, tx)
	}
}

// Who is the person as forms see them.
func (t *Turn) Who() form.Person { return form.Person{Name: t.In.Name, Can: t.Can} }

// Person is who writes, as the database knows them now; the zero Person for somebody we know nothing of.
func (t *Turn) Person(ctx context.Context) (storage.Person, error) {
	p, _, err := t.Store.PersonAt(ctx, t.In.From)
	return p, err
}

// finish puts what was decided into the dialog.
func (t *Turn) finish(d *storage.Dialog) {
	d.MarkHandled(t.In.ID, t.Now)
	t.Session.Shown = t.shown()
	replies := []storage.Reply{}
	for _, m := range t.replies {
		for _, part := range bot.Split(form.Layout(m, t.Can), t.Can.TextLimit) {
			replies = append(replies, storage.Reply{Key: fmt.Sprintf("%s/%d", t.In.ID, len(replies)), Outgoing: part})
		}
	}
	d.Outbox.Add(t.owner, t.Now.Add(holdFor), replies...)
}

// shown lists the buttons that a number or a label typed next may mean. Forms see to their own.
func (t *Turn) shown() []bot.Button {
	if t.Session.Form != nil {
		return nil
	}
	if len(t.replies) == 0 {
		return t.Session.Shown
	}
	last := slices.Clone(t.replies[len(t.replies)-1].Buttons)
	return slices.DeleteFunc(last, func(b bot.Button) bool { return b.Data == "" })
}
