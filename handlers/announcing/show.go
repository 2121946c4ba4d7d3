package announcing

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

func gone() bot.Outgoing {
	return bot.Outgoing{Text: "Mình không thấy thông báo này.", Buttons: []bot.Button{listButton()}}
}

// tooLate shows the announcement as it stands, as somebody else acted first.
func (d Desk) tooLate(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id int64) error {
	a, ok, err := storage.FindAnnouncement(ctx, tx, id)
	if err != nil || !ok {
		return err
	}
	return d.outpaced(ctx, tx, t, a)
}

func (d Desk) outpaced(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement) error {
	t.Say(bot.Outgoing{Text: "Thông báo này đã thay đổi trước khi anh/chị bấm, nên mình chưa làm gì. Dưới đây là tình trạng hiện nay."})
	if err := d.show(ctx, tx, t, a, ""); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "open-announcement", a.Code, t.Now)
}

func (d Desk) open(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	return true, d.show(ctx, tx, t, a, "")
}

func (d Desk) update(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	return true, d.show(ctx, tx, t, a, t.In.Pressed)
}

// show says what there is to see of an announcement, in the place of the message replaced ("": as a new one).
func (d Desk) show(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, replaced string) (err error) {
	card := bot.Outgoing{}
	if unsent(a) {
		card, err = d.preview(ctx, tx, t, a)
	} else {
		card, err = d.progress(ctx, tx, t, a)
	}
	card.Replace = replaced
	t.Say(card)
	return err
}

func unsent(a storage.Announcement) bool {
	return a.State == storage.AnnouncementDraft || a.State == storage.AnnouncementProposed
}

// button does something with a; detail may be "".
func button(label, verb string, a storage.Announcement, detail string) bot.Button {
	data := fmt.Sprintf("%s:%s:%d", managing, verb, a.ID)
	if detail != "" {
		data += ":" + detail
	}
	return bot.Button{Label: label, Data: data, Row: true}
}

func revision(a storage.Announcement) string { return strconv.FormatInt(a.Revision, 10) }

// source is that of a notice about a.
func source(a storage.Announcement, what string, at time.Time) string {
	return fmt.Sprintf("announcement-%s/%d/%d", what, a.ID, at.UnixMilli())
}

// pagePath is where a is on the web, see pages.Announcement.
func pagePath(a storage.Announcement) string { return "/tb/" + a.Code }
