package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// inviteSomebody makes a code for the role, or asks for which one.
func inviteSomebody(ctx context.Context, tx *storage.Tx, t *handlers.Turn, role storage.Role) error {
	if !role.Valid() {
		m := bot.Outgoing{Text: "Anh/chị mời người vào vai trò nào? Cán bộ xét hồ sơ và soạn thông báo; người duyệt còn duyệt việc cán bộ trình; quản trị còn phân quyền và xem nhật ký."}
		for _, r := range []storage.Role{storage.Staff, storage.Approver, storage.Admin} {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Mời " + handlers.RoleName(r), Data: "vaitro:" + invite + ":" + string(r), Row: true})
		}
		t.Say(m)
		return nil
	}
	expires := t.Now.Add(storage.InviteFor)
	code, err := storage.NewCode(ctx, tx, storage.InviteCode, string(role), t.Now, expires)
	if err != nil {
		return err
	}
	t.Say(t.CodeCard(fmt.Sprintf("Mã mời vào vai trò %s, dùng một lần, đến %s. Anh/chị gửi riêng cho người nhận; người nhận gửi mã này cho bot, hoặc mở liên kết.",
		handlers.RoleName(role), viet.ShowMoment(expires)), code))
	return storage.AddAudit(ctx, tx, t.In.From, "invite", string(role), t.Now)
}

func confirmRevoke(t *handlers.Turn, held []storage.RoleHolder, role storage.Role) error {
	i := slices.IndexFunc(held, func(h storage.RoleHolder) bool { return h.Role == role })
	if i < 0 {
		t.Say(noSuchRole())
		return nil
	}
	h := held[i]
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Bỏ vai trò %s của %s? Người này được báo, và từ lúc đó không làm được việc của vai trò này nữa.", handlers.RoleName(role), called(h.Name)),
		Buttons: []bot.Button{
			{Label: "Bỏ vai trò", Data: personButton(revoke, h) + ":" + string(role), Row: true},
			{Label: "Giữ lại", Data: personButton(openPerson, h), Row: true},
		},
	})
	return nil
}

func noSuchRole() bot.Outgoing {
	return bot.Outgoing{Text: "Người này không có vai trò đó nữa. Anh/chị gõ “vai trò” để xem danh sách."}
}

func revokeRole(ctx context.Context, tx *storage.Tx, t *handlers.Turn, h storage.RoleHolder, role storage.Role) error {
	switch ok, err := storage.RevokeRole(ctx, tx, h.Person, role); {
	case errors.Is(err, storage.ErrLastAdmin):
		t.Say(bot.Outgoing{Text: "Đây là quản trị duy nhất, nên không bỏ được: sẽ không còn ai phân quyền. Anh/chị mời thêm một quản trị trước.",
			Buttons: []bot.Button{{Label: "Mời quản trị", Data: "vaitro:" + invite + ":" + string(storage.Admin), Row: true}}})
		return nil
	case err != nil:
		return err
	case !ok:
		t.Say(noSuchRole())
		return nil
	}
	t.Say(bot.Outgoing{
		Text:    fmt.Sprintf("Đã bỏ vai trò %s của %s.", handlers.RoleName(role), called(h.Name)),
		Buttons: []bot.Button{{Label: "Về danh sách", Data: "vaitro:", Row: true}},
	})
	if err := storage.AddAudit(ctx, tx, t.In.From, "revoke-"+string(role), storage.PersonSubject(h.Person), t.Now); err != nil {
		return err
	}
	return tellOther(ctx, tx, t, h.Person, "role-removed", bot.Outgoing{
		Text: "Vai trò " + handlers.RoleName(role) + " của anh/chị tại Sở Khoa học và Công nghệ đã được quản trị bỏ. Nếu chưa rõ vì sao, anh/chị nhắn “gặp cán bộ”.",
	})
}

func clearPIN(ctx context.Context, tx *storage.Tx, t *handlers.Turn, h storage.RoleHolder) error {
	ok, err := storage.ResetPIN(ctx, tx, h.Person)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: called(h.Name) + " chưa đặt mã PIN, nên không có gì để xóa. Anh/chị gõ “vai trò” để xem danh sách."})
		return nil
	}
	t.Say(bot.Outgoing{Text: "Đã xóa mã PIN của " + called(h.Name) + ". Người này đặt mã mới trước khi duyệt. Anh/chị gõ “vai trò” để xem danh sách."})
	if err := storage.AddAudit(ctx, tx, t.In.From, "reset-pin", storage.PersonSubject(h.Person), t.Now); err != nil {
		return err
	}
	return tellOther(ctx, tx, t, h.Person, "pin-reset", bot.Outgoing{
		Text:    "Quản trị đã xóa mã PIN duyệt của anh/chị. Anh/chị đặt mã mới trước khi duyệt. Nếu anh/chị không nhờ việc này, anh/chị nhắn “gặp cán bộ”.",
		Buttons: []bot.Button{{Label: "Đặt mã PIN", Data: "mapin:", Row: true}},
	})
}

// tellOther tells a person what was done to them, unless they did it themselves.
func tellOther(ctx context.Context, tx *storage.Tx, t *handlers.Turn, person int64, what string, m bot.Outgoing) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil || me == person {
		return err
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("%s/%d", what, t.Now.UnixMilli()), Person: person, Message: m, Queue: storage.QueueNotices,
	}, t.Now)
}

func askForName(t *handlers.Turn, h storage.RoleHolder) error {
	t.PutAside()
	t.Session.Name, t.Session.Memo = "vaitro", map[string]string{memoPerson: strconv.FormatInt(h.Person, 10)}
	t.Say(bot.Outgoing{Text: "Anh/chị gõ họ và tên của " + called(h.Name) + ", hoặc gõ “hủy”."})
	return nil
}

// keepName takes what is typed as the name asked for.
func keepName(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	id, _ := strconv.ParseInt(t.Session.Memo[memoPerson], 10, 64) // not a number: nobody
	name, problem := viet.Name(t.In.Text)
	switch {
	case viet.Fold(t.In.Text) == "huy":
		t.Session.Drop()
		return listHolders(ctx, tx, t, 0)
	case problem != nil:
		t.Say(bot.Outgoing{Text: problem.Error() + " Muốn thôi, anh/chị gõ “hủy”."})
		return nil //nolint:nilerr // the person was told what is wrong with the name
	}
	t.Session.Drop()
	if err := storage.RenamePerson(ctx, tx, id, name); err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "name-person", storage.PersonSubject(id), t.Now); err != nil {
		return err
	}
	return manageRoles(ctx, tx, t, openPerson+":"+strconv.FormatInt(id, 10))
}
