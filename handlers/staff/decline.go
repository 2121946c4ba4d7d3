package staff

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Decline does not take a registration on, with a reason that the founder reads.
func Decline() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "tuchoihoso", Words: []string{"từ chối hồ sơ"}, Role: storage.Staff,
		Open: openReview("tuchoihoso"),
		Form: &form.Form{
			Officer: true,
			Name:    "tuchoihoso", Title: "Từ chối hồ sơ", Submit: "Gửi từ chối",
			Fields: []form.Field{
				form.LongText(reasonKey, "Lý do", "Vì sao không nhận hồ sơ này? Người đăng ký đọc đúng lời anh/chị viết.",
					"Dự án chưa thuộc phạm vi đổi mới sáng tạo; bạn liên hệ Trung tâm Khuyến công để được hỗ trợ."),
			},
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			seen, _ := readSeen(t.Session.Form.Answers[seenKey])
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return decline(ctx, tx, t, seen, kept[reasonKey]) })
			return nil
		},
	}
}

func decline(ctx context.Context, tx *storage.Tx, t *handlers.Turn, seen storage.Seen, reason string) error {
	v := verdict{storage.Review{Status: storage.StatusDeclined, Reason: reason}, "Đã từ chối", func(s storage.Startup) bot.Outgoing {
		return bot.Outgoing{
			Title: "Hồ sơ " + s.Code + " không được nhận",
			Text:  "Dự án “" + s.Name + "”. Lý do: " + reason + "\nNếu cần hỏi thêm, bạn bấm “Gặp cán bộ”.",
			Buttons: []bot.Button{
				{Label: "Gặp cán bộ", Data: "gap:", Row: true},
				{Label: "Xem hồ sơ", Data: "hoso:" + s.Code, Row: true},
			},
		}
	}}
	if ok, err := decide(ctx, tx, t, seen, v); !ok || err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "review-declined", seen.Code, t.Now)
}
