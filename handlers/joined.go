package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// TellOfRoles lets all chats of a person with a role know that they are an official's.
func (t *Turn) TellOfRoles(ctx context.Context, tx *storage.Tx) error {
	official, err := isOfficial(ctx, tx, t)
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

// isOfficial reports whether who writes has any role.
func isOfficial(ctx context.Context, tx *storage.Tx, t *Turn) (bool, error) {
	for _, least := range []storage.Role{storage.Staff, storage.Officer} { // all others include the first
		if ok, err := storage.MayAct(ctx, tx, t.In.From, least, t.Now); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
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
