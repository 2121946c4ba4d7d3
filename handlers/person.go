package handlers

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// What is to be done with a request, before its code in a button: "xong:CODE".
const endRequest = "xong"

// requestEnded is in an errand, in the same way: the other one closed the request.
const requestEnded = "het"

// talkToPerson brings a question to the people of Sở KH&CN: what the person sends becomes a request, and the answers come
// back here. Where there is nobody to answer, contact says how to reach them. A form in hand waits.
func (r *Router) talkToPerson(contact string) *Conversation {
	return &Conversation{
		Name: "gap", Label: "Gặp cán bộ", Menu: true,
		Words:  []string{"gặp người", "cán bộ", "tư vấn", "liên hệ", "hỏi cán bộ"},
		Always: []string{"gặp cán bộ"},
		Open: func(_ context.Context, t *Turn, argument string) error {
			verb, code, _ := strings.Cut(argument, ":")
			switch {
			case t.In.Kind == bot.Errand:
				r.letGo(t, code)
			case verb == endRequest:
				t.Keep(func(ctx context.Context, tx *storage.Tx) error { return r.end(ctx, tx, t, code) })
			default:
				t.Keep(func(ctx context.Context, tx *storage.Tx) error { return r.ask(ctx, tx, t, contact, argument) })
			}
			return nil
		},
		Listen: r.hear,
	}
}

// ask goes on with the open request of the code, or for "" the latest; else it asks for the question.
func (r *Router) ask(ctx context.Context, tx *storage.Tx, t *Turn, contact, code string) error {
	own, ok, err := storage.OwnRequest(ctx, tx, t.In.From, code)
	if err != nil {
		return err
	}
	if ok {
		return r.goOn(ctx, tx, t, own)
	}
	if code != "" {
		t.Say(overAlready())
		return nil
	}
	somebody, err := othersOnStaff(ctx, tx, t)
	switch {
	case err != nil:
		return err
	case !somebody:
		t.Say(bot.Outgoing{Title: "Gặp cán bộ", Text: contact + "\nBạn nói mã hồ sơ (nếu có) để cán bộ tìm nhanh hơn."})
		return nil
	}
	t.Talk("gap", "")
	t.Say(askQuestion(contact, r.waiting(t)))
	return nil
}

func askQuestion(contact string, waiting []bot.Button) bot.Outgoing {
	return bot.Outgoing{
		Title: "Gặp cán bộ",
		Text: "Bạn cần hỏi gì? Bạn gõ câu hỏi ở đây, kèm ảnh hoặc tệp nếu cần. Mình chuyển cho cán bộ, câu trả lời sẽ đến ngay tại đây.\n" +
			"Cách khác: " + contact + "\n" +
			// The default of RETENTION_DRAFT: whoever changes it changes this.
			"Những gì bạn gửi được xóa 90 ngày sau khi hỏi xong. Bạn đừng gửi CCCD, mật khẩu hay mã OTP.",
		Buttons: append(waiting, bot.Button{Label: "Thôi, không hỏi nữa", Data: "menu:", Row: true}),
	}
}

// othersOnStaff reports whether anybody but who writes could answer.
func othersOnStaff(ctx context.Context, tx *storage.Tx, t *Turn) (bool, error) {
	me, err := t.Person(ctx)
	if err != nil {
		return false, err
	}
	staff, err := storage.PeopleWith(ctx, tx, storage.Staff, t.Now)
	return slices.ContainsFunc(staff, func(id int64) bool { return id != me.ID }), err
}

// waiting is the button that goes on with the form that was interrupted.
func (r *Router) waiting(t *Turn) []bot.Button {
	c, ok := r.byName[t.Session.Memo[memoAfter]]
	if !ok || c.Form == nil {
		return nil
	}
	return []bot.Button{{Label: "Điền tiếp: " + c.Form.Title, Data: c.Button(""), Row: true}}
}

// hear takes what is sent as the question or, once there is a request, as part of it.
func (r *Router) hear(ctx context.Context, t *Turn) error {
	word, code := viet.Fold(t.In.Text), t.TalksAbout()
	other, meant := r.byPhrase[word]
	switch {
	case code != "" && word == viet.Fold("kết thúc"):
		return r.person.Open(ctx, t, endRequest+":"+code)
	case code == "" && slices.Contains([]string{"thoi", "huy", "de sau", "quay lai", "bo qua", "ket thuc"}, word): // folded
		t.Say(bot.Outgoing{Text: "Vâng. Khi cần hỏi, bạn gõ “gặp cán bộ”.", Buttons: append(r.waiting(t), menuButton())})
		t.Session.Drop()
		return nil
	case code == "" && meant && r.may(ctx, t, other):
		t.PutAside()
		return r.open(ctx, t, other, "")
	}
	said, err := t.Said(ctx)
	if err != nil || len(said) == 0 {
		return err
	}
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return r.send(ctx, tx, t, said) })
	return nil
}

func menuButton() bot.Button { return bot.Button{Label: "Việc khác", Data: "menu:", Row: true} }
