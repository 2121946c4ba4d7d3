package admin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const rolesOnPage = 5

// What the buttons of Roles do, before a person's id or a role. A number alone is a page.
const (
	openPerson = "nguoi"
	askRevoke  = "hoi"
	revoke     = "bo"
	resetPIN   = "pin"
	askName    = "ten"
	invite     = "moi"
)

// memoPerson is whose name is asked for.
const memoPerson = "person"

// Roles has admins see who has which role, invite people, take roles away, and help with names and PINs.
func Roles() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "vaitro", Label: "Vai trò cán bộ", Role: storage.Admin, Menu: true,
		Words: []string{"vai trò", "phân quyền", "mời cán bộ", "thêm cán bộ", "bỏ vai trò"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			act(t, storage.Admin, func(ctx context.Context, tx *storage.Tx) error { return manageRoles(ctx, tx, t, argument) })
			return nil
		},
		Asks: true,
		Listen: func(_ context.Context, t *handlers.Turn) error {
			act(t, storage.Admin, func(ctx context.Context, tx *storage.Tx) error { return keepName(ctx, tx, t) })
			return nil
		},
	}
}

func manageRoles(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	verb, rest, _ := strings.Cut(argument, ":")
	if verb == invite {
		return inviteSomebody(ctx, tx, t, storage.Role(rest))
	}
	if !slices.Contains([]string{openPerson, askRevoke, revoke, resetPIN, askName}, verb) {
		page, _ := strconv.Atoi(verb) // not a number: the first page
		return listHolders(ctx, tx, t, max(page, 0))
	}
	number, role, _ := strings.Cut(rest, ":")
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: nobody
	held, err := storage.RolesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		t.Say(bot.Outgoing{Text: "Người này không còn vai trò nào. Anh/chị gõ “vai trò” để xem danh sách."})
		return nil
	}
	switch verb {
	case askRevoke:
		return confirmRevoke(t, held, storage.Role(role))
	case revoke:
		return revokeRole(ctx, tx, t, held[0], storage.Role(role))
	case resetPIN:
		return clearPIN(ctx, tx, t, held[0])
	case askName:
		return askForName(t, held[0])
	}
	return showHolder(ctx, tx, t, held)
}

func listHolders(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	found, err := storage.RoleHolders(ctx, tx, page*rolesOnPage, rolesOnPage+1)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: fmt.Sprintf("Ai có vai trò gì, trang %d", page+1)}, []string{}
	for _, h := range found[:min(len(found), rolesOnPage)] {
		lines = append(lines, called(h.Name)+" · "+roleLine(h, t))
		open := bot.Button{Label: "Mở " + called(h.Name), Data: personButton(openPerson, h), Row: true}
		if !slices.Contains(m.Buttons, open) {
			m.Buttons = append(m.Buttons, open)
		}
	}
	if len(found) > rolesOnPage {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: "vaitro:" + strconv.Itoa(page+1), Row: true})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Mời người mới", Data: "vaitro:" + invite, Row: true})
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-roles", "page "+strconv.Itoa(page+1), t.Now)
}

func roleLine(h storage.RoleHolder, t *handlers.Turn) string {
	return handlers.RoleName(h.Role) + " · từ " + time.UnixMilli(h.Since).In(t.Now.Location()).Format("02/01/2006")
}

func personButton(verb string, h storage.RoleHolder) string {
	return fmt.Sprintf("vaitro:%s:%d", verb, h.Person)
}

// showHolder opens a person: held are all roles of theirs.
func showHolder(ctx context.Context, tx *storage.Tx, t *handlers.Turn, held []storage.RoleHolder) error {
	h, lines := held[0], []string{}
	m := bot.Outgoing{Title: called(h.Name)}
	for _, h := range held {
		lines = append(lines, roleLine(h, t))
		m.Buttons = append(m.Buttons, bot.Button{
			Label: "Bỏ vai trò " + handlers.RoleName(h.Role), Data: personButton(askRevoke, h) + ":" + string(h.Role), Row: true,
		})
	}
	if h.PIN {
		lines = append(lines, "Mã PIN: đã đặt")
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xóa mã PIN", Data: personButton(resetPIN, h), Row: true})
	} else {
		lines = append(lines, "Mã PIN: chưa đặt")
	}
	m.Buttons = append(m.Buttons,
		bot.Button{Label: "Ghi tên", Data: personButton(askName, h), Row: true},
		bot.Button{Label: "Xem nhật ký", Data: fmt.Sprintf("nhatky:%s:%d", byPerson, h.Person)},
		bot.Button{Label: "Về danh sách", Data: "vaitro:", Row: true})
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-person", storage.PersonSubject(h.Person), t.Now)
}
