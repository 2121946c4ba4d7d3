package staff

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// PaperConsent records a guardian's consent that came on paper, for the child whose code is written on it.
func PaperConsent() *handlers.Conversation {
	f := paperForm()
	return &handlers.Conversation{
		Name: "giaygiamho", Label: "Ghi giấy đồng ý của người giám hộ", Role: storage.Staff,
		Words: []string{"giấy đồng ý", "giấy giám hộ"},
		Code:  storage.GuardianCode,
		Follow: func(_ context.Context, t *handlers.Turn, code storage.Code) error {
			t.Begin("giaygiamho", form.Answers{handlers.CodeAnswer: code.Key})
			return nil
		},
		Form: f,
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			if !t.Resume("giaygiamho") {
				t.PutAside()
				t.Session.Name = "giaygiamho" // so that the code leads here, and not to what guardians see
				t.Say(bot.Outgoing{Text: "Anh/chị gõ mã của em, ghi trên giấy đồng ý."})
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if kept["ngay_ky"] > t.Now.Format(time.DateOnly) {
				t.Session.Form.Back = "ngay_ky"
				t.Say(bot.Outgoing{Text: "Ngày ký trên giấy chưa tới. Anh/chị xem lại ngày này."})
				t.Say(f.Show(t.Session.Form, t.Who())...)
				return nil
			}
			key := t.Session.Form.Answers[handlers.CodeAnswer]
			t.Session.Drop()
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return keepPaper(ctx, tx, t, key, kept) })
			return nil
		},
	}
}

func paperForm() *form.Form {
	return &form.Form{
		Officer: true,
		Name:    "giaygiamho", Title: "Ghi giấy đồng ý của người giám hộ", Submit: "Ghi nhận",
		Fields: append(handlers.GuardianFields("Họ và tên cha, mẹ hoặc người giám hộ ghi trên giấy là gì?", "Số điện thoại ghi trên giấy là số nào?"),
			form.PastDate("ngay_ky", "Ngày ký", "Giấy đồng ý ký ngày nào?")),
	}
}

func keepPaper(ctx context.Context, tx *storage.Tx, t *handlers.Turn, key string, kept form.Answers) error {
	allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	if !allowed {
		t.Refuse()
		return nil
	}
	g := storage.Guardian{Name: kept["ho_ten"], Phone: kept["dien_thoai"], Paper: kept["ngay_ky"]}
	id, ok, err := handlers.KeepGuardian(ctx, tx, t, key, g)
	if err != nil || !ok {
		return err
	}
	t.Say(bot.Outgoing{Title: "Đã ghi nhận giấy đồng ý", Text: "Mình đã báo để em điền tiếp. Anh/chị lưu giấy theo quy định của Sở."})
	return storage.AddAudit(ctx, tx, t.In.From, "paper-consent", fmt.Sprint("guardian ", id), t.Now)
}
