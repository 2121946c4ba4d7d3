package staff

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Where the answers of a form in hand say which startup they are about: "CODE:REVISION". No field has it.
const seenKey = "ho_so"

const fieldKey, reasonKey = "muc", "noi_dung"

// Changes asks a founder to correct one field of those in profile, in words of the officer's. The founder gets a button that
// opens that field.
func Changes(profile *form.Form) *handlers.Conversation {
	f := changesForm(profile)
	return &handlers.Conversation{
		Name: "yeucausua", Words: []string{"yêu cầu sửa hồ sơ"}, Role: storage.Staff, Form: f,
		Open: openReview("yeucausua"),
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return askChanges(ctx, tx, t, profile, f, kept) })
			return nil
		},
	}
}

func changesForm(profile *form.Form) *form.Form {
	fields := []form.Choice{}
	for _, f := range profile.Fields {
		fields = append(fields, form.Choice{Value: f.Key, Label: f.Label})
	}
	return &form.Form{
		Officer: true,
		Name:    "yeucausua", Title: "Yêu cầu sửa hồ sơ", Submit: "Gửi yêu cầu",
		Fields: []form.Field{
			form.One(fieldKey, "Mục cần sửa", "Người đăng ký cần sửa mục nào?", fields...),
			form.LongText(reasonKey, "Nội dung cần sửa", "Cần sửa thế nào? Người đăng ký đọc đúng lời anh/chị viết.", "Tài liệu bị mờ, bạn gửi lại bản rõ hơn."),
		},
	}
}

// openReview begins a form about a startup, as it was seen when its card was shown. Without one it goes on with the form
// that was put aside.
func openReview(name string) func(ctx context.Context, t *handlers.Turn, argument string) error {
	return func(_ context.Context, t *handlers.Turn, argument string) error {
		if argument == "" && t.Resume(name) {
			return nil
		}
		t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
			seen, _ := readSeen(argument)
			s, ok, err := storage.FindRegistered(ctx, tx, seen.Code)
			switch {
			case err != nil:
				return err
			case argument == "":
				t.Say(noneChosen())
				return nil
			case !ok || s.Revision != seen.Revision:
				return tooLate(ctx, tx, t, seen)
			}
			t.Say(bot.Outgoing{Text: s.Code + " · " + s.Name})
			t.Begin(name, form.Answers{seenKey: argument})
			return nil
		})
		return nil
	}
}

// askChanges goes back to the question when the startup has no such field.
func askChanges(ctx context.Context, tx *storage.Tx, t *handlers.Turn, profile, f *form.Form, kept form.Answers) error {
	seen, _ := readSeen(t.Session.Form.Answers[seenKey])
	s, _, err := storage.FindRegistered(ctx, tx, seen.Code) // one that is gone is found out below
	if err != nil {
		return err
	}
	key, reason := kept[fieldKey], kept[reasonKey]
	if !asks(profile, key, s.Profile) {
		t.Session.Form.Back = fieldKey
		t.Say(bot.Outgoing{Text: "Hồ sơ này không có mục “" + labelOf(profile, key) + "”. Anh/chị chọn mục khác."})
		t.Say(f.Show(t.Session.Form, t.Who())...)
		return nil
	}
	t.Session.Drop()
	v := verdict{storage.Review{Status: storage.StatusChanges, Field: key, Reason: reason}, "Đã gửi yêu cầu sửa", func(s storage.Startup) bot.Outgoing {
		return changesNotice(s, key, labelOf(profile, key), reason)
	}}
	if ok, err := decide(ctx, tx, t, seen, v); !ok || err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "review-changes", seen.Code, t.Now)
}

func changesNotice(s storage.Startup, key, label, reason string) bot.Outgoing {
	return bot.Outgoing{
		Title: fmt.Sprintf("Hồ sơ %s cần sửa: %s", s.Code, label),
		Text:  "Cán bộ Sở Khoa học và Công nghệ viết: " + reason + "\nKhi bạn sửa xong mục này, cán bộ xem lại hồ sơ.",
		Buttons: []bot.Button{
			{Label: "Sửa ngay", Data: "hoanthien:" + s.Code + ":" + key, Row: true},
			{Label: "Xem hồ sơ", Data: "hoso:" + s.Code, Row: true},
		},
	}
}

// asks reports whether the field is asked of a startup with these answers.
func asks(profile *form.Form, key string, answers storage.Profile) bool {
	for _, f := range profile.Fields {
		if f.Key == key {
			return f.Skip == nil || !f.Skip(form.Answers(answers))
		}
	}
	return false
}
