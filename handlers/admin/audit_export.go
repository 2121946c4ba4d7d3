package admin

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// exportMost is how many lines a sheet has at most: the newest.
const exportMost = 10_000

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportAudit gives the log as a sheet.
func exportAudit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, v view) error {
	if !t.Can.Files {
		t.Say(bot.Outgoing{Text: "Kênh này không gửi được tệp. Anh/chị mở trợ lý trên trang web hoặc Telegram để tải nhật ký."})
		return nil
	}
	found, err := storage.AuditLog(ctx, tx, v.filter(), 0, exportMost)
	if err != nil {
		return err
	}
	content, err := export.XLSX(auditSheet(found, t.Now.Location()))
	if err != nil {
		return fmt.Errorf("make the sheet of the audit log: %w", err)
	}
	text := fmt.Sprintf("%s: %d dòng.", v.title(), len(found))
	if len(found) == exportMost {
		text = fmt.Sprintf("%s: %d dòng mới nhất.", v.title(), len(found))
	}
	t.Say(bot.Outgoing{
		Text: text + " Tệp có tên cán bộ, anh/chị giữ kỹ.",
		File: &bot.File{Name: "nhat-ky-" + t.Now.Format("2006-01-02") + ".xlsx", MIME: sheetType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "export-audit", fmt.Sprintf("%d lines", len(found)), t.Now)
}

func auditSheet(lines []storage.AuditLine, zone *time.Location) export.Sheet {
	s := export.Sheet{Name: "Nhật ký", Columns: []export.Column{
		{Heading: "Thời điểm", Width: 18}, {Heading: "Người làm", Width: 26}, {Heading: "Duyệt thay", Width: 26},
		{Heading: "Việc", Width: 34}, {Heading: "Đối tượng", Width: 40}, {Heading: "Mã việc", Width: 24},
	}}
	for _, l := range lines {
		standsFor := ""
		if l.For != 0 {
			standsFor = called(l.InPlace)
		}
		s.Rows = append(s.Rows, []any{time.UnixMilli(l.At).In(zone), actor(l), standsFor, actionName(l.Action), subjectName(l), l.Action})
	}
	return s
}
