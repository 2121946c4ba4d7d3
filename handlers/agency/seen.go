package agency

import (
	"context"
	"strings"

	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// seen is what a button of a reminder does: "nam:CODE".
const seen = "nam"

// See answers to a reminder that it was understood. Reminders go on: only what is sent ends them.
func (d Office) See() *handlers.Conversation {
	return &handlers.Conversation{
		Name: seeing, Label: "Đã nắm, sẽ gửi", Role: storage.Officer,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			note := d.unlessSent(t, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
				said := "Mình đã ghi nhận: đơn vị đã nắm, sẽ gửi. Hạn: hết " + viet.ShowDate(o.Last()) + ". Gần hạn mình nhắc lại."
				if err := answer(ctx, tx, t, o, storage.Answer{Kind: storage.AnswerSeen}, said); err != nil {
					return err
				}
				return storage.AddAudit(ctx, tx, t.In.From, "answer-seen", o.Code, t.Now)
			})
			if code, ok := strings.CutPrefix(argument, seen+":"); ok {
				about(t, code, note)
				return nil
			}
			choose(t, seeing+":"+seen, "Anh/chị đã nắm việc nào?", note)
			return nil
		},
	}
}
