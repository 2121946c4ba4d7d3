package handlers

import (
	"context"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
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
			p = form.Progress{Draft: newDraft()}
		}
		delete(s.Aside, c.Name)
		s.Name, s.Form = c.Name, &p
	}
	t.Say(c.Form.Show(s.Form, t.Who())...)
}

func newDraft() string { return strings.ToLower(storage.NewSecret(10)) }

// PutAside keeps what is in hand for later.
func (t *Turn) PutAside() { t.router.putAside(t) }

// MakeWay puts the form in hand aside for a question of another conversation, where there are no buttons: a number typed next
// would answer the form. It gives a line that says how to come back to the form; "" when nothing was put aside.
func (t *Turn) MakeWay() (how string) {
	if t.Can.ButtonLimit > 0 {
		return ""
	}
	title := t.router.putAside(t)
	if title == "" {
		return ""
	}
	return "\n" + t.Address("Phần “"+title+"” đang điền vẫn còn; khi muốn điền tiếp, bạn gõ “"+title+"”.")
}

// Resume takes the form of a conversation up where the person left it; it is shown at the end of this turn. It returns
// false when there is nothing to resume.
func (t *Turn) Resume(conversation string) bool {
	s := t.Session
	if s.Form != nil && s.Name == conversation {
		return true
	}
	p, ok := s.Aside[conversation]
	if ok {
		t.PutAside()
		delete(s.Aside, conversation)
		s.Name, s.Form = conversation, &p
	}
	return ok
}

// Begin puts what is in hand aside and starts the form of a conversation anew, with answers that are known; it is shown at
// the end of this turn.
func (t *Turn) Begin(conversation string, known form.Answers) {
	t.PutAside()
	delete(t.Session.Aside, conversation)
	t.Session.Name, t.Session.Form = conversation, &form.Progress{Draft: newDraft(), Answers: known}
}

// AskAgain asks one question of a form that was filled in once more, and says why.
func (t *Turn) AskAgain(f *form.Form, filled form.Progress, key, problem string) {
	filled.Back = key
	t.Session.Form = &filled
	t.Say(bot.Outgoing{Text: problem})
	t.Say(f.Show(t.Session.Form, t.Who())...)
}

// putAside keeps the form in hand, if there is one, for later, and returns its title; "" for none, and for a single
// question: it is let go, as its answers are kept one by one.
func (r *Router) putAside(t *Turn) (title string) {
	s := t.Session
	if c := r.inHand(t); c != nil && !c.Form.Single {
		if s.Aside == nil {
			s.Aside = map[string]form.Progress{}
		}
		s.Aside[s.Name], title = *s.Form, c.Form.Title
	}
	s.Drop()
	return title
}

// Rest brings the session of an idle dialog back to the menu: the form in hand is put aside.
func (r *Router) Rest(s *storage.Session) {
	r.putAside(&Turn{Session: s})
	s.Shown, s.Group = nil, ""
}

// answer gives what the person did to the form in hand.
func (r *Router) answer(ctx context.Context, t *Turn, c *Conversation) error {
	if wanted, err := r.takeFiles(ctx, t, c); !wanted || err != nil {
		return err
	}
	before := *t.Session.Form // its maps are replaced, never changed
	outcome, replies := c.Form.Answer(t.Session.Form, t.In, t.Who())
	t.Say(replies...)
	if c.Form.Single && r.forgotten(t) {
		outcome = form.Asking // and asked again before an answer is kept
	}
	switch outcome {
	case form.Submitted:
		return c.Submit(ctx, t, c.Form.Kept(*t.Session.Form))
	case form.PutAside:
		r.putAside(t)
	case form.Cancelled:
		t.Session.Drop()
		t.Say(r.menu(ctx, t, ""))
	case form.WantsPerson:
		return r.open(ctx, t, r.person, "") // and back to the question, at once or when the request is sent
	case form.Asking:
		return r.asking(ctx, t, c, before)
	}
	return nil
}

// asking has a second look at an answer that leaves the form in hand: it may come too late to be meant as one, or be no
// answer at all but the name of something else.
func (r *Router) asking(ctx context.Context, t *Turn, c *Conversation, before form.Progress) error {
	refused := t.Session.Form.Attempt.Fails > before.Attempt.Fails
	other, meant := r.byPhrase[viet.Fold(t.In.Text)]
	switch {
	case r.forgotten(t):
		r.takeBack(t, before)
		t.Say(bot.Outgoing{Text: t.Address("Chào bạn trở lại. Bạn đang điền dở “") + c.Form.Title + "”, những gì đã điền vẫn còn. Mình hỏi tiếp nhé."})
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
	case refused && meant && r.may(ctx, t, other):
		r.takeBack(t, before)
		return r.open(ctx, t, other, "")
	case c.Answered != nil:
		return c.Answered(ctx, t, before.Answers)
	}
	return nil
}

// takeBack leaves the form as it was before this turn.
func (r *Router) takeBack(t *Turn, before form.Progress) {
	*t.Session.Form = before
	t.Unsay()
}

// forgotten says whether what was just typed comes so late that the person may not remember the question. A press is meant:
// its button stands under what was asked.
func (r *Router) forgotten(t *Turn) bool {
	return t.In.Button == "" && !t.Last.IsZero() && t.Now.Sub(t.Last) > forgottenAfter
}
