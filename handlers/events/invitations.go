package events

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// takeBack stops the announcements that invite to e, as something that they say is no longer so: it completes "Sự kiện …".
// Who wrote or approved one that was not sent to everybody yet hears of it; note is what to say to who changed the event.
func takeBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event, something string) (note string, err error) {
	list, err := storage.TakeBackInvitations(ctx, tx, e.Code, t.Now)
	if err != nil || len(list) == 0 {
		return "", err
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return "", err
	}
	codes := []string{}
	for _, a := range list {
		codes = append(codes, a.Code)
		for _, person := range []int64{a.Author, a.Approver} {
			if person == 0 || person == me {
				continue
			}
			if err := tellTakenBack(ctx, tx, t, e, a, person, something); err != nil {
				return "", err
			}
		}
		if err := storage.AddAudit(ctx, tx, t.In.From, "cancel-announcement", a.Code, t.Now); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf(" Thông báo mời %s đã dừng: ai chưa nhận thì không nhận nữa.", strings.Join(codes, ", ")), nil
}

func tellTakenBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event, a storage.Announcement, person int64, something string) error {
	m := bot.Outgoing{
		Title:   "Đã dừng thông báo mời " + a.Code,
		Text:    e.Name + "\nSự kiện " + e.Code + " " + something + ", nên thông báo này không gửi nữa.",
		Buttons: []bot.Button{{Label: "Mở " + a.Code, Data: "dsthongbao:mo:" + strconv.FormatInt(a.ID, 10), Row: true}},
	}
	if e.Joinable(t.Now) {
		m.Text += "\n" + e.Where(t.Now.Location()) + "\nAnh/chị soạn lại nếu vẫn cần mời."
		m.Buttons = append(m.Buttons, bot.Button{Label: "Soạn thông báo mời", Data: "thongbaomoi:" + e.Code, Row: true})
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("taken-back/%d/%d", a.ID, e.Revision)), Person: person,
		Message: e.News(m, t.Now.Location()), Queue: storage.QueueNotices, Hours: storage.LongDay, Again: true,
	}, t.Now)
}
