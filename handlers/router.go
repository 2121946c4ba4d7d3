package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Router finds out what a person means and which conversation answers.
type Router struct {
	list   []*Conversation
	byName map[string]*Conversation
	person *Conversation
}

// NewRouter routes to the conversations listed, which menus show in this order, and to those that everyone shares.
func NewRouter(contact string, list ...*Conversation) *Router {
	r := &Router{byName: map[string]*Conversation{}, person: person(contact)}
	r.list = append(list, r.person, r.help(), r.home(), r.invitation())
	for _, c := range r.list {
		r.byName[c.Name] = c
	}
	return r
}

// Conversations lists all of them.
func (r *Router) Conversations() []*Conversation { return r.list }

// Decide makes one turn.
func (r *Router) Decide(ctx context.Context, t *Turn) error {
	switch {
	case t.In.Kind == bot.Joined || t.In.Kind == bot.Left:
		r.presence(t)
		return nil
	case t.In.Start != "":
		return r.start(ctx, t)
	case t.In.Button != "":
		return r.press(ctx, t, t.In.Button)
	}
	if c, ok := r.named(ctx, t); ok {
		return r.open(ctx, t, c, "")
	}
	if c := r.inHand(t); c != nil {
		return r.answer(ctx, t, c)
	}
	return r.chat(ctx, t)
}

// presence remembers whether the person can be reached here.
func (r *Router) presence(t *Turn) {
	reachable := t.In.Kind == bot.Joined
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		return storage.SetReachable(ctx, tx, t.In.From, reachable)
	})
}

// start follows a deep link: the name of a conversation, or an invitation's code.
func (r *Router) start(ctx context.Context, t *Turn) error {
	if c, ok := r.byName[strings.ToLower(t.In.Start)]; ok && r.may(ctx, t, c) {
		return r.open(ctx, t, c, "")
	}
	if looksLikeCode(t.In.Start) {
		return r.byName["loimoi"].Open(ctx, t, t.In.Start)
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
	t.Say(bot.Outgoing{Text: "Nút này thuộc phần trước, nay không còn dùng."})
	if c := r.inHand(t); c != nil {
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
		return nil
	}
	t.Say(r.menu(ctx, t, ""))
	return nil
}

func (r *Router) open(ctx context.Context, t *Turn, c *Conversation, argument string) error {
	if c.Form != nil {
		r.openForm(t, c)
		return nil
	}
	if err := c.Open(ctx, t, argument); err != nil {
		return err
	}
	if form := r.inHand(t); form != nil && c.Anywhere {
		t.Say(form.Form.Show(t.Session.Form, t.Who())...) // back to the question that was interrupted
	}
	return nil
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

// named finds the conversation that a text asks for by its command, label or words. While a form is in hand, only
// commands and the words that are heard anywhere count: any other text may be an answer.
func (r *Router) named(ctx context.Context, t *Turn) (*Conversation, bool) {
	if t.In.Kind != bot.Message || t.In.Edited || t.In.Text == "" {
		return nil, false
	}
	command, isCommand := strings.CutPrefix(strings.TrimSpace(t.In.Text), "/")
	text := viet.Fold(t.In.Text)
	busy := r.inHand(t) != nil
	for _, c := range r.list {
		hit := isCommand && viet.Fold(command) == c.Name || (!busy || c.Anywhere || isCommand) && c.answersTo(text)
		if hit && r.may(ctx, t, c) {
			return c, true
		}
	}
	return nil, false
}

func (c *Conversation) answersTo(folded string) bool {
	if folded == "" {
		return false
	}
	return c.Label != "" && viet.Fold(c.Label) == folded ||
		slices.ContainsFunc(c.Words, func(w string) bool { return viet.Fold(w) == folded })
}

// may says whether the conversation exists for this person. It decides what is shown; each action checks again when it acts.
func (r *Router) may(ctx context.Context, t *Turn, c *Conversation) bool {
	if c.Role == "" {
		return true
	}
	if !t.Session.Official {
		return false
	}
	roles, err := t.Store.RolesAt(ctx, t.In.From)
	return err == nil && slices.ContainsFunc(roles, func(has storage.Role) bool { return has.Includes(c.Role) })
}

// chat answers what is neither a command nor an answer.
func (r *Router) chat(ctx context.Context, t *Turn) error {
	switch n, err := strconv.Atoi(strings.TrimRight(strings.TrimSpace(t.In.Text), ".")); {
	case t.In.Edited:
		t.Say(bot.Outgoing{Text: "Mình không đọc lại được tin đã sửa. Bạn gửi tin mới giúp mình nhé."})
	case err == nil && n >= 1 && n <= len(t.Session.Shown):
		return r.press(ctx, t, t.Session.Shown[n-1].Data)
	case t.In.Group != "" && t.In.Group == t.Session.Group: // the album has had its answer
	case len(t.In.Files) > 0 || t.In.Contact || t.In.Kind == bot.Unsupported:
		t.Session.Group = t.In.Group
		t.Say(r.menu(ctx, t, "Mình đã thấy tin của bạn, nhưng lúc này chưa dùng đến nội dung đó. Bạn chọn việc cần làm nhé:"))
	case looksLikeCode(t.In.Text):
		return r.byName["loimoi"].Open(ctx, t, t.In.Text)
	default:
		return r.labelled(ctx, t)
	}
	return nil
}

// labelled presses the shown button that the text names, or guesses.
func (r *Router) labelled(ctx context.Context, t *Turn) error {
	text := viet.Fold(t.In.Text)
	for _, b := range t.Session.Shown {
		if viet.Fold(b.Label) == text {
			return r.press(ctx, t, b.Data)
		}
	}
	t.Say(r.guess(ctx, t))
	return nil
}
