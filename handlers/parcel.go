package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// parcel is a draft on its way from the chat that has it to another chat of the same person. It is asked for by one
// errand and brought by another. The owner gives it away once, in the transaction that makes the second errand: so it is
// in one place at any time, and of several chats that ask for it, one gets it.
type parcel struct {
	Draft        string        `json:"draft"`
	To           bot.Address   `json:"to"`
	Conversation string        `json:"conversation,omitempty"`
	Progress     form.Progress `json:"progress,omitzero"` // empty: the owner does not have it any more
}

// The errands of a parcel.
const (
	parcelAsked = "hoi"
	parcelSent  = "gui"
)

func send(ctx context.Context, tx *storage.Tx, t *Turn, to bot.Address, verb string, p parcel) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode parcel: %w", err)
	}
	return storage.AddErrand(ctx, tx, to, "chuyen:"+verb+":"+string(body), t.Now)
}

// deliver runs the errands of a parcel.
func (r *Router) deliver(_ context.Context, t *Turn, argument string) error {
	verb, body, _ := strings.Cut(argument, ":")
	p := parcel{}
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		return fmt.Errorf("decode parcel: %w", err)
	}
	if verb == parcelAsked {
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return r.giveAway(ctx, tx, t, p) })
	} else {
		r.install(t, p)
	}
	return nil
}

// giveAway takes the draft out of this chat, if it is still here and who asks is the same person.
func (r *Router) giveAway(ctx context.Context, tx *storage.Tx, t *Turn, p parcel) error {
	others, err := storage.OtherAddresses(ctx, tx, t.In.From)
	if err != nil || !slices.Contains(others, p.To) {
		return err
	}
	for name := range r.byName {
		own := draftHere(t.Session, name)
		if title, ok := r.movable(name); ok && own != nil && own.Draft == p.Draft {
			p.Conversation, p.Progress = name, *own
			forget(t.Session, name)
			t.Say(bot.Outgoing{Text: "Phần “" + title + "” đã được chuyển sang cuộc trò chuyện khác của bạn. Gõ “menu” để xem các việc khác."})
			break
		}
	}
	return send(ctx, tx, t, p.To, parcelSent, p)
}

// install goes on here with the draft that came. Should the person have begun the same form here in the second that it
// took, the fuller one stays.
func (r *Router) install(t *Turn, p parcel) {
	own := draftHere(t.Session, p.Conversation)
	title, ok := r.movable(p.Conversation)
	switch {
	case !ok && !r.has(t.Session, p.Draft):
		t.Say(notThereAnyMore())
	case !ok || own != nil && len(own.Answers) > len(p.Progress.Answers):
	default:
		forget(t.Session, p.Conversation)
		r.putAside(t)
		t.Session.Name, t.Session.Form = p.Conversation, &p.Progress
		t.Say(bot.Outgoing{Text: "Đã chuyển “" + title + "” sang đây. Mình hỏi tiếp nhé."})
	}
}
