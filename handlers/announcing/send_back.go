package announcing

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// askReason asks why it goes back.
func (d Desk) askReason(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) (bool, error) {
	if ok, err := d.ripe(ctx, tx, t, a, seen); !ok || err != nil {
		return false, err
	}
	d.listen(t, sendBack, a, seen)
	t.Say(bot.Outgoing{Title: "Trả lại " + a.Code, Text: "Anh/chị gõ lý do trong vài câu, người soạn sẽ đọc để sửa; hoặc gõ “hủy”."})
	return true, nil
}

// giveBack makes a draft of a again, and tells who wrote it why.
func (d Desk) giveBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, reason string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if _, err := storage.MoveAnnouncement(ctx, tx, a.ID, storage.AnnouncementDraft, storage.AnnouncementProposed); err != nil {
		return err
	}
	err = tellOther(ctx, tx, t, me, a.Author, a, "returned", bot.Outgoing{
		Title:   "Trả lại để sửa: thông báo " + a.Code,
		Text:    a.Message.Title + "\nLý do: " + reason,
		Buttons: []bot.Button{button("Mở "+a.Code, openCard, a, "")},
	})
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã trả lại thông báo %s. Mình báo cho người soạn.", a.Code), Buttons: []bot.Button{listButton()}})
	return storage.AddAudit(ctx, tx, t.In.From, "return-announcement", fmt.Sprintf("%s/%s", a.Code, revision(a)), t.Now)
}
