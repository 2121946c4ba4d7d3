package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// RoleName is what a role is called.
func RoleName(role storage.Role) string {
	switch role {
	case storage.Staff:
		return "cán bộ"
	case storage.Approver:
		return "người duyệt"
	case storage.Admin:
		return "quản trị"
	}
	return string(role)
}

// invitation gives the role that a code stands for. It has no label: only the code leads to it.
func (r *Router) invitation() *Conversation {
	return &Conversation{
		Name: "loimoi", Code: storage.InviteCode,
		Open: func(_ context.Context, t *Turn, _ string) error {
			t.Say(bot.Outgoing{Text: "Anh/chị gõ mã mời đã nhận, hoặc mở liên kết có mã đó."})
			return nil
		},
		Follow: func(_ context.Context, t *Turn, code storage.Code) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return accept(ctx, tx, t, code) })
			return nil
		},
	}
}

func accept(ctx context.Context, tx *storage.Tx, t *Turn, code storage.Code) error {
	_, ok, err := storage.UseCode(ctx, tx, storage.InviteCode, code.Key, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(WrongCode())
		return nil
	}
	person, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if err := storage.NamePerson(ctx, tx, person, t.In.Name); err != nil {
		return err
	}
	role := storage.Role(code.Data)
	t.Say(bot.Outgoing{Text: "Anh/chị đã nhận vai trò " + RoleName(role) + " của Sở Khoa học và Công nghệ. Gõ “menu” để xem các việc dành cho anh/chị."})
	if err := storage.GrantRole(ctx, tx, person, role, t.Now); err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "join", string(role), t.Now); err != nil {
		return err
	}
	return t.TellOfRoles(ctx, tx)
}
