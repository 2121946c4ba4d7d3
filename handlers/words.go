package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
)

// named finds the conversation that a text asks for by its command, label or words. While a form is in hand or a
// conversation listens, only commands and the words that are heard anywhere count: any other text may be meant for it.
func (r *Router) named(ctx context.Context, t *Turn) (*Conversation, bool) {
	if t.In.Kind != bot.Message || t.In.Edited || t.In.Text == "" {
		return nil, false
	}
	command, isCommand := strings.CutPrefix(strings.TrimSpace(t.In.Text), "/")
	text := viet.Fold(t.In.Text)
	c, ok := r.byPhrase[text]
	if isCommand && r.byName[viet.Fold(command)] != nil {
		c, ok = r.byName[viet.Fold(command)], true
	}
	free := r.inHand(t) == nil && r.listening(ctx, t) == nil
	heard := isCommand || free || ok && c.hears(text)
	if !ok || !heard || !r.may(ctx, t, c) {
		return nil, false
	}
	return c, true
}

// phrases are all words for a conversation, as people type them.
func (c *Conversation) phrases() []string {
	return slices.DeleteFunc(slices.Concat([]string{c.Label}, c.Words, c.Always), func(s string) bool { return s == "" })
}

// hears reports whether the folded text means the conversation also while a form waits for a text.
func (c *Conversation) hears(text string) bool {
	return slices.ContainsFunc(c.Always, func(s string) bool { return viet.Fold(s) == text })
}

// chat answers what is neither a command nor an answer.
func (r *Router) chat(ctx context.Context, t *Turn) error {
	switch n, err := strconv.Atoi(strings.TrimRight(strings.TrimSpace(t.In.Text), ".")); {
	case t.In.Edited:
		t.Say(bot.Outgoing{Text: t.Address("Mình không đọc lại được tin đã sửa. Bạn gửi tin mới giúp mình nhé.")})
	case err == nil && n >= 1 && n <= len(t.Session.Shown):
		return r.press(ctx, t, t.Session.Shown[n-1].Data)
	case t.In.Group != "" && t.In.Group == t.Session.Group: // the album has had its answer
	case len(t.In.Files) > 0 || t.In.Contact || t.In.Kind == bot.Unsupported:
		return r.stray(ctx, t)
	default:
		return r.unclear(ctx, t)
	}
	return nil
}

// stray answers what is no text: files go to the first conversation that has a use for them.
func (r *Router) stray(ctx context.Context, t *Turn) error {
	t.Session.Group = t.In.Group
	for _, c := range r.list {
		if len(t.In.Files) == 0 || c.Files == nil || !r.may(ctx, t, c) {
			continue
		}
		if taken, err := c.Files(ctx, t); taken || err != nil {
			return err
		}
	}
	t.Say(r.menu(ctx, t, t.Address("Mình chưa dùng được tin loại này. Bạn chọn việc cần làm nhé:")))
	return nil
}

// unclear answers a text that is no word of ours.
func (r *Router) unclear(ctx context.Context, t *Turn) error {
	if c, argument := r.meant(ctx, t); c != nil {
		return r.open(ctx, t, c, argument)
	}
	if r.forgotten(t) && len(t.Session.Aside) > 0 {
		t.Say(bot.Outgoing{Text: t.Address("Chào bạn trở lại. Những gì bạn đã điền vẫn còn.")})
		return r.listDrafts(ctx, t)
	}
	if form.Moves(t.In.Text) {
		t.Say(r.menu(ctx, t, t.Address("Hiện không có câu hỏi nào đang chờ bạn trả lời. Bạn cần làm gì?")))
		return nil
	}
	if data, ok := t.begun(); ok {
		return r.press(ctx, t, data)
	}
	if courteous(t) {
		return nil
	}
	t.Say(r.guess(ctx, t))
	return nil
}

// meant is the conversation to which the text means something, see Conversation.Typed; nil for none.
func (r *Router) meant(ctx context.Context, t *Turn) (c *Conversation, argument string) {
	for _, c := range r.list {
		if c.Typed == nil || !r.may(ctx, t, c) {
			continue
		}
		if argument, ok := c.Typed(t.In.Text); ok {
			return c, argument
		}
	}
	return nil, ""
}

// labelled is the shown button whose label was typed.
func (t *Turn) labelled() (data string, ok bool) {
	if t.In.Kind != bot.Message || t.In.Edited || len(t.In.Files) > 0 {
		return "", false
	}
	text := viet.Fold(t.In.Text)
	for _, b := range t.Session.Shown {
		if viet.Fold(b.Label) == text {
			return b.Data, true
		}
	}
	return "", false
}

// shortestBegun is how many letters name a button that has more: with fewer, too much else may be meant.
const shortestBegun = 3

// begun is the only shown button whose label begins with the words that were typed: "duyệt" for "Duyệt gửi", "ok" for "Có, báo
// cho tôi".
func (t *Turn) begun() (data string, ok bool) {
	text, found := viet.Fold(t.In.Text), []string{}
	yes, err := viet.YesNo(text)
	switch {
	case err == nil && yes:
		text = "co"
	case err == nil:
		text = "khong"
	case len(text) < shortestBegun:
		return "", false
	}
	for _, b := range t.Session.Shown {
		if strings.HasPrefix(viet.Fold(b.Label), text+" ") {
			found = append(found, b.Data)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// numbered is the shown button whose number is typed while a conversation listens, where the channel showed numbers. Elsewhere a
// number is something said.
func (t *Turn) numbered() (data string, ok bool) {
	n, err := strconv.Atoi(strings.TrimSpace(t.In.Text))
	if err != nil || n < 1 || n > len(t.Session.Shown) || len(t.Session.Shown) <= t.Can.ButtonLimit {
		return "", false
	}
	return t.Session.Shown[n-1].Data, true
}
