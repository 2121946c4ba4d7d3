package staff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// mostMistakes is how many are told in words; all of them are then in a file.
const mostMistakes = 30

// tellMistakes lists every mistake with its cell, in the order in which the file is read.
func tellMistakes(t *handlers.Turn, wrong []mistake) error {
	lines, rows := []string{}, [][]any{}
	for _, m := range slices.SortedStableFunc(slices.Values(wrong), inFile) {
		lines, rows = append(lines, m.cell()+", "+m.about+": "+m.problem), append(rows, []any{m.cell(), m.about, m.problem})
	}
	text := fmt.Sprintf("Tệp có %d lỗi nên mình chưa nhập hồ sơ nào. Anh/chị sửa trong tệp rồi gửi lại cả tệp.\n\n", len(wrong))
	if len(lines) <= mostMistakes {
		t.Say(bot.Outgoing{Text: text + strings.Join(lines, "\n")})
		return nil
	}
	content, err := export.XLSX(export.Sheet{
		Name: "Lỗi", Rows: rows, Columns: []export.Column{{Heading: "Ô", Width: 8}, {Heading: "Cột", Width: 20}, {Heading: "Lỗi", Width: 90}},
	})
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: text + strings.Join(lines[:mostMistakes], "\n") + "\n…"},
		bot.Outgoing{Text: "Tệp này có đủ các lỗi.", File: workbookFile("loi-nhap-ho-so.xlsx", content)})
	return nil
}

func inFile(a, b mistake) int {
	return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
}

func askImport(n int, id string) bot.Outgoing {
	return bot.Outgoing{
		Text: fmt.Sprintf("Tệp có %d hồ sơ, không có lỗi. Chỉ nhập khi điều này đúng với cả %d hồ sơ: %s", n, n, paperWord),
		Buttons: []bot.Button{
			{Label: fmt.Sprintf("Đúng, nhập %d hồ sơ", n), Data: "nhap:" + importAll + ":" + sheetKey(id), Row: true},
			{Label: "Không nhập", Data: "nhap:" + importNone, Row: true},
		},
	}
}

// sheetKey is the beginning of a hash: a button has no room for all of it.
func sheetKey(id string) string { return id[:min(16, len(id))] }

// importSheet keeps all dossiers of the file that waits, after checking it once more.
func importSheet(ctx context.Context, t *handlers.Turn, places *viet.Places, key string) error {
	id := t.Session.Memo[sheetMemo]
	if id == "" || sheetKey(id) != key {
		t.KeepAs(storage.Staff, func(context.Context, *storage.Tx) error {
			t.Say(bot.Outgoing{Text: "Tệp này không còn chờ nhập. Anh/chị gửi lại tệp.", Buttons: []bot.Button{{Label: "Nhập hồ sơ từ Excel", Data: "nhap:", Row: true}}})
			return nil
		})
		return nil
	}
	list, wrong, err := openSheet(ctx, t, dossierFields(places), id)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
		kept, err := keptAlready(ctx, tx, list)
		if err != nil {
			return err
		}
		if all := slices.Concat(wrong, kept); len(all) > 0 { // somebody else brought in one of them meanwhile
			return tellMistakes(t, all)
		}
		return keepSheet(ctx, tx, t, id, list)
	})
	return nil
}

// keepSheet keeps the dossiers, and gives a list of their codes to be written on the papers.
func keepSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string, list []dossierRow) error {
	codes := export.Sheet{Name: "Mã hồ sơ", Columns: []export.Column{
		{Heading: "Dòng", Width: 8}, {Heading: "Mã hồ sơ", Width: 16}, {Heading: "Họ và tên", Width: 26}, {Heading: "Tên dự án", Width: 40},
	}}
	for _, d := range list {
		p, err := keepDossier(ctx, tx, t, d.answers, strings.ToLower(storage.NewSecret(12)), fmt.Sprintf("/%d", d.row))
		if err != nil {
			return err
		}
		codes.Rows = append(codes.Rows, []any{d.row + 1, p.Code, p.Founder, p.Name})
	}
	content, err := export.XLSX(codes)
	if err != nil {
		return err
	}
	t.Session.Drop()
	t.Say(bot.Outgoing{
		Title: fmt.Sprintf("Đã nhập %d hồ sơ", len(list)),
		Text:  "Tệp này có mã của từng hồ sơ. Anh/chị ghi mã lên hồ sơ giấy và lưu giấy đồng ý theo quy định của Sở.",
		File:  workbookFile("ma-ho-so.xlsx", content),
	})
	return t.Files.Release(ctx, tx, id)
}

// dropSheet lets go of the file that waits.
func dropSheet(t *handlers.Turn) {
	id := t.Session.Memo[sheetMemo]
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
		t.Session.Drop()
		t.Say(bot.Outgoing{Text: "Mình chưa nhập hồ sơ nào và đã bỏ tệp. Anh/chị gõ “nhập hồ sơ” khi muốn làm lại."})
		if err := storage.AddAudit(ctx, tx, t.In.From, "drop-import", "", t.Now); err != nil || id == "" {
			return err
		}
		return t.Files.Release(ctx, tx, id)
	})
}
