package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Agencies do, before an agency's id. A number alone is a page.
const (
	openAgency    = "mo"
	askRemove     = "hoi" // with a person
	removeOfficer = "go"  // likewise
	invite        = "moi"
	askHead       = "hoidau"
	inviteHead    = "moidau"
	printInvites  = "in"
	addUnit       = "them"
	removed       = "Cán bộ này không còn là đầu mối của đơn vị."
)

// Agencies lists who owes something, those first for whom nobody answers, and has staff invite and remove officers. What is
// typed is looked for among all agencies and communes.
func (o Office) Agencies() *handlers.Conversation {
	return &handlers.Conversation{
		Name: agencies, Label: "Đơn vị và cán bộ đầu mối", Role: storage.Staff, Menu: true,
		Words: []string{"đơn vị", "cán bộ đầu mối", "đầu mối", "mời cán bộ đầu mối"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.manageAgencies(ctx, tx, t, argument) })
			return nil
		},
		Asks: true,
		Listen: func(ctx context.Context, t *handlers.Turn) error {
			if t.Session.Memo[askedKey] == "" {
				if ok, err := t.Steer(ctx); ok || err != nil {
					return err
				}
			}
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.typedAgency(ctx, tx, t) })
			return nil
		},
	}
}

func (o Office) manageAgencies(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	verb, rest, _ := strings.Cut(argument, ":")
	switch verb {
	case printInvites:
		return o.printInvitations(ctx, tx, t)
	case openAgency, askRemove, removeOfficer, invite, askHead, inviteHead, addUnit:
		id, person, _ := strings.Cut(rest, ":")
		a, ok, err := o.agency(ctx, tx, t, id)
		if err != nil {
			return err
		}
		if !ok {
			t.Say(bot.Outgoing{Text: "Mình không thấy đơn vị này. Anh/chị gõ “đơn vị” để xem danh sách."})
			return nil
		}
		return o.actOnAgency(ctx, tx, t, a, verb, person)
	}
	page, _ := strconv.Atoi(verb) // not a number: the first page
	return listAgencies(ctx, tx, t, page)
}

func (o Office) actOnAgency(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Agency, verb, person string) error {
	switch verb {
	case askRemove, removeOfficer:
		return o.removeFrom(ctx, tx, t, a, verb, person)
	case invite:
		return o.inviteTo(ctx, tx, t, a, false)
	case inviteHead:
		return o.inviteTo(ctx, tx, t, a, true)
	case askHead:
		t.Say(bot.Outgoing{
			Text: "Lãnh đạo " + a.Name + " chỉ được mời khi đơn vị đã đồng ý để lãnh đạo nhận tin nhắc hạn. Đơn vị đã đồng ý chưa?",
			Buttons: []bot.Button{
				row("Đơn vị đã đồng ý", agencies, inviteHead, a.ID),
				row("Chưa", agencies, openAgency, a.ID),
			},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "view-agency", a.ID, t.Now)
	case addUnit:
		listen(t, agencies, map[string]string{askedKey: addUnit, subjectKey: a.ID})
		t.Say(bot.Outgoing{Text: "Anh/chị gõ tên phòng hoặc trung tâm thuộc " + a.Name + ", hoặc gõ “hủy”. Ví dụ: Phòng Quản lý đổi mới sáng tạo."})
		return storage.AddAudit(ctx, tx, t.In.From, "view-agency", a.ID, t.Now)
	}
	return o.showAgency(ctx, tx, t, a)
}

// agency finds an agency, among those of the plan as well that nobody needed so far.
func (o Office) agency(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string) (a storage.Agency, ok bool, err error) {
	a, ok, err = storage.FindAgency(ctx, tx, id)
	planned, known := o.Plan.Agency(id)
	if ok || err != nil || !known {
		return a, ok, err
	}
	a = storage.Agency{ID: id, Parent: planned.Parent}
	a.Name, a.Short = planned.NameOn(today(t))
	return a, true, storage.SaveAgencies(ctx, tx, []storage.Agency{a}, t.Now)
}

func listAgencies(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	list, err := storage.OwingAgencies(ctx, tx)
	if err != nil {
		return err
	}
	part, page, pages := onPage(list, page)
	m := bot.Outgoing{Title: fmt.Sprintf("%d đơn vị có việc phải gửi, trang %d/%d", len(list), page+1, pages)}
	lines := []string{}
	for _, a := range part {
		lines = append(lines, fmt.Sprintf("%s: %s, %d việc đang mở", a.Name, officersInWords(a.Officers), a.Open))
		m.Buttons = append(m.Buttons, row("Mở "+a.Short, agencies, openAgency, a.ID))
	}
	if page+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", agencies, strconv.Itoa(page+1)))
	}
	if slices.ContainsFunc(list, func(a storage.OwingAgency) bool { return a.Officers == 0 }) {
		m.Buttons = append(m.Buttons, row("In giấy mời", agencies, printInvites))
	}
	if len(list) == 0 {
		m.Title, lines = "Chưa có đơn vị nào có việc phải gửi", nil
	}
	m.Text = strings.TrimSpace(strings.Join(append(lines, "\nAnh/chị gõ tên để tìm đơn vị khác, hoặc tên xã, phường, đặc khu."), "\n"))
	listen(t, agencies, nil)
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-agencies", "page "+strconv.Itoa(page+1), t.Now)
}

