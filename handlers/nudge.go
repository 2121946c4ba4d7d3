package handlers

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// nudge reminds somebody of a form left unfinished, in the chat that has it: an errand of the scheduler's. Whether there is
// something to remind of is seen here, at the moment of saying it.
func (r *Router) nudge() *Conversation {
	return &Conversation{
		Name: strings.TrimSuffix(storage.NudgeErrand, ":"),
		Open: func(ctx context.Context, t *Turn, argument string) error {
			if t.In.Kind != bot.Errand {
				return r.listDrafts(ctx, t)
			}
			c := r.draftsForm(t.Session, argument)
			if c == nil || !r.may(ctx, t, c) || t.Now.Sub(t.Last) < forgottenAfter || !storage.Daytime.Open(t.Now) {
				return nil // sent, cancelled or gone on with meanwhile, no longer theirs, or too late for today
			}
			if t.Session.Form != nil {
				r.putAside(t)
			}
			t.Say(bot.Outgoing{
				Text:    t.Address("Bạn đang điền dở “" + c.Form.Title + "”. Những gì đã điền vẫn còn; khi tiện, bạn điền tiếp nhé. Không muốn nữa thì bạn cứ bỏ qua tin này."),
				Buttons: []bot.Button{{Label: "Điền tiếp", Data: c.Button(""), Row: true}},
			})
			return nil
		},
	}
}

// draftsForm is the conversation whose form the draft in this chat is of; nil when there is no such draft any more.
func (r *Router) draftsForm(s *storage.Session, draft string) *Conversation {
	for _, c := range r.list {
		if p := draftHere(s, c.Name); c.Form != nil && p != nil && p.Draft == draft {
			return c
		}
	}
	return nil
}
