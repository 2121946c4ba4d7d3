package admin

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// delegateAnswer is where the form keeps whom it is for: no question of it, so it is not shown.
const delegateAnswer = "nguoi"

func delegation() *form.Form {
	return &form.Form{
		Officer: true,
		Name:    "uyquyen", Title: "Ủy quyền duyệt", Submit: "Ủy quyền",
		Fields: []form.Field{
			form.ComingDate("tu_ngay", "Từ ngày", "Duyệt thay từ ngày nào?"),
			form.ComingDate("den_ngay", "Đến hết ngày", "Duyệt thay đến hết ngày nào?"),
			form.Text("ly_do", "Lý do", "Vì sao anh/chị ủy quyền?", "Nghỉ phép"),
		},
	}
}

// beginDelegation asks for the dates.
func beginDelegation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me, delegate int64) error {
	held, err := storage.RolesOf(ctx, tx, delegate)
	if err != nil {
		return err
	}
	if len(held) == 0 || delegate == me {
		t.Say(cannotDelegate())
		return nil
	}
	t.Begin("uyquyen", form.Answers{delegateAnswer: strconv.FormatInt(delegate, 10)})
	t.Say(bot.Outgoing{Text: called(held[0].Name) + " sẽ duyệt thay anh/chị."})
	return nil
}

func cannotDelegate() bot.Outgoing {
	return bot.Outgoing{Text: "Người này không nhận ủy quyền được: không còn vai trò nào. Anh/chị gõ “ủy quyền” để chọn người khác."}
}

func submitDelegation(f *form.Form) func(context.Context, *handlers.Turn, form.Answers) error {
	return func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
		if problem := wrongDays(kept, t.Now); problem != "" {
			t.Session.Form.Back = "den_ngay"
			t.Say(bot.Outgoing{Text: problem})
			t.Say(f.Show(t.Session.Form, t.Who())...)
			return nil
		}
		delegate, _ := strconv.ParseInt(t.Session.Form.Answers[delegateAnswer], 10, 64) // not a number: nobody
		t.Session.Drop()
		act(t, storage.Approver, func(ctx context.Context, tx *storage.Tx) error { return keepDelegation(ctx, tx, t, delegate, kept) })
		return nil
	}
}

func wrongDays(kept form.Answers, now time.Time) string {
	switch {
	case kept["den_ngay"] < kept["tu_ngay"]:
		return "Ngày cuối phải từ ngày đầu trở đi. Anh/chị xem lại ngày này."
	case kept["den_ngay"] < now.Format(time.DateOnly):
		return "Ngày cuối đã qua. Anh/chị xem lại ngày này."
	}
	return ""
}

func keepDelegation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, delegate int64, kept form.Answers) error {
	me, own, err := ownApprover(ctx, tx, t)
	if err != nil {
		return err
	}
	held, err := storage.RolesOf(ctx, tx, delegate)
	if err != nil {
		return err
	}
	if !own || len(held) == 0 {
		t.Say(cannotDelegate())
		return nil
	}
	d := storage.Delegation{
		Person: me, Delegate: delegate, Reason: kept["ly_do"],
		From: midnight(kept["tu_ngay"], t.Now).UnixMilli(), Until: midnight(kept["den_ngay"], t.Now).AddDate(0, 0, 1).UnixMilli(),
	}
	if err := storage.AddDelegation(ctx, tx, &d, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Title: "Đã ủy quyền",
		Text:  fmt.Sprintf("%s duyệt thay anh/chị %s. Muốn lấy lại, anh/chị gõ “ủy quyền”.", called(held[0].Name), days(d, t)),
	})
	if err := storage.AddAudit(ctx, tx, t.In.From, "delegate", storage.PersonSubject(delegate), t.Now); err != nil {
		return err
	}
	return tellDelegate(ctx, tx, t, d)
}

func tellDelegate(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d storage.Delegation) error {
	me, err := t.Person(ctx)
	if err != nil {
		return err
	}
	return tellOther(ctx, tx, t, d.Delegate, fmt.Sprintf("delegation/%d", d.ID), bot.Outgoing{
		Title:   "Anh/chị được ủy quyền duyệt",
		Text:    fmt.Sprintf("%s nhờ anh/chị duyệt thay %s. Lý do: %s.\nAnh/chị duyệt bằng mã PIN của chính mình.", called(me.Name), days(d, t), d.Reason),
		Buttons: []bot.Button{{Label: "Đặt mã PIN", Data: "mapin:", Row: true}},
	})
}

// midnight is when a day begins, where now is told. The form gives days that there are.
func midnight(day string, now time.Time) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, day, now.Location())
	return at
}
