package agency

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const reasonKey = "ly_do"

// Promise asks for another day to send something, which staff decide about. A button carries the code.
func (d Office) Promise() *handlers.Conversation {
	f := promiseForm()
	return &handlers.Conversation{
		Name: promising, Label: f.Title, Role: storage.Officer, Form: f,
		Words: []string{"hẹn ngày", "hẹn lại", "xin lùi hạn", "xin gia hạn"},
		Open:  d.openAnswer(f),
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			filled := *t.Session.Form
			about(t, filled.Answers[codeKey], d.unlessSent(t, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
				return promise(ctx, tx, t, f, filled, o, kept)
			}))
			return nil
		},
	}
}

func promiseForm() *form.Form {
	reason := form.LongText(reasonKey, "Lý do", "Vì sao cần thêm thời gian? Có thể bỏ qua.", "Đang chờ số liệu của các xã.")
	reason.Optional = true
	day := form.ComingDate(dayKey, "Ngày hẹn gửi", "Đơn vị sẽ gửi vào ngày nào?")
	day.Example = "15/12/2026"
	return &form.Form{
		Officer: true,
		Name:    promising, Title: "Hẹn ngày gửi", Submit: "Gửi Sở xem",
		Fields: []form.Field{day, reason},
	}
}

// openAnswer begins a form about an obligation; without one it goes on with the form that was put aside, or asks which one.
func (d Office) openAnswer(f *form.Form) func(ctx context.Context, t *handlers.Turn, argument string) error {
	return func(_ context.Context, t *handlers.Turn, code string) error {
		start := d.unlessSent(t, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
			t.Say(bot.Outgoing{Text: o.Code + " · " + fullName(o) + ", hạn hết " + viet.ShowDate(o.Last())})
			t.Begin(f.Name, form.Answers{codeKey: o.Code})
			return storage.AddAudit(ctx, tx, t.In.From, "begin-answer", o.Code, t.Now)
		})
		switch {
		case code != "":
			about(t, code, start)
		case !t.Resume(f.Name):
			choose(t, f.Name, "“"+f.Title+"” cho việc nào?", start)
		}
		return nil
	}
}

func promise(ctx context.Context, tx *storage.Tx, t *handlers.Turn, f *form.Form, filled form.Progress, o storage.Obligation, kept form.Answers) error {
	day := kept[dayKey]
	switch {
	case !isFuture(day, t.Now):
		t.AskAgain(f, filled, dayKey, "Ngày hẹn cần sau hôm nay. Anh/chị xem lại ngày này.")
		return nil
	case day <= o.Last():
		t.AskAgain(f, filled, dayKey, "Ngày này vẫn trong hạn (hết "+viet.ShowDate(o.Last())+"), nên không cần hẹn. Anh/chị chọn ngày sau đó, hoặc gõ “hủy”.")
		return nil
	}
	t.Session.Drop()
	said := "Mình đã chuyển Sở Khoa học và Công nghệ: đơn vị hẹn gửi hết " + viet.ShowDate(day) + ". Khi có trả lời, mình báo anh/chị. Trong lúc chờ, hạn cũ vẫn giữ."
	if err := answer(ctx, tx, t, o, storage.Answer{Kind: storage.AnswerPromise, Day: day, Reason: kept[reasonKey]}, said); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "answer-promise", o.Code, t.Now)
}
