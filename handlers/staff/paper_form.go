package staff

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// signedKey is the question whether a signed consent is held, and its answers.
const (
	signedKey = "giay"
	signed    = "co"
	unsigned  = "chua"
)

// PaperDossier brings in one dossier from paper.
func PaperDossier(places *viet.Places) *handlers.Conversation {
	f := paperDossierForm(places)
	return &handlers.Conversation{
		Name: "hosogiay", Label: "Nhập một hồ sơ giấy", Role: storage.Staff,
		Words: []string{"hồ sơ giấy", "nhập hồ sơ giấy"},
		Form:  f,
		Answered: func(_ context.Context, t *handlers.Turn, _ form.Answers) error {
			if t.Session.Form.Answers[signedKey] == unsigned {
				t.Session.Drop()
				t.Unsay()
				t.Say(bot.Outgoing{Text: "Vâng, mình chưa lưu gì. Khi có giấy đồng ý đã ký, anh/chị gõ “hồ sơ giấy” để nhập."})
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if isFuture(kept[dossierFiled], t.Now) {
				t.Session.Form.Back = dossierFiled
				t.Say(bot.Outgoing{Text: "Ngày nộp chưa tới. Anh/chị xem lại ngày này."})
				t.Say(f.Show(t.Session.Form, t.Who())...)
				return nil
			}
			filled := *t.Session.Form
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return submitDossier(ctx, tx, t, f, filled, kept) })
			return nil
		},
	}
}

func paperDossierForm(places *viet.Places) *form.Form {
	question := form.One(signedKey, "Giấy đồng ý", "Chỉ nhập khi đúng như sau: "+paperWord+" Hồ sơ này có giấy đó không?",
		form.Choice{Value: signed, Label: "Có giấy đồng ý"},
		form.Choice{Value: unsigned, Label: "Chưa có giấy"})
	question.Uncounted = true
	return &form.Form{
		Officer: true,
		Name:    "hosogiay", Title: "Nhập một hồ sơ giấy", Submit: "Nhập hồ sơ",
		Fields: append([]form.Field{question}, dossierFields(places)...),
	}
}

// submitDossier keeps the dossier, or asks for another name when it is here already.
func submitDossier(ctx context.Context, tx *storage.Tx, t *handlers.Turn, f *form.Form, filled form.Progress, kept form.Answers) error {
	code, err := storage.SameStartup(ctx, tx, kept[dossierProject], kept[dossierPhone])
	if err != nil {
		return err
	}
	if code != "" {
		filled.Back = dossierProject
		t.Session.Form = &filled
		t.Say(bot.Outgoing{Text: alreadyKept(code) + " Nếu là dự án khác, anh/chị sửa tên; nếu trùng, anh/chị chọn “Hủy”."})
		t.Say(f.Show(t.Session.Form, t.Who())...)
		return nil
	}
	t.Session.Drop()
	p, err := keepDossier(ctx, tx, t, kept, filled.Draft, "")
	if err != nil {
		return err
	}
	t.Say(dossierReceipt(p.Startup))
	return nil
}