func officersInWords(n int64) string {
	if n == 0 {
		return "chưa có cán bộ đầu mối"
	}
	return fmt.Sprintf("%d cán bộ đầu mối", n)
}

// showAgency opens an agency: who answers for it, its units, the tasks that are assigned to it, and what it owes.
func (o Office) showAgency(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Agency) error {
	officers, err := storage.OfficersOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	owed, err := storage.ObligationsOf(ctx, tx, []string{a.ID}, 0, pageSize)
	if err != nil {
		return err
	}
	units, err := storage.UnitsOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	assigned, err := storage.LinesAssignedTo(ctx, tx, []string{a.ID}, pageSize)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: a.Name}
	lines := []string{}
	for _, officer := range officers {
		lines = append(lines, officerLine(officer, t))
		m.Buttons = append(m.Buttons, row("Bỏ "+called(officer.Name), agencies, askRemove, a.ID, strconv.FormatInt(officer.Person, 10)))
	}
	if len(officers) == 0 {
		lines = append(lines, "Chưa có cán bộ đầu mối.")
	}
	for _, unit := range units {
		lines = append(lines, "Đơn vị thuộc: "+unit.Name)
	}
	for _, l := range assigned {
		lines = append(lines, fmt.Sprintf("Được giao nhiệm vụ %s trong %s: %s", l.Task, l.In.Code, lineStatus(l.Status)))
	}
	for _, owes := range owed {
		lines = append(lines, o.obligationLine(owes, t))
		m.Buttons = append(m.Buttons, row("Mở "+owes.Code, obligation, owes.Code))
	}
	m.Buttons = append(m.Buttons, row("Mời cán bộ đầu mối", agencies, invite, a.ID), row("Mời lãnh đạo", agencies, askHead, a.ID))
	if a.ID == storage.Department {
		m.Buttons = append(m.Buttons, row("Thêm phòng, trung tâm", agencies, addUnit, a.ID))
	}
	m.Buttons = append(m.Buttons, row("Về danh sách", agencies, ""))
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-agency", a.ID, t.Now)
}

func officerLine(officer storage.AgencyOfficer, t *handlers.Turn) string {
	role := "cán bộ đầu mối"
	if officer.Head {
		role = "lãnh đạo"
	}
	return fmt.Sprintf("%s · %s · từ %s", called(officer.Name), role, clock(officer.Since, t))
}

// called is a name, or what stands for it where the channel tells none.
func called(name string) string {
	if name == "" {
		return "người chưa rõ tên"
	}
	return name
}

