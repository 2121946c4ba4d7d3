package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// What platforms tell of a chat that is nothing said to us gets no answer, but for somebody who comes for the first time.

// presence remembers whether the person can be reached here: who left, not before they write or join again. Who joins
// before they ever wrote is greeted: on Zalo nothing else tells them what to do.
func (r *Router) presence(ctx context.Context, t *Turn) error {
	reachable := t.In.Kind == bot.Joined
	if !reachable && t.late {
		return nil // they wrote since
	}
	t.Session.Away = !reachable
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		return storage.SetReachable(ctx, tx, t.In.From, reachable)
	})
	if reachable && t.Last.IsZero() {
		return r.open(ctx, t, r.byName["menu"], "")
	}
	return nil
}

// tookOver lets staff answer by hand: what was asked here counts as taken.
func (r *Router) tookOver(t *Turn) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return storage.TakeByHand(ctx, tx, t.In.From, t.Now) })
}

// profile takes from what the person filled in on the platform's own form what the form in hand asks next, as far as it is
// there: a name, a number and a place at most.
func (r *Router) profile(ctx context.Context, t *Turn, told bot.Profile) error {
	for range 3 {
		c := r.inHand(t)
		if c == nil {
			return nil
		}
		answer, ok := c.Form.FromProfile(t.Session.Form, t.Who(), told)
		if !ok {
			return nil
		}
		t.Unsay() // what was just asked is answered
		t.In.Text, t.In.Phone, t.In.Contact = answer, "", false
		if err := r.answer(ctx, t, c); err != nil {
			return err
		}
	}
	return nil
}
