package announcing

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// report gives what became of an announcement for each recipient, as a sheet.
func (d Desk) report(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, _ string) (bool, error) {
	if unsent(a) {
		return false, nil
	}
	if !t.Can.Files {
		t.Say(bot.Outgoing{Text: "Nơi này không nhận được tệp. Anh/chị mở báo cáo trên Telegram hoặc trang web của trợ lý.", Buttons: []bot.Button{button("Quay lại", openCard, a, "")}})
		return true, nil
	}
	recipients, err := storage.RecipientsOf(ctx, tx, a.ID)
	if err != nil {
		return false, err
	}
	content, err := export.XLSX(d.sheet(a, recipients, t.Now.Location()))
	if err != nil {
		return false, fmt.Errorf("make the report of an announcement: %w", err)
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Báo cáo thông báo %s: %s người nhận. Tệp có thông tin cá nhân, anh/chị giữ kỹ.", a.Code, viet.ShowCount(len(recipients))),
		File: &bot.File{Name: "bao-cao-" + a.Code + ".xlsx", MIME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: content, Size: int64(len(content))},
	})
	return true, nil
}

func (d Desk) sheet(a storage.Announcement, recipients []storage.Recipient, zone *time.Location) export.Sheet {
	s := export.Sheet{Name: a.Code, Columns: []export.Column{
		{Heading: "Họ và tên", Width: 28}, {Heading: "Số điện thoại", Width: 16}, {Heading: "Nơi thực hiện dự án", Width: 24},
		{Heading: "Kênh", Width: 12}, {Heading: "Tình trạng", Width: 22}, {Heading: "Lúc", Width: 18}, {Heading: "Lý do", Width: 40},
	}}
	for _, r := range recipients {
		place := ""
		if r.Place != "" {
			place = handlers.PlaceName(d.Places, r.Place)
		}
		s.Rows = append(s.Rows, []any{
			r.Name, viet.ShowPhone(r.Phone), place, channelName(r.Channel), stateOfDelivery(r.State), time.UnixMilli(r.At).In(zone), why(r.Reason),
		})
	}
	return s
}

// askResend asks once, and tells how many get it again.
func (d Desk) askResend(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, detail string) (bool, error) {
	p, err := storage.ProgressOf(ctx, tx, a.ID)
	state := storage.DeliveryState(detail)
	n := p[state]
	if err != nil || n == 0 || a.State != storage.AnnouncementDone {
		return false, err
	}
	text := fmt.Sprintf("Gửi lại thông báo %s cho %s người gửi lỗi?", a.Code, viet.ShowCount(n))
	if state == storage.DeliveryUnknown {
		text = fmt.Sprintf("Gửi lại thông báo %s cho %s người không rõ đã nhận chưa? Có thể có người nhận hai lần.", a.Code, viet.ShowCount(n))
	}
	t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{
		button(fmt.Sprintf("Gửi lại cho %s người", viet.ShowCount(n)), resend, a, detail),
		button("Không gửi lại", openCard, a, ""),
	}})
	return true, nil
}

func (d Desk) resend(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, detail string) (bool, error) {
	n, err := storage.ResendAnnouncement(ctx, tx, a.ID, storage.DeliveryState(detail), t.Now)
	if err != nil || n == 0 {
		return false, err
	}
	a.State = storage.AnnouncementSending
	return true, d.show(ctx, tx, t, a, "")
}
