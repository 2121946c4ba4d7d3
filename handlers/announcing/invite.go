package announcing

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
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
	t.Begin(composing, form.Answers{titleKey: e.Name, textKey: text, fileKey: "", categoryKey: "su_kien"})
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}