// typedAgency takes what was typed for the name of a new unit, where that was asked for, else for what is looked for.
func (o Office) typedAgency(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	text := viet.Clean(t.In.Text)
	if t.Session.Memo[askedKey] != addUnit {
		return o.searchAgency(ctx, tx, t, text)
	}
	parent, ok, err := storage.FindAgency(ctx, tx, t.Session.Memo[subjectKey])
	switch {
	case err != nil:
		return err
	case !ok || cancelled(t) || text == "":
		return listAgencies(ctx, tx, t, 0)
	}
	known, err := storage.Agencies(ctx, tx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(known, func(a storage.Agency) bool { return viet.Fold(a.Name) == viet.Fold(text) }) {
		t.Say(bot.Outgoing{Text: "Đã có đơn vị tên này. Anh/chị gõ tên khác, hoặc gõ “hủy”."})
		return nil
	}
	unit := storage.Agency{Name: text, Short: text, Parent: parent.ID}
	if err := storage.AddAgency(ctx, tx, &unit, t.Now); err != nil {
		return err
	}
	listen(t, agencies, nil)
	t.Say(bot.Outgoing{Text: "Đã thêm " + unit.Name + ", mã " + unit.ID + "."})
	if err := storage.AddAudit(ctx, tx, t.In.From, "add-unit", unit.ID, t.Now); err != nil {
		return err
	}
	return o.showAgency(ctx, tx, t, parent)
}

// searchAgency shows the agencies that a text may mean.
func (o Office) searchAgency(ctx context.Context, tx *storage.Tx, t *handlers.Turn, text string) error {
	found, err := o.findByName(ctx, tx, text, today(t))
	if err != nil {
		return err
	}
	m := bot.Outgoing{Text: "Anh/chị chọn đơn vị:"}
	for _, a := range found {
		m.Buttons = append(m.Buttons, row(a.Name, agencies, openAgency, a.ID))
	}
	if len(found) == 0 {
		m.Text = fmt.Sprintf("Mình không thấy đơn vị hay xã nào tên “%s”. Anh/chị gõ tên khác.", text)
	}
	m.Buttons = append(m.Buttons, row("Về danh sách", agencies, ""))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "search-agencies", "", t.Now)
}

// removeFrom has somebody no longer answer for an agency, once staff said so a second time.
func (o Office) removeFrom(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Agency, verb, person string) error {
	officers, err := storage.OfficersOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(officers, func(officer storage.AgencyOfficer) bool { return strconv.FormatInt(officer.Person, 10) == person })
	if i < 0 {
		t.Say(bot.Outgoing{Text: removed, Buttons: []bot.Button{row("Mở "+a.Short, agencies, openAgency, a.ID)}})
		return nil
	}
	officer := officers[i]
	if verb == askRemove {
		t.Say(bot.Outgoing{
			Text: fmt.Sprintf("Bỏ %s khỏi %s? Người này được báo, và từ lúc đó không gửi hay nhận việc của đơn vị nữa.", called(officer.Name), a.Name),
			Buttons: []bot.Button{
				row("Bỏ khỏi đơn vị", agencies, removeOfficer, a.ID, person),
				row("Giữ lại", agencies, openAgency, a.ID),
			},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "view-agency", a.ID, t.Now)
	}
	if _, err := storage.RemoveOfficer(ctx, tx, officer.Person, a.ID); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã bỏ %s khỏi %s.", called(officer.Name), a.Name)})
	err = tell(ctx, tx, t, officer.Person, fmt.Sprintf("officer-removed/%s/%d", a.ID, t.Now.UnixMilli()), bot.Outgoing{
		Text: "Anh/chị không còn là cán bộ đầu mối của " + a.Name + " tại trợ lý của Sở Khoa học và Công nghệ. Nếu chưa rõ vì sao, anh/chị nhắn “gặp cán bộ”.",
	})
	if err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "remove-officer", a.ID+" "+person, t.Now); err != nil {
		return err
	}
	return o.showAgency(ctx, tx, t, a)
}
