package announcing

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const pageSize = 4 // with the two other buttons, what a small screen shows

func (d Desk) list(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	found, err := storage.RecentAnnouncements(ctx, tx, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{
		Title: fmt.Sprintf("Các thông báo, trang %d", page+1), Text: "Không có thông báo nào ở trang này.",
		Buttons: []bot.Button{{Label: "Soạn thông báo", Data: composing + ":", Row: true}},
	}
	lines := []string{}
	for _, a := range found[:min(len(found), pageSize)] {
		lines = append(lines, describe(a, t.Now))
		m.Buttons = append(m.Buttons, button("Mở "+a.Code, openCard, a, ""))
	}
	if len(lines) > 0 {
		m.Text = strings.Join(lines, "\n\n")
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("%s:%d", managing, page+1), Row: true})
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-announcements", "page "+strconv.Itoa(page+1), t.Now)
}

func describe(a storage.Announcement, now time.Time) string {
	day := time.UnixMilli(max(a.CreatedAt, a.StartAt)).In(now.Location()).Format("02/01/2006")
	return fmt.Sprintf("%s · %s · %s\n%s", a.Code, stateName(a, now), day, a.Message.Title)
}

// stateName is where a stands, in words.
func stateName(a storage.Announcement, now time.Time) string {
	switch a.State {
	case storage.AnnouncementDraft:
		return "chưa gửi"
	case storage.AnnouncementProposed:
		return "chờ duyệt"
	case storage.AnnouncementSending:
		if a.StartAt > now.UnixMilli() {
			return "đã duyệt, chờ đến giờ gửi"
		}
		return "đang gửi"
	case storage.AnnouncementPaused:
		return "tạm dừng"
	case storage.AnnouncementCancelled:
		return "đã hủy"
	}
	return "đã gửi xong"
}
