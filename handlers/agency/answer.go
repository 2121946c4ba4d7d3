package agency

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// deciding is the conversation in which staff decide about an answer, in package planning.
const deciding = "hoidap"

// answer keeps what an officer answers to a reminder, says so, and lets staff know of what they have to decide.
func answer(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation, a storage.Answer, said string) (err error) {
	a.Obligation = o.ID
	if a.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	if err := storage.AddAnswer(ctx, tx, &a, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Title: fullName(o), Text: said, Buttons: []bot.Button{
		{Label: "Gửi hoặc báo đã gửi", Data: sending + ":" + o.Code, Row: true}, listButton(),
	}})
	if a.State != storage.AnswerOpen {
		return nil
	}
	return storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{
		Source: fmt.Sprintf("obligation-answer/%d", a.ID), Message: toDecide(o, a), Queue: storage.QueueNotices,
	}, t.Now)
}

// toDecide tells staff of an answer.
func toDecide(o storage.Obligation, a storage.Answer) bot.Outgoing {
	title := o.Owner + " báo không thuộc nhiệm vụ đơn vị"
	if a.Kind == storage.AnswerPromise {
		title = o.Owner + " hẹn ngày gửi: " + viet.ShowDate(a.Day)
	}
	text := fmt.Sprintf("%s · %s, hạn hết %s.", o.Code, o.Title, viet.ShowDate(o.Last()))
	if a.Reason != "" {
		text += "\nLý do: " + a.Reason
	}
	return bot.Outgoing{Title: title, Text: text, Buttons: []bot.Button{
		{Label: "Xem và trả lời", Data: fmt.Sprintf("%s:%d", deciding, a.ID), Row: true},
	}}
}

// unlessSent goes on with what is open. What is sent or settled needs no answer: it is shown instead.
func (d Office) unlessSent(t *handlers.Turn, do func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error) func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
	return func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
		if o.State != storage.ObligationOpen {
			t.Session.Drop()
			return d.open(ctx, tx, t, o, "Việc này đã gửi hoặc đã xong, nên không cần trả lời nữa.")
		}
		return do(ctx, tx, o)
	}
}
