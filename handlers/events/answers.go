package events

import (
	"context"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Answers has who joined an event correct what they answered, without giving the place or the number back, until it begins.
func Answers() *handlers.Conversation {
	return &handlers.Conversation{
		Name: answering, Words: []string{"sửa câu trả lời"},
		Form: &form.Form{Name: answering, Title: "Sửa câu trả lời", Submit: "Lưu câu trả lời", Fields: askedFields()},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			if argument == "" {
				if t.Resume(answering) {
					return nil
				}
				return listOn(ctx, t, 0)
			}
			return beginAnswers(ctx, t, argument)
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			code := t.Session.Form.Answers[eventKey]
			t.Session.Drop()
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return keepAnswers(ctx, tx, t, code, kept) })
			return nil
		},
	}
}

// askedFields ask what the organisers of an event want to know: as many as it has questions.
func askedFields() []form.Field {
	fields := []form.Field{}
	for i := range mostQuestions {
		number := strconv.Itoa(i)
		f := longest(form.Text(answerKey+number, "Câu hỏi "+strconv.Itoa(i+1), "Ban tổ chức hỏi:", "Chưa có"), 300)
		f.Detail = func(a form.Answers) string { return a[questionKey+number] }
		fields = append(fields, f)
	}
	return fields
}

// asked is what the form must know of an event.
func asked(e storage.Event) form.Answers {
	answers := form.Answers{eventKey: e.Code}
	for i, question := range e.Questions {
		answers[questionKey+strconv.Itoa(i)] = question
	}
	return answers
}

// answered takes the answers out of a form that was filled in.
func answered(kept form.Answers) storage.Profile {
	answers := storage.Profile{}
	for i := range mostQuestions {
		if answer, ok := kept[answerKey+strconv.Itoa(i)]; ok {
			answers[strconv.Itoa(i)] = answer
		}
	}
	return answers
}

// beginAnswers shows what somebody answered, to be corrected.
func beginAnswers(ctx context.Context, t *handlers.Turn, code string) error {
	e, ok, err := t.Store.EventAt(ctx, code)
	if err != nil {
		return err
	}
	g, _, err := t.Store.GuestAt(ctx, t.In.From, e.ID)
	if err != nil {
		return err
	}
	if !ok || !mayCorrect(t, e, g) {
		t.Say(noAnswers(t))
		return nil
	}
	answers := asked(e)
	for number, answer := range g.Answers {
		answers[answerKey+number] = answer
	}
	t.Begin(answering, answers)
	return nil
}

// mayCorrect reports whether there is something that g may still answer otherwise.
func mayCorrect(t *handlers.Turn, e storage.Event, g storage.Guest) bool {
	joined := g.State != "" && g.State != storage.GuestLeft
	return joined && len(e.Questions) > 0 && e.State == storage.EventOpen && t.Now.Before(e.Start(t.Now.Location()))
}

func noAnswers(t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{Text: t.Address("Câu trả lời sửa được trước khi sự kiện bắt đầu, khi bạn có chỗ hoặc đang chờ."), Buttons: []bot.Button{listButton()}}
}

func keepAnswers(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, kept form.Answers) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.ChangeAnswers(ctx, tx, code, me, answered(kept), t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(noAnswers(t))
		return nil
	}
	t.Say(bot.Outgoing{Text: t.Address("Đã lưu câu trả lời. Chỗ hoặc số thứ tự của bạn vẫn giữ nguyên."), Buttons: []bot.Button{{Label: "Xem " + code, Data: visiting + ":" + code, Row: true}}})
	return nil
}
