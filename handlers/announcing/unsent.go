package announcing

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// askDiscard makes sure, as what was written is gone then.
func (d Desk) askDiscard(_ context.Context, _ *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	if !unsent(a) {
		return false, nil
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Bỏ thông báo %s, “%s”? Thông báo chưa gửi cho ai và không lấy lại được.", a.Code, a.Message.Title),
		Buttons: []bot.Button{
			button("Bỏ thông báo", discard, a, revision(a)),
			button("Giữ lại", openCard, a, ""),
		},
	})
	return true, nil
}

func (d Desk) discard(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) (bool, error) {
	if !unsent(a) || seen != revision(a) {
		return false, nil
	}
	ok, err := storage.CancelAnnouncement(ctx, tx, a.ID, t.Now)
	if ok && err == nil {
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã bỏ thông báo %s. Chưa ai nhận được thông báo này.", a.Code), Buttons: []bot.Button{listButton()}})
	}
	return ok, err
}

// test sends the message, by the way that everybody gets it, to who presses.
func (d Desk) test(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return false, err
	}
	t.Say(bot.Outgoing{Text: "Mình gửi thử cho anh/chị đúng như người nhận sẽ thấy, ở nơi anh/chị thường nhận tin. Tin đến trong ít giây."})
	return true, storage.Notify(ctx, tx, storage.Notice{
		Source: source(a, "test", t.Now), Person: me, Message: outgoing(t, a), Queue: storage.QueueAnswers, Hours: storage.AnyHour,
	}, t.Now)
}
