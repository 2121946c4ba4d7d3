package handlers

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

var roleNames = map[storage.Role]string{storage.Staff: "cán bộ", storage.Approver: "người duyệt", storage.Admin: "quản trị"}

// looksLikeCode tells a bare invitation code from words: as long as one, and only its characters.
func looksLikeCode(text string) bool {
	text = strings.ToUpper(strings.TrimSpace(text))
	return len(text) == storage.InvitationLength && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// invitation gives the role that a one-time code stands for. It has no label: it is reached by a link or the bare code.
func (r *Router) invitation() *Conversation {
	return &Conversation{
		Name: "loimoi",
		Open: func(_ context.Context, t *Turn, code string) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return r.redeem(ctx, tx, t, strings.TrimSpace(code)) })
			return nil
		},
	}
}

func (r *Router) redeem(ctx context.Context, tx *storage.Tx, t *Turn, code string) error {
	role, ok, err := storage.RedeemInvitation(ctx, tx, code, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Mã này không đúng, đã được dùng hoặc đã hết hạn. Anh/chị xin mã mới từ người đã gửi mã, hoặc gõ \"menu\"."})
		return nil
	}
	t.Session.Official = true
	t.Say(bot.Outgoing{Text: "Anh/chị đã nhận vai trò " + roleNames[role] + " của Sở Khoa học và Công nghệ. Gõ \"menu\" để xem các việc dành cho anh/chị."})
	return storage.AddAudit(ctx, tx, t.In.From, "join", string(role), t.Now)
}
