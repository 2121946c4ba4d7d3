package handlers

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Router finds out what a person means and which conversation answers.
type Router struct {
	list     []*Conversation
	byName   map[string]*Conversation
	byPhrase map[string]*Conversation // folded
	person   *Conversation
}

// NewRouter routes to the conversations listed, which menus show in this order, and to those that everyone shares.
func NewRouter(contact string, list ...*Conversation) *Router {
	r := &Router{byName: map[string]*Conversation{}, byPhrase: map[string]*Conversation{}}
	r.person = r.talkToPerson(contact)
	r.list = append(list, r.moving(), r.joining(), r.person, r.help(), r.home(contact), r.invitation(), r.nudge())
	for _, c := range r.list {
		r.byName[c.Name] = c
		for _, phrase := range c.phrases() {
			r.byPhrase[viet.Fold(phrase)] = c
		}
	}
	return r
}

// Conversations lists all of them.
func (r *Router) Conversations() []*Conversation { return r.list }

// Decide makes one turn.
func (r *Router) Decide(ctx context.Context, t *Turn) error {
	r.back(t)
	r.withdraw(ctx, t)
	if done, err := r.showCards(ctx, t); done || err != nil {
		return err
	}
	return r.route(ctx, t)
}

// route finds who answers.
func (r *Router) route(ctx context.Context, t *Turn) error {
	switch {
	case t.In.Kind == bot.Joined || t.In.Kind == bot.Left:
		return r.presence(ctx, t)
	case t.In.Kind == bot.HumanTookOver:
		r.tookOver(t)
		return nil
	case t.In.Kind == bot.Errand:
		return r.errand(ctx, t)
	case t.In.Profile != nil:
		return r.profile(ctx, t, *t.In.Profile)
	}
	return r.said(ctx, t)
}

// said finds who answers what the person typed, pressed or sent.
func (r *Router) said(ctx context.Context, t *Turn) error {
	switch {
	case t.In.Start != "":
		return r.start(ctx, t)
	case t.In.Button != "":
		return r.press(ctx, t, t.In.Button)
	case r.comesLate(ctx, t):
		r.tooLate(ctx, t)
		return nil
	case t.In.Kind == bot.Message && isCode(t.In.Text):
		return r.code(ctx, t, t.In.Text)
	}
	if data, ok := t.labelled(); ok && r.inHand(t) == nil { // before words: another conversation may have the same
		return r.press(ctx, t, data)
	}
	if c, ok := r.named(ctx, t); ok {
		return r.open(ctx, t, c, "")
	}
	if c := r.inHand(t); c != nil {
		return r.answer(ctx, t, c)
	}
	if c := r.listening(ctx, t); c != nil {
		if data, ok := t.numbered(); ok {
			return r.press(ctx, t, data)
		}
		return c.Listen(ctx, t)
	}
	return r.chat(ctx, t)
}

// listening is the conversation without a form that takes whatever the person sends; nil when there is none.
func (r *Router) listening(ctx context.Context, t *Turn) *Conversation {
	c, ok := r.byName[t.Session.Name]
	if !ok || c.Listen == nil || t.Session.Form != nil || !r.may(ctx, t, c) {
		return nil
	}
	return c
}

// errand does what a turn at another address asked for.
func (r *Router) errand(ctx context.Context, t *Turn) error {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return storage.FinishErrand(ctx, tx, t.In.ID) })
	if t.In.Button == storage.AwayErrand {
		t.Session.Away = true
		return nil
	}
	if noteCard(t) {
		return nil
	}
	name, argument, _ := strings.Cut(t.In.Button, ":")
	if c, ok := r.byName[name]; ok {
		return r.open(ctx, t, c, argument)
	}
	return nil // of a conversation that is no more
}

// start follows a deep link: the name of a conversation, alone or with an argument as in "sukien-SK-2026-0001", or an
// invitation's code.
func (r *Router) start(ctx context.Context, t *Turn) error {
	name, argument, _ := strings.Cut(t.In.Start, "-")
	if c, ok := r.byName[strings.ToLower(name)]; ok && r.may(ctx, t, c) {
		return r.open(ctx, t, c, argument)
	}
	if isCode(t.In.Start) {
		return r.code(ctx, t, t.In.Start)
	}
	return r.open(ctx, t, r.byName["menu"], "")
}

// press follows a button of ours: a form's, or "conversation:argument". One that leads nowhere any more shows where
// the person is now.
func (r *Router) press(ctx context.Context, t *Turn, data string) error {
	if _, ok := form.Owns(data); ok {
		if c := r.inHand(t); c != nil {
			return r.answer(ctx, t, c) // of another draft, too: the form says so and shows the present question
		}
		return r.lost(ctx, t)
	}
	name, argument, _ := strings.Cut(data, ":")
	if c, ok := r.byName[name]; ok && r.may(ctx, t, c) {
		return r.open(ctx, t, c, argument)
	}
	return r.lost(ctx, t)
}

func (r *Router) lost(ctx context.Context, t *Turn) error {
	t.Say(bot.Outgoing{Text: t.Address("Nút này thuộc phần đã xong, nay không dùng được nữa. Hồ sơ đã gửi vẫn còn, bạn xem ở “Hồ sơ của tôi”.")})
	if c := r.inHand(t); c != nil {
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
		return nil
	}
	t.Say(r.menu(ctx, t, ""))
	return nil
}

func (r *Router) open(ctx context.Context, t *Turn, c *Conversation, argument string) error {
	if left := r.listening(ctx, t); left != nil && left.Asks && left != c && t.In.Kind != bot.Errand {
		t.Session.Drop()
	}
	if c.Open == nil {
		r.openForm(t, c)
		return nil
	}
	if err := c.Open(ctx, t, argument); err != nil {
		return err
	}
	r.resume(t)
	return nil
}

// resume goes back to the question that was interrupted, after everything else that this turn says.
func (r *Router) resume(t *Turn) {
	show := func() {
		interrupted := t.In.Kind != bot.Errand || len(t.replies) > 0 // most errands pass unseen
		if c := r.inHand(t); c != nil && interrupted {
			t.Say(c.Form.Show(t.Session.Form, t.Who())...)
		}
	}
	if t.effect == nil {
		show()
		return
	}
	t.Keep(func(context.Context, *storage.Tx) error { show(); return nil })
}

// inHand is the conversation whose form is being filled in; nil when there is none, or no longer such a form.
func (r *Router) inHand(t *Turn) *Conversation {
	if t.Session.Form == nil {
		return nil
	}
	if c, ok := r.byName[t.Session.Name]; ok && c.Form != nil {
		return c
	}
	t.Session.Drop()
	return nil
}

// withdraw puts a form in hand aside that its person has no role for any more.
func (r *Router) withdraw(ctx context.Context, t *Turn) {
	if c := r.inHand(t); c != nil && !r.may(ctx, t, c) {
		r.putAside(t)
	}
}

// may says whether the conversation exists for this person. It decides what is shown; each action checks again when it acts.
func (r *Router) may(ctx context.Context, t *Turn, c *Conversation) bool {
	if c.Role == "" {
		return true
	}
	if !t.Session.Official {
		return false
	}
	return slices.ContainsFunc(t.rolesNow(ctx), func(has storage.Role) bool { return has.Includes(c.Role) })
}
