package announcing

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// ripe reports whether a can be approved by who writes, as the text that they saw.
func (d Desk) ripe(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) (bool, error) {
	waits := a.State == storage.AnnouncementProposed || d.Alone && a.State == storage.AnnouncementDraft
	if !waits || seen != revision(a) {
		return false, nil
	}
	return d.mayApprove(ctx, tx, t, a)
}

// askApproval asks for the PIN. Who works alone may have none.
func (d Desk) askApproval(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) (bool, error) {
	if ok, err := d.ripe(ctx, tx, t, a, seen); !ok || err != nil {
		return false, err
	}
	has, err := storage.HasPIN(ctx, tx, t.In.From)
	switch {
	case err != nil:
		return false, err
	case has:
		d.listen(t, approve, a, seen)
		t.Say(bot.Outgoing{Title: "Duyệt gửi " + a.Code, Text: "Anh/chị gõ mã PIN gồm 6 chữ số để duyệt, hoặc gõ “hủy”."})
		return true, nil
	case d.Alone:
		return true, d.launch(ctx, tx, t, a, "")
	}
	t.Say(bot.Outgoing{Text: "Để duyệt, anh/chị cần mã PIN. Anh/chị đặt mã, rồi mở lại thông báo này.",
		Buttons: []bot.Button{{Label: "Đặt mã PIN", Data: "mapin:", Row: true}, button("Mở "+a.Code, openCard, a, "")}})
	return true, nil
}

// launch has a sent to everybody who is to get it as things stand now. entry is what the card takes the place of.
func (d Desk) launch(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, entry string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	people, err := storage.Recipients(ctx, tx, a.Audience)
	if err != nil {
		return err
	}
	a.Approver, a.Message.Outgoing = me, outgoing(t, a)
	ok, err := storage.LaunchAnnouncement(ctx, tx, a, people, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		return d.tooLate(ctx, tx, t, a.ID)
	}
	if a, _, err = storage.FindAnnouncement(ctx, tx, a.ID); err != nil {
		return err
	}
	err = tellOther(ctx, tx, t, me, a.Author, a, "approved", bot.Outgoing{
		Title: "Đã duyệt: thông báo " + a.Code, Text: a.Message.Title, Buttons: []bot.Button{button("Xem tiến độ", openCard, a, "")},
	})
	if err != nil {
		return err
	}
	if err := d.show(ctx, tx, t, a, entry); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "approve-announcement", fmt.Sprintf("%s/%s", a.Code, revision(a)), t.Now)
}
