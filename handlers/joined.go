package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// tellOfRoles lets all chats of a person with a role know that they are an official's.
func tellOfRoles(ctx context.Context, tx *storage.Tx, t *Turn) error {
	official, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now) // the least of all roles
	if err != nil || !official {
		return err
	}
	t.Session.Official = true
	others, err := storage.OtherAddresses(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	for _, a := range others {
		if err := storage.AddErrand(ctx, tx, a, "noi:quyen", t.Now); err != nil {
			return err
		}
	}
	return nil
}

// joinedFromElsewhere is what another chat lets this one know.
func joinedFromElsewhere(ctx context.Context, t *Turn, verb string) error {
	if verb == "quyen" {
		roles, err := t.Store.RolesAt(ctx, t.In.From, t.Now)
		t.Session.Official = t.Session.Official || len(roles) > 0
		return err
	}
	t.Say(bot.Outgoing{Text: "Cuộc trò chuyện này đã được nối với một cuộc trò chuyện khác của bạn. Nếu không phải bạn làm, bạn nhắn “gặp cán bộ” ngay nhé."})
	return nil
}
