package handlers

import (
	"context"
	"maps"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// After this long a person may not remember what was asked: what they write first is not taken as an answer.
const forgottenAfter = 24 * time.Hour

// openForm shows the form where the person left it, or from its beginning. A form in hand is put aside.
func (r *Router) openForm(t *Turn, c *Conversation) {
	s := t.Session
	if s.Form == nil || s.Name != c.Name {
		r.putAside(t)
		p, ok := s.Aside[c.Name]
		if !ok {
			p = form.Progress{Draft: strings.ToLower(storage.NewSecret(10))}
		}
		delete(s.Aside, c.Name)
		s.Name, s.Form = c.Name, &p
	}
	t.Say(c.Form.Show(s.Form, t.Who())...)
}

// putAside keeps the form in hand for later.
func (r *Router) putAside(t *Turn) {
	s := t.Session
	if s.Form != nil {
		if s.Aside == nil {
			s.Aside = map[string]form.Progress{}
		}
		s.Aside[s.Name] = *s.Form
	}
	s.Drop()
}

// answer gives what the person did to the form in hand.
func (r *Router) answer(ctx context.Context, t *Turn, c *Conversation) error {
	if r.forgotten(t) {
		t.Say(bot.Outgoing{Text: "Chào bạn trở lại. Bạn đang điền dở \"" + c.Form.Title + "\", những gì đã điền vẫn còn. Mình hỏi tiếp nhé."})
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
		return nil
	}
	before := maps.Clone(t.Session.Form.Answers)
	outcome, replies := c.Form.Answer(t.Session.Form, t.In, t.Who())
	t.Say(replies...)
	switch outcome {
	case form.Submitted:
		return c.Submit(ctx, t, c.Form.Kept(*t.Session.Form))
	case form.PutAside:
		r.putAside(t)
	case form.Cancelled:
		t.Session.Drop()
		t.Say(r.menu(ctx, t, ""))
	case form.WantsPerson:
		r.putAside(t)
		return r.person.Open(ctx, t, "")
	case form.Asking:
		if c.Answered != nil {
			return c.Answered(ctx, t, before)
		}
	}
	return nil
}

// forgotten says whether what was just typed comes so late that it may not be meant as an answer. A press is: its button
// shows what was asked.
func (r *Router) forgotten(t *Turn) bool {
	return t.In.Button == "" && !t.Last.IsZero() && t.Now.Sub(t.Last) > forgottenAfter
}
