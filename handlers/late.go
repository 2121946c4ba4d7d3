package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// isLate reports whether a platform that promises no order brought what the person typed before something that was
// handled already. A button says itself which step it answers.
func isLate(t *Turn, d *storage.Dialog) bool {
	return t.Can.Unordered && t.In.Kind == bot.Message && t.In.Button == "" && t.In.Start == "" && t.In.At.UnixMilli() < d.Latest
}

// noteTime remembers when the newest handled message was written. Files do not count: those sent together come in any
// order, and none moves the conversation on.
func (t *Turn) noteTime(d *storage.Dialog) {
	if t.Can.Unordered && t.In.Kind == bot.Message && len(t.In.Files) == 0 {
		d.Latest = max(d.Latest, t.In.At.UnixMilli())
	}
}

// tooLate shows the step again, which a late message must not answer.
func (r *Router) tooLate(ctx context.Context, t *Turn) {
	const late = "Tin vừa rồi đến trễ, sau tin bạn viết sau nó, nên mình chưa dùng. Nếu còn cần, bạn gửi lại giúp."
	if c := r.inHand(t); c != nil {
		t.Say(bot.Outgoing{Text: t.Address(late)})
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
		return
	}
	t.Say(r.menu(ctx, t, t.Address(late+" Bạn cần làm gì?")))
}
