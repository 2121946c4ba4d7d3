// Package founder has the conversations of young entrepreneurs.
package founder

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Register is the registration of a startup, short on purpose: six questions after the consent. The rest of the file is
// completed later.
func Register(places *viet.Places, calendar *plan.Calendar) *handlers.Conversation {
	f := registration(places)
	return &handlers.Conversation{
		Name: "dangky", Label: "Đăng ký dự án", Menu: true,
		Words:    []string{"đăng ký", "đăng kí", "đăng ký khởi nghiệp", "đăng ký dự án khởi nghiệp", "dk", "register"},
		Form:     f,
		Answered: answerConsent,
		Submit: func(ctx context.Context, t *handlers.Turn, kept form.Answers) error {
			twin, err := ownTwin(ctx, t, kept["ten_du_an"])
			switch {
			case err != nil:
				return err
			case twin != nil && t.Session.Memo["twin"] != t.Session.Form.Draft:
				warnOfTwin(t, f, twin)
			default:
				submit(t, calendar, kept)
			}
			return nil
		},
	}
}

// Questions that are asked again when the answer is to be corrected.
const (
	askName  = "Bạn tên gì? Cán bộ sẽ gọi bạn bằng tên này."
	askPhone = "Cán bộ gọi bạn số nào?"
)

// projectName checks the name of a project. A number alone was meant for the buttons of another question.
func projectName(s string, longest int) (string, error) {
	name, err := viet.Text(viet.Clean(s), longest)
	if err == nil && !strings.ContainsFunc(name, unicode.IsLetter) {
		return "", viet.Problem("Tên dự án cần có chữ. Bạn gõ tên, hoặc mô tả trong vài chữ.")
	}
	return name, err
}

func registration(places *viet.Places) *form.Form {
	name := form.Name(nameKey, "Họ và tên", askName)
	name.Suggest = func(p form.Person) string { return p.Name }
	project := form.Text("ten_du_an", "Tên dự án", "Dự án của bạn tên gì? Chưa có tên thì bạn mô tả trong vài chữ.", "Tinh dầu sả Trà Bồng")
	project.Check = func(s string) (string, error) { return projectName(s, project.Most) }
	return &form.Form{
		Name: "dangky", Title: "Đăng ký dự án", Submit: "Gửi đăng ký",
		Fields: []form.Field{
			consentField(),
			name,
			form.Phone(phoneKey, "Số điện thoại", askPhone),
			handlers.PlaceField(places, "Dự án làm ở xã, phường nào? Gõ tên mới hay tên cũ đều được."),
			project,
			form.One("linh_vuc", "Lĩnh vực", "Dự án thuộc lĩnh vực nào?", handlers.Fields()...),
			form.One("giai_doan", "Giai đoạn", "Dự án đang ở giai đoạn nào?", handlers.Stages()...),
		},
	}
}

// submit registers what was filled in.
func submit(t *handlers.Turn, calendar *plan.Calendar, kept form.Answers) {
	draft := t.Session.Form.Draft
	t.Session.Drop()
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return register(ctx, tx, t, calendar, draft, kept) })
}

// warnOfTwin asks somebody who seems to send the same project twice whether they mean to; sending again says yes.
func warnOfTwin(t *handlers.Turn, f *form.Form, twin *storage.Startup) {
	t.Session.Memo = map[string]string{"twin": t.Session.Form.Draft}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Bạn đã đăng ký dự án “%s”, mã %s. Nếu đây là dự án khác, bạn bấm “%s” lần nữa. Nếu trùng, bạn bấm “Hủy”.",
		twin.Name, twin.Code, f.Submit)})
	t.Say(f.Show(t.Session.Form, t.Who())...)
}

// ownTwin finds a startup of the same person with the same name.
func ownTwin(ctx context.Context, t *handlers.Turn, name string) (*storage.Startup, error) {
	own, err := t.Store.StartupsAt(ctx, t.In.From)
	if err != nil {
		return nil, err
	}
	for _, s := range own {
		if viet.Fold(s.Name) == viet.Fold(name) {
			return &s, nil
		}
	}
	return nil, nil
}

func register(ctx context.Context, tx *storage.Tx, t *handlers.Turn, calendar *plan.Calendar, draft string, kept form.Answers) error {
	id, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if err := storage.LockPerson(ctx, tx, id); err != nil {
		return err
	}
	if allowed, err := mayRegister(ctx, tx, t, kept); err != nil || !allowed {
		return err
	}
	if err := storage.DescribePerson(ctx, tx, id, kept[nameKey], kept[phoneKey]); err != nil {
		return err
	}
	s := storage.Startup{Draft: draft, Person: id, Name: kept["ten_du_an"], Place: kept["noi"], Field: kept["linh_vuc"], Stage: kept["giai_doan"]}
	s.Await(handlers.AnswerDue(calendar, t.Now))
	if err := storage.AddStartup(ctx, tx, &s, t.Now); err != nil {
		return err
	}
	m := receipt(s, t)
	open, err := storage.OpenCompetitions(ctx, tx, t.Now)
	if err != nil {
		return err
	}
	if len(open) > 0 { // many register in order to enter one
		m.Buttons = append(m.Buttons, bot.Button{Label: "Dự thi", Data: "cuocthi:", Row: true})
	}
	t.Say(m, askAnnouncements(t))
	return nil
}

func receipt(s storage.Startup, t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{
		Title: "Đã nhận đăng ký " + s.Code,
		Text: strings.Join([]string{
			"Dự án: " + s.Name,
			"Lúc " + t.Now.Format("15:04") + ", " + viet.ShowDate(t.Now.Format("2006-01-02")),
			"Bạn có câu trả lời " + dueOf(s, t) + ". Cán bộ sẽ gọi số bạn đã cho khi cần trao đổi thêm.",
			"Bạn giữ mã này để hỏi về hồ sơ. Gõ “hồ sơ của tôi” để xem lại.",
		}, "\n"),
		Buttons: []bot.Button{completeButton(s.Code)},
	}
}
