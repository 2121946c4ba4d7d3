package agency

import (
	"context"

	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// NotOurs answers that something is not the agency's to send, which staff decide about. A button carries the code.
func (d Office) NotOurs() *handlers.Conversation {
	f := &form.Form{
		Officer: true,
		Name:    refusing, Title: "Không thuộc nhiệm vụ đơn vị", Submit: "Gửi Sở xem",
		Fields: []form.Field{
			form.LongText(reasonKey, "Lý do", "Vì sao việc này không thuộc nhiệm vụ của đơn vị? Nếu biết đơn vị nào phụ trách, anh/chị ghi giúp.",
				"Nhiệm vụ đã chuyển sang Sở Nông nghiệp và Môi trường."),
		},
	}
	return &handlers.Conversation{
		Name: refusing, Label: f.Title, Role: storage.Officer, Form: f,
		Words: []string{"không phải việc của chúng tôi", "không phải việc của đơn vị", "không thuộc đơn vị"},
		Open:  d.openAnswer(f),
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			code := t.Session.Form.Answers[codeKey]
			t.Session.Drop()
			about(t, code, d.unlessSent(t, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
				const said = "Mình đã chuyển Sở Khoa học và Công nghệ: đơn vị báo việc này không thuộc nhiệm vụ của mình. Khi có trả lời, mình báo anh/chị. Trong lúc chờ, hạn vẫn giữ."
				if err := answer(ctx, tx, t, o, storage.Answer{Kind: storage.AnswerNotOurs, Reason: kept[reasonKey]}, said); err != nil {
					return err
				}
				return storage.AddAudit(ctx, tx, t.In.From, "answer-not-ours", o.Code, t.Now)
			}))
			return nil
		},
	}
}
