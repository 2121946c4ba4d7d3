package handlers

import (
	"context"
	"fmt"
	"slices"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// moving lists what is not finished, here and in other chats of the same person, and brings drafts here.
func (r *Router) moving() *Conversation {
	return &Conversation{
		Name: "chuyen", Label: "Việc đang dở",
		Words: []string{"đang dở", "điền tiếp", "tiếp tục", "tiếp tục ở đây"},
		Open: func(ctx context.Context, t *Turn, argument string) error {
			switch {
			case t.In.Kind == bot.Errand:
				return r.deliver(ctx, t, argument)
			case argument == "":
				return r.listDrafts(ctx, t)
			}
			return r.askForDraft(ctx, t, argument)
		},
	}
}

func (r *Router) listDrafts(ctx context.Context, t *Turn) error {
	elsewhere, err := t.Store.DraftsElsewhere(ctx, t.In.From)
	if err != nil {
		return err
	}
	buttons := []bot.Button{}
	for _, c := range r.list {
		if _, aside := t.Session.Aside[c.Name]; aside && c.Form != nil && r.may(ctx, t, c) {
			buttons = append(buttons, bot.Button{Label: "Điền tiếp: " + c.Form.Title, Data: c.Button(""), Row: true})
		}
	}
	for _, d := range elsewhere {
		if title, ok := r.movable(d.Conversation); ok && r.may(ctx, t, r.byName[d.Conversation]) {
			buttons = append(buttons, bot.Button{Label: "Tiếp tục ở đây: " + title, Data: "chuyen:" + d.ID, Row: true})
		}
	}
	if len(buttons) == 0 {
		t.Say(bot.Outgoing{Text: t.Address("Bạn không có việc nào khác đang dở. Gõ “menu” để xem các việc mình giúp được.")})
		return nil
	}
	t.Say(bot.Outgoing{Text: t.Address("Bạn đang dở các việc sau. “Tiếp tục ở đây” chuyển việc từ cuộc trò chuyện kia sang đây."), Buttons: buttons})
	return nil
}

// movable gives the title of a conversation's form; ok is false where there is nothing to go on with elsewhere.
func (r *Router) movable(conversation string) (title string, ok bool) {
	c, known := r.byName[conversation]
	if !known || c.Form == nil || c.Form.Single {
		return "", false
	}
	return c.Form.Title, true
}

// askForDraft sends for a draft, unless there is one of the same form here.
func (r *Router) askForDraft(ctx context.Context, t *Turn, draft string) error {
	elsewhere, err := t.Store.DraftsElsewhere(ctx, t.In.From)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(elsewhere, func(d storage.Draft) bool { return d.ID == draft })
	if i < 0 {
		t.Say(notThereAnyMore())
		return nil
	}
	d := elsewhere[i]
	title, _ := r.movable(d.Conversation)
	if draftHere(t.Session, d.Conversation) != nil {
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Ở đây bạn cũng đang điền “%s”. Bạn gửi hoặc hủy phần này trước, rồi gõ “việc đang dở”.", title)})
		return nil
	}
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		return send(ctx, tx, t, d.Owner, parcelAsked, parcel{Draft: draft, To: t.In.From})
	})
	t.Say(bot.Outgoing{Text: "Mình đang chuyển “" + title + "” sang đây, bạn chờ vài giây."})
	return nil
}
