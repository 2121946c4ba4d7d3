package events

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sendSheet gives the guests of an event, with who came and what they think of it, as an XLSX file.
func sendSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	if !t.Can.Files {
		t.Say(bot.Outgoing{Text: "Nơi này không nhận được tệp. Anh/chị mở danh sách trên Telegram hoặc trang web của trợ lý.", Buttons: []bot.Button{button("Quay lại", managing, openCard, e)}})
		return nil
	}
	guests, err := storage.Guests(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	content, err := export.XLSX(sheet(e, guests, t.Now.Location()))
	if err != nil {
		return fmt.Errorf("make the list of guests: %w", err)
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Danh sách khách của sự kiện %s: %s người. Tệp có thông tin cá nhân, anh/chị giữ kỹ, dùng xong thì xóa.", e.Code, viet.ShowCount(len(guests))),
		File: &bot.File{Name: "khach-" + e.Code + ".xlsx", MIME: xlsxType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "export-guests", e.Code, t.Now)
}

func sheet(e storage.Event, guests []storage.Guest, zone *time.Location) export.Sheet {
	s := export.Sheet{Name: e.Code, Columns: []export.Column{
		{Heading: "Họ và tên", Width: 28}, {Heading: "Số điện thoại", Width: 16}, {Heading: "Tình trạng", Width: 20}, {Heading: "Số chờ", Width: 9},
		{Heading: "Đến lúc", Width: 18}, {Heading: "Điểm", Width: 8}, {Heading: "Góp ý", Width: 40},
	}}
	for _, question := range e.Questions {
		s.Columns = append(s.Columns, export.Column{Heading: question, Width: 40})
	}
	for _, g := range guests {
		row := []any{g.Name, viet.ShowPhone(g.Phone), stateName(g), "", "", "", g.Comment}
		if g.State == storage.GuestWaiting {
			row[3] = g.Number
		}
		if g.ArrivedAt > 0 {
			row[4] = time.UnixMilli(g.ArrivedAt).In(zone)
		}
		if g.Rating > 0 {
			row[5] = g.Rating
		}
		for i := range e.Questions {
			row = append(row, g.Answers[strconv.Itoa(i)])
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func stateName(g storage.Guest) string {
	switch {
	case g.ArrivedAt > 0:
		return "Đã đến"
	case g.State == storage.GuestOffered:
		return "Chờ xác nhận chỗ"
	case g.State == storage.GuestWaiting:
		return "Đang chờ"
	}
	return "Có chỗ"
}
