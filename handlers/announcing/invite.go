package announcing

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Where the answers in hand say which event they invite to, and what they say of when and where it is; no field has these.
const (
	eventKey = "su_kien"
	whereKey = "su_kien_o"
)

// invite begins an announcement of an event, which is then made as any other: who is told, approval, hours and one a day.
func invite(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	e, ok, err := storage.FindEvent(ctx, tx, code)
	if err != nil {
		return err
	}
	if !ok || !e.Joinable(t.Now) {
		t.Say(bot.Outgoing{Text: "Sự kiện này không nhận đăng ký nữa, nên không cần thông báo mời."})
		return nil
	}
	text := handlers.EventHost(e) + " mời bạn tham gia.\n" + e.Where(t.Now.Location()) + "\nBạn nhắn “sự kiện” để đăng ký."
	if url := t.Page("/sk/" + e.Code); url != "" {
		text += "\n" + url
	}
	t.Begin(composing, form.Answers{
		titleKey: e.Name, textKey: text, fileKey: "", categoryKey: "su_kien", eventKey: e.Code, whereKey: e.Where(t.Now.Location()),
	})
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

// stillSo reports whether the event that p invites to, if any, is still when and where p was begun with; whoever writes is told
// if not. The event stays locked: what changes it later finds the announcement.
func stillSo(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p form.Progress) (bool, error) {
	code := p.Answers[eventKey]
	if code == "" {
		return true, nil
	}
	e, _, err := storage.FindEvent(ctx, tx, code)
	switch {
	case err != nil:
		return false, err
	case !e.Joinable(t.Now):
		t.Say(bot.Outgoing{Text: "Sự kiện " + code + " đã hủy hoặc đã kết thúc trong lúc anh/chị soạn, nên mình không lưu thông báo mời này.", Buttons: []bot.Button{listButton()}})
		return false, nil
	case e.Where(t.Now.Location()) != p.Answers[whereKey]:
		t.Say(bot.Outgoing{
			Text:    "Sự kiện " + code + " đã đổi thời gian hoặc địa điểm trong lúc anh/chị soạn, nên mình không lưu thông báo mời này. Hiện nay:\n" + e.Where(t.Now.Location()),
			Buttons: []bot.Button{{Label: "Soạn thông báo mời", Data: composing + ":" + code, Row: true}, listButton()},
		})
		return false, nil
	}
	return true, nil
}
