package staff

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

// mostRows is how many startups one sheet has at most, the newest ones.
const mostRows = 10_000

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sendSheet gives what was found as an XLSX file.
func sendSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places) error {
	if !t.Can.Files {
		t.Say(bot.Outgoing{Text: "Ở đây mình không gửi được tệp. Anh/chị mở trợ lý trên trang web hoặc Telegram, gõ “tìm hồ sơ” rồi tải bảng ở đó."})
		return nil
	}
	list, err := storage.SearchStartups(ctx, tx, filterOf(t, places), 0, mostRows)
	if err != nil {
		return err
	}
	content, err := export.XLSX(sheetOf(list, places, t.Now.Location()))
	if err != nil {
		return fmt.Errorf("export startups: %w", err)
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Bảng có %d hồ sơ. %s\nBảng có tên và số điện thoại: anh/chị giữ kỹ, dùng xong thì xóa.", len(list), criteria(t, places)),
		File: &bot.File{Name: "ho-so-" + t.Now.Format(time.DateOnly) + ".xlsx", MIME: xlsxType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "export-startups", strconv.Itoa(len(list))+" rows", t.Now)
}

func sheetOf(list []storage.RegisteredStartup, places *viet.Places, zone *time.Location) export.Sheet {
	s := export.Sheet{Name: "Hồ sơ", Columns: []export.Column{
		{Heading: "Mã hồ sơ", Width: 14}, {Heading: "Tên dự án", Width: 36}, {Heading: "Người đăng ký", Width: 24}, {Heading: "Số điện thoại", Width: 15},
		{Heading: "Nơi thực hiện", Width: 22}, {Heading: "Huyện cũ", Width: 22}, {Heading: "Lĩnh vực", Width: 26}, {Heading: "Giai đoạn", Width: 18},
		{Heading: "Tình trạng", Width: 18}, {Heading: "Ngày gửi", Width: 17}, {Heading: "Cập nhật lần cuối", Width: 17},
	}}
	for _, one := range list {
		place, _ := places.ByCode(one.Place)
		s.Rows = append(s.Rows, []any{
			one.Code, one.Name, one.Founder, viet.ShowPhone(one.Phone),
			handlers.PlaceName(places, one.Place), place.District, handlers.Label(handlers.Fields(), one.Field), handlers.Label(handlers.Stages(), one.Stage),
			handlers.Label(handlers.Statuses(), one.Status), time.UnixMilli(one.CreatedAt).In(zone), time.UnixMilli(one.UpdatedAt).In(zone),
		})
	}
	return s
}
