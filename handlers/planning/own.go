package planning

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of what staff ask for, and of an event.
const (
	agencyKey = "don_vi"
	titleKey  = "ten"
	askKey    = "noi_dung"
	dayKey    = "ngay"
)

// Assign has staff ask some agencies for something that the plan does not: a due date, and what is to be sent.
func (o Office) Assign() *handlers.Conversation {
	who := form.LongText(agencyKey, "Đơn vị phải gửi", "Những đơn vị nào phải gửi? Nhiều đơn vị thì cách nhau bằng dấu chấm phẩy.", "Sở Công Thương; Tỉnh Đoàn; UBND xã Ba Vinh")
	who.Most = 1000
	title := form.Text(titleKey, "Tên việc", "Đơn vị phải gửi gì? Ghi ngắn, như tên một báo cáo.", "Danh sách câu lạc bộ khởi nghiệp")
	f := &form.Form{
		Officer: true,
		Name:    assigning, Title: "Giao việc cho đơn vị", Submit: "Giao việc",
		Fields: []form.Field{
			who, title,
			form.LongText(askKey, "Nội dung", "Cần gửi cụ thể những gì? Đơn vị đọc đúng lời anh/chị viết.", "Tên câu lạc bộ, số thành viên, người phụ trách."),
			form.ComingDate(dayKey, "Hạn", "Ngày cuối cùng để gửi là ngày nào?"),
		},
	}
	return &handlers.Conversation{
		Name: assigning, Label: "Giao việc cho đơn vị", Role: storage.Staff,
		Words: []string{"giao việc", "giao thêm việc", "yêu cầu đơn vị gửi"},
		Form:  f,

		Answered: o.nameThem(f, today, namedAll),
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if kept[dayKey] < today(t) {
				t.AskAgain(f, *t.Session.Form, dayKey, "Hạn này đã qua. Anh/chị chọn ngày khác.")
				return nil
			}
			draft := t.Session.Form.Draft
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.assign(ctx, tx, t, draft, kept) })
			return nil
		},
	}
}

// assign makes an obligation for each of the agencies, once for the form, and tells their officers.
func (o Office) assign(ctx context.Context, tx *storage.Tx, t *handlers.Turn, draft string, kept form.Answers) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	due, err := time.Parse(time.DateOnly, kept[dayKey])
	if err != nil {
		return fmt.Errorf("read last day: %w", err)
	}
	known, err := storage.Agencies(ctx, tx)
	if err != nil {
		return err
	}
	found, err := namedAll(o.agenciesOn(known, today(t)), kept[agencyKey])
	if err != nil { // they are called something else by now
		t.Say(bot.Outgoing{Text: t.Address(err.Error()), Buttons: []bot.Button{row("Giao việc cho đơn vị", assigning, "")}})
		return nil
	}
	assigned, idle := []storage.Obligation{}, []string{}
	for _, a := range found {
		if _, _, err := o.agency(ctx, tx, t, a.ID); err != nil { // of the plan, it is not in the database yet
			return err
		}
		owed := storage.Obligation{
			Source: "own/" + draft + "/" + a.ID, Kind: storage.OwnObligation, Year: due.Year(), Agency: a.ID,
			Title: kept[titleKey], Asked: kept[askKey], DueOn: kept[dayKey], Person: me, ToldAt: t.Now.UnixMilli(),
		}
		told, err := o.assignOne(ctx, tx, t, &owed)
		if err != nil {
			return err
		}
		if assigned = append(assigned, owed); !told {
			idle = append(idle, a.Name)
		}
	}
	t.Say(assignedInWords(assigned, idle))
	return nil
}

// assignedInWords tells staff who owes it now; idle are those of them whom nobody answers for.
func assignedInWords(assigned []storage.Obligation, idle []string) bot.Outgoing {
	m, lines := bot.Outgoing{Title: "Đã giao: " + assigned[0].Title}, []string{}
	for _, owed := range assigned {
		lines = append(lines, owed.Code+" · "+owed.Owner)
		if len(m.Buttons) < pageSize-1 {
			m.Buttons = append(m.Buttons, row("Mở "+owed.Code, obligation, owed.Code))
		}
	}
	if len(idle) < len(assigned) {
		lines = append(lines, "Cán bộ đầu mối được báo và được nhắc trước hạn.")
	}
	if len(idle) > 0 {
		lines = append(lines, "Chưa có cán bộ đầu mối nên chưa ai được báo: "+strings.Join(idle, "; ")+".")
	}
	m.Text = strings.Join(lines, "\n")
	m.Buttons = append(m.Buttons, row("Đơn vị và cán bộ đầu mối", agencies, ""))
	return m
}

// assignOne makes the obligation of one agency, and tells its officers; told is false when it has none.
func (o Office) assignOne(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed *storage.Obligation) (told bool, err error) {
	if _, err := storage.MakeObligation(ctx, tx, owed, nil, t.Now); err != nil {
		return false, err
	}
	told, err = tellOfficers(ctx, tx, t, owed.Agency, fmt.Sprintf("assigned/%d", owed.ID), bot.Outgoing{
		Title:    owed.Code + " · " + owed.Title,
		Text:     "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ đề nghị gửi: " + owed.Asked + "\nHạn: " + lastDay(*owed) + ".",
		Buttons:  officerButtons(*owed),
		Template: dueTemplate(owed.Owner, owed.Title, *owed),
	})
	if err != nil {
		return false, err
	}
	return told, storage.AddAudit(ctx, tx, t.In.From, "assign-obligation", owed.Code, t.Now)
}

// dueTemplate tells who has to see to what until the last day of an obligation, where a message cannot go as it is.
func dueTemplate(who, what string, owed storage.Obligation) *bot.Template {
	return &bot.Template{Name: storage.DueSoon, Params: map[string]string{
		"don_vi": storage.Subject(who), "bao_cao": storage.Subject(viet.LowerFirst(what)), "han": viet.ShowDate(owed.Last()),
	}}
}
