package staff

import (
	"context"
	"fmt"
	"slices"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// openSheet reads a file that was sent. It fails with a viet.Problem for what cannot be read.
func openSheet(ctx context.Context, t *handlers.Turn, fields []form.Field, id string) ([]dossierRow, []mistake, error) {
	content, err := t.Files.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = content.Close() }()
	rows, err := export.Read(content, mostDossiers+2) // the headings and the example
	if err != nil {
		return nil, nil, err
	}
	return readDossiers(rows, fields, t.Now)
}

// checkSheet asks whether to import, or lists the mistakes and lets go of the file.
func checkSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string, list []dossierRow, wrong []mistake) error {
	kept, err := keptAlready(ctx, tx, list)
	if err != nil {
		return err
	}
	wrong = slices.Concat(wrong, kept)
	if err := storage.AddAudit(ctx, tx, t.In.From, "check-import", fmt.Sprintf("%d rows, %d mistakes", len(list), len(wrong)), t.Now); err != nil {
		return err
	}
	switch t.Session.Memo = nil; {
	case len(wrong) > 0:
		if err := tellMistakes(t, wrong); err != nil {
			return err
		}
	case len(list) == 0:
		t.Say(bot.Outgoing{Text: "Tệp này chưa có hồ sơ nào. Anh/chị điền từ dòng 3 rồi gửi lại."})
	default:
		t.Session.Memo = map[string]string{sheetMemo: id}
		t.Say(askImport(len(list), id))
		return nil
	}
	return t.Files.Release(ctx, tx, id)
}

// keptAlready finds the rows whose startup is here.
func keptAlready(ctx context.Context, tx *storage.Tx, list []dossierRow) (wrong []mistake, err error) {
	for _, d := range list {
		if d.answers[dossierProject] == "" || d.answers[dossierPhone] == "" {
			continue
		}
		code, err := storage.SameStartup(ctx, tx, d.answers[dossierProject], d.answers[dossierPhone])
		if err != nil {
			return nil, err
		}
		if code != "" {
			wrong = append(wrong, twice(d.row, alreadyKept(code)))
		}
	}
	return wrong, nil
}
