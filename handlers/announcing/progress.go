package announcing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// progress shows how far an announcement has come.
func (d Desk) progress(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement) (bot.Outgoing, error) {
	p, err := storage.ProgressOf(ctx, tx, a.ID)
	if err != nil {
		return bot.Outgoing{}, err
	}
	if p.Total() == 0 && a.State == storage.AnnouncementCancelled {
		return bot.Outgoing{
			Title: "ĐÃ HỦY · " + a.Code, Text: a.Message.Title + "\nThông báo đã được bỏ khi chưa gửi cho ai.", Buttons: []bot.Button{listButton()},
		}, nil
	}
	waiting, err := storage.WaitingByChannel(ctx, tx, a.ID)
	if err != nil {
		return bot.Outgoing{}, err
	}
	lines := []string{a.Message.Title, ""}
	for _, state := range deliveryStates() {
		if n := p[state]; n > 0 || always(state) {
			lines = append(lines, stateOfDelivery(state)+": "+viet.ShowCount(n))
		}
	}
	lines = append(lines, "", d.whenOver(a, waiting, t.Now), "Cập nhật lúc "+t.Now.Format("15:04:05")+".")
	return bot.Outgoing{
		Title:   strings.ToUpper(stateName(a, t.Now)) + " · " + a.Code,
		Text:    strings.Join(lines, "\n"),
		Buttons: progressButtons(t, a, p),
	}, nil
}

// whenOver tells when everything is sent, or was.
func (d Desk) whenOver(a storage.Announcement, waiting map[string]int, now time.Time) string {
	switch a.State {
	case storage.AnnouncementPaused:
		return "Bấm “Tiếp tục” thì phần đang chờ được gửi tiếp."
	case storage.AnnouncementCancelled:
		return "Phần chưa gửi đã được hủy."
	case storage.AnnouncementDone:
		return "Gửi xong lúc " + showTime(time.UnixMilli(a.FinishedAt).In(now.Location())) + "."
	}
	start := now
	if at := time.UnixMilli(a.StartAt).In(now.Location()); at.After(now) {
		start = at
	}
	return "Dự kiến xong: " + showTime(d.end(a, waiting, start)) + "."
}

func progressButtons(t *handlers.Turn, a storage.Announcement, p storage.Progress) []bot.Button {
	buttons := []bot.Button{}
	switch a.State {
	case storage.AnnouncementSending:
		buttons = append(buttons, button("Cập nhật", update, a, ""), button("Tạm dừng", pause, a, ""), button("Hủy phần chưa gửi", cancel, a, ""))
	case storage.AnnouncementPaused:
		buttons = append(buttons, button("Cập nhật", update, a, ""), button("Tiếp tục", resume, a, ""), button("Hủy phần chưa gửi", cancel, a, ""))
	case storage.AnnouncementDone:
		for _, state := range []storage.DeliveryState{storage.DeliveryFailed, storage.DeliveryUnknown} {
			if n := p[state]; n > 0 {
				buttons = append(buttons, button(fmt.Sprintf("Gửi lại phần %s (%d)", again(state), n), askResend, a, string(state)))
			}
		}
	}
	buttons = append(buttons, button("Báo cáo", report, a, ""))
	if url := t.Page(pagePath(a)); url != "" && a.State != storage.AnnouncementCancelled {
		buttons = append(buttons, bot.Button{Label: "Xem trên trang web", URL: url, Row: true})
	}
	return buttons
}

func (d Desk) pause(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	return d.move(ctx, tx, t, a, storage.AnnouncementPaused, storage.AnnouncementSending)
}

func (d Desk) resume(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	return d.move(ctx, tx, t, a, storage.AnnouncementSending, storage.AnnouncementPaused)
}

func (d Desk) move(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, to, from storage.AnnouncementState) (bool, error) {
	ok, err := storage.MoveAnnouncement(ctx, tx, a.ID, to, from)
	if !ok || err != nil {
		return false, err
	}
	a.State = to
	return true, d.show(ctx, tx, t, a, t.In.Pressed)
}

// cancel takes back what is not sent yet, at once.
func (d Desk) cancel(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	if unsent(a) {
		return false, nil
	}
	ok, err := storage.CancelAnnouncement(ctx, tx, a.ID, t.Now)
	if !ok || err != nil {
		return false, err
	}
	a.State = storage.AnnouncementCancelled
	return true, d.show(ctx, tx, t, a, t.In.Pressed)
}
