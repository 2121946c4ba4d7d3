package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// isLate reports whether a platform that promises no order brought what the person did before something that was handled
// already.
func isLate(t *Turn, d *storage.Dialog) bool {
	return t.Can.Unordered && t.In.At.UnixMilli() < d.Latest
}

// noteTime remembers when the newest handled message was written: not later than now, or all that follows would be late.
// Files do not count: those sent together come in any order, and none moves the conversation on.
func (t *Turn) noteTime(d *storage.Dialog) {
	if t.Can.Unordered && t.In.Kind == bot.Message && len(t.In.Files) == 0 {
		d.Latest = max(d.Latest, min(t.In.At.UnixMilli(), t.Now.UnixMilli()))
	}
}

// comesLate reports whether what was written comes too late to be taken. What goes to somebody else, they read late rather
// than never.
func (r *Router) comesLate(ctx context.Context, t *Turn) bool {
	talking := t.TalksAbout() != "" && r.listening(ctx, t) != nil
	return t.late && t.In.Kind == bot.Message && !talking
}

// What is said to a message that comes too late. It is not quoted: it may be a secret.
const (
	late     = "Có một tin của bạn đến muộn, sau những tin bạn gửi sau đó, nên mình chưa dùng tin ấy. Nếu vẫn cần, bạn gửi lại nhé."
	mixedUp  = "Các tin của bạn đến không đúng thứ tự nên có câu có thể đã ghi nhầm. Mình hỏi lại từ câu đó nhé."
	whatElse = " Bạn cần làm gì?"
)

// tooLate shows the step again, which a late message must not answer, or the question that a newer message answered in
// its place.
func (r *Router) tooLate(ctx context.Context, t *Turn) {
	c := r.inHand(t)
	switch {
	case c == nil:
		t.Say(r.menu(ctx, t, t.Address(late+whatElse)))
		return
	case c.Form.TakeBack(t.Session.Form, t.In):
		t.Say(bot.Outgoing{Text: t.Address(mixedUp)})
	default:
		t.Say(bot.Outgoing{Text: t.Address(late)})
	}
	t.Say(c.Form.Show(t.Session.Form, t.Who())...)
}
