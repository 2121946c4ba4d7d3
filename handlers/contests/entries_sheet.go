package contests

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/export"
)

// giveEntries sends a sheet of all entries that were submitted, with every answer.
func (o Office) giveEntries(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	if !t.Can.Files {
		return problem(noFiles)
	}
	c, d, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	list, err := storage.EntriesOf(ctx, tx, c.ID, storage.EntrySubmitted)
	if err != nil {
		return err
	}
	s := entrySheet(d)
	for _, e := range list {
		row, err := entryRow(ctx, tx, d, e, c, t.Now.Location())
		if err != nil {
			return err
		}
		s.Rows = append(s.Rows, row)
	}
	content, err := export.XLSX(s)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Bảng có %d hồ sơ đã nộp của %s. Bảng có tên và số điện thoại: anh/chị giữ kỹ, dùng xong thì xóa.", len(list), c.Name),
		File: &bot.File{Name: "ho-so-du-thi-" + code + ".xlsx", MIME: xlsxType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "export-entries", fmt.Sprintf("%s, %d rows", code, len(list)), t.Now)
}

func entrySheet(d competition.Definition) export.Sheet {
	s := export.Sheet{Name: "Hồ sơ dự thi", Columns: []export.Column{
		{Heading: "Mã", Width: 15}, {Heading: "Bảng", Width: 16}, {Heading: "Dự án", Width: 32}, {Heading: "Hồ sơ dự án", Width: 15}, {Heading: "Trưởng nhóm", Width: 24},
		{Heading: "Số điện thoại", Width: 15}, {Heading: "Thành viên", Width: 30}, {Heading: "Nộp lúc", Width: 17}, {Heading: "Nguồn", Width: 12},
	}}
	for _, item := range d.Dossier() {
		s.Columns = append(s.Columns, export.Column{Heading: item.Label, Width: 30})
	}
	return s
}

func sourceOf(e storage.Entry) string {
	if e.Origin == storage.OriginPaper {
		return "hồ sơ giấy"
	}
	return "trò chuyện"
}

func entryRow(ctx context.Context, tx *storage.Tx, definition competition.Definition, e storage.Entry, c storage.Competition, zone *time.Location) ([]any, error) {
	d := dossier{Entry: e, competition: c}
	if err := d.complete(ctx, tx); err != nil {
		return nil, err
	}
	captain, err := storage.PersonOf(ctx, tx, e.Person)
	if err != nil {
		return nil, err
	}
	row := []any{e.Code, e.Track, e.Name, e.Startup, captain.Name, viet.ShowPhone(captain.Phone), strings.Join(d.memberNames(), ", "), time.UnixMilli(e.SubmittedAt).In(zone), sourceOf(e)}
	filled := d.filled()
	for _, item := range definition.Dossier() {
		row = append(row, item.Show(filled[item.Key]))
	}
	return row, nil
}
