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
	"khoinghiep/storage/plan"
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
	who.Check, who.Most = o.checkAgencies, 1000
	title := form.Text(titleKey, "Tên việc", "Đơn vị phải gửi gì? Ghi ngắn, như tên một báo cáo.", "Danh sách câu lạc bộ khởi nghiệp")
	f := &form.Form{
		Officer: true,
		Name:    assigning, Title: "Giao việc cho đơn vị", Submit: "Giao việc",
		Fields: []form.Field{
			who, title,
			form.LongText(askKey, "Nội dung", "Cần gửi cụ thể những gì? Đơn vị đọc đúng lời anh/chị viết.", "Tên câu lạc bộ, số thành viên, người phụ trách."),
			form.Date(dayKey, "Hạn", "Ngày cuối cùng để gửi là ngày nào?"),
		},
	}
	return &handlers.Conversation{
		Name: assigning, Label: "Giao việc cho đơn vị", Role: storage.Staff,
		Words: []string{"giao việc", "giao thêm việc", "yêu cầu đơn vị gửi"},
		Form:  f,
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if kept[dayKey] < today(t) {
				askAgain(t, f, dayKey, "Hạn này đã qua. Anh/chị chọn ngày khác.")
				return nil
			}
			draft := t.Session.Form.Draft
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.assign(ctx, tx, t, draft, kept) })
			return nil
		},
	}
}

// askAgain asks one question of a form that was filled in once more.
func askAgain(t *handlers.Turn, f *form.Form, key, problem string) {
	filled := *t.Session.Form
	filled.Back = key
	t.Session.Form = &filled
	t.Say(bot.Outgoing{Text: problem})
	t.Say(f.Show(t.Session.Form, t.Who())...)
}

// checkAgencies reads names of agencies with ";" between them, and gives them as they are called now.
func (o Office) checkAgencies(text string) (string, error) {
	names := []string{}
	for part := range strings.SplitSeq(text, ";") {
		if part = viet.Clean(part); part == "" {
			continue
		}
		a, err := o.plannedAgency(part)
		if err != nil {
			return "", err
		}
		names = append(names, latestName(a))
	}
	if len(names) == 0 {
		return "", viet.Problem("Bạn gõ tên ít nhất một đơn vị.")
	}
	return strings.Join(names, "; "), nil
}

// checkAgency reads the name of one agency.
func (o Office) checkAgency(text string) (string, error) {
	a, err := o.plannedAgency(viet.Clean(text))
	return latestName(a), err
}

// latestName is what an agency of the plan is called since its last change.
func latestName(a plan.Agency) string {
	name, _ := a.NameOn("9999-12-31")
	return name
}

// plannedAgency finds the agency of the plan that a text names: by its whole name or short name, else by a part of one name only.
func (o Office) plannedAgency(text string) (plan.Agency, error) {
	sought, parts := viet.Fold(text), []plan.Agency{}
	for _, a := range o.Plan.Agencies {
		if a.Kind == plan.GroupOfAgencies {
			continue
		}
		name, short := a.NameOn("9999-12-31")
		switch {
		case strings.EqualFold(text, name) || strings.EqualFold(text, short):
			return a, nil
		case sought != "" && (strings.Contains(viet.Fold(name), sought) || viet.Fold(short) == sought):
			parts = append(parts, a)
		}
	}
	switch len(parts) {
	case 0:
		return plan.Agency{}, viet.Problem(fmt.Sprintf("Không thấy đơn vị “%s”. Bạn gõ tên đầy đủ, ví dụ: Sở Công Thương, UBND xã Ba Vinh.", text))
	case 1:
		return parts[0], nil
	}
	names := []string{}
	for _, a := range parts[:min(len(parts), mostFound)] {
		names = append(names, latestName(a))
	}
	return plan.Agency{}, viet.Problem(fmt.Sprintf("“%s” có thể là: %s. Bạn gõ rõ một tên.", text, strings.Join(names, "; ")))
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
	m, lines := bot.Outgoing{}, []string{}
	for name := range strings.SplitSeq(kept[agencyKey], "; ") {
		planned, err := o.plannedAgency(name)
		if err != nil {
			return err
		}
		a, _, err := o.agency(ctx, tx, t, planned.ID)
		if err != nil {
			return err
		}
		owed := storage.Obligation{
			Source: "own/" + draft + "/" + a.ID, Kind: storage.OwnObligation, Year: due.Year(), Agency: a.ID,
			Title: kept[titleKey], Asked: kept[askKey], DueOn: kept[dayKey], Person: me,
		}
		if err := o.assignOne(ctx, tx, t, &owed); err != nil {
			return err
		}
		lines = append(lines, owed.Code+" · "+a.Name)
		if len(m.Buttons) < pageSize-1 {
			m.Buttons = append(m.Buttons, row("Mở "+owed.Code, obligation, owed.Code))
		}
	}
	m.Title = "Đã giao: " + kept[titleKey]
	m.Text = strings.Join(lines, "\n") + "\nCán bộ đầu mối được báo và được nhắc trước hạn."
	m.Buttons = append(m.Buttons, row("Đơn vị và cán bộ đầu mối", agencies, ""))
	t.Say(m)
	return nil
}

func (o Office) assignOne(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed *storage.Obligation) error {
	made, err := storage.MakeObligation(ctx, tx, owed, nil, t.Now)
	if err != nil || !made { // the same agency named twice
		return err
	}
	err = tellOfficers(ctx, tx, t, *owed, "assigned", bot.Outgoing{
		Title:   owed.Code + " · " + owed.Title,
		Text:    "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ đề nghị gửi: " + owed.Asked + "\nHạn: " + lastDay(*owed) + ".",
		Buttons: officerButtons(*owed),
	})
	if err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "assign-obligation", owed.Code, t.Now)
}
