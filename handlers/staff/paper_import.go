package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Import do.
const (
	giveTemplate = "mau"
	importAll    = "vao" // with the beginning of the file's hash
	importNone   = "thoi"
)

// sheetMemo is where the session has the hash of the file that waits to be imported.
const sheetMemo = "tep"

// Import brings in dossiers of earlier years and from paper, out of a sheet that staff fill in: all of them, or none while
// there is a mistake.
func Import(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "nhap", Label: "Nhập hồ sơ từ Excel", Role: storage.Staff, Menu: true,
		Words: []string{"nhập hồ sơ", "nhập excel", "nhập hồ sơ cũ"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			switch action, key, _ := strings.Cut(argument, ":"); {
			case !t.Can.Files:
				refuseImport(t)
			case action == giveTemplate:
				return sendTemplate(t, places)
			case action == importAll:
				return importSheet(ctx, t, places, key)
			case action == importNone:
				dropSheet(t)
			default:
				explainImport(t)
			}
			return nil
		},
		Asks:   true,
		Listen: func(ctx context.Context, t *handlers.Turn) error { return receiveSheet(ctx, t, places) },
	}
}

func onePaper() bot.Button {
	return bot.Button{Label: "Nhập một hồ sơ giấy", Data: "hosogiay:", Row: true}
}

// refuseImport answers where there are no files.
func refuseImport(t *handlers.Turn) {
	t.KeepAs(storage.Staff, func(context.Context, *storage.Tx) error {
		t.Say(bot.Outgoing{
			Text:    "Ở đây mình chưa gửi và nhận được tệp. Anh/chị mở trang chat trên web hoặc Telegram để nhập từ Excel; ở đây anh/chị nhập được từng hồ sơ.",
			Buttons: []bot.Button{onePaper()},
		})
		return nil
	})
}

// explainImport has the conversation wait for a file.
func explainImport(t *handlers.Turn) {
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
		t.PutAside()
		t.Session.Name = "nhap"
		t.Say(bot.Outgoing{
			Title: "Nhập hồ sơ từ Excel",
			Text: fmt.Sprintf("1. Anh/chị tải mẫu và điền mỗi hồ sơ một dòng, nhiều nhất %d dòng.\n2. Anh/chị gửi tệp đã điền vào đây.\n"+
				"3. Mình kiểm tra và báo từng ô sai. Khi không còn lỗi, anh/chị xác nhận thì mình mới nhập.", mostDossiers),
			Buttons: []bot.Button{{Label: "Tải mẫu Excel", Data: "nhap:" + giveTemplate, Row: true}, onePaper()},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "open-import", "", t.Now)
	})
}

func sendTemplate(t *handlers.Turn, places *viet.Places) error {
	content, err := dossierTemplate(places)
	if err != nil {
		return err
	}
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
		if t.Session.Form == nil {
			t.Session.Name = "nhap"
		}
		t.Say(bot.Outgoing{
			Text: "Anh/chị điền từ dòng 3; dòng 2 là ví dụ, để nguyên hay xóa đều được. Trang “Lựa chọn” có các giá trị được dùng. Điền xong, anh/chị gửi tệp vào đây.",
			File: workbookFile("mau-nhap-ho-so.xlsx", content),
		})
		return storage.AddAudit(ctx, tx, t.In.From, "download-template", "", t.Now)
	})
	return nil
}

// workbookFile is a workbook to send.
func workbookFile(name string, content []byte) *bot.File {
	return &bot.File{Name: name, MIME: xlsxType, Size: int64(len(content)), Data: content}
}

// receiveSheet checks the file that was sent, and asks whether to import it.
func receiveSheet(ctx context.Context, t *handlers.Turn, places *viet.Places) error {
	if len(t.In.Files) == 0 {
		done, err := t.Steer(ctx)
		if !done && err == nil {
			sayToStaff(t, "Mình đang chờ tệp Excel đã điền. Anh/chị gửi tệp vào đây, hoặc gõ “menu” để làm việc khác.")
		}
		return err
	}
	file, err := t.Fetch(ctx, t.In.Files[0])
	if err != nil {
		return told(t, err)
	}
	list, wrong, err := openSheet(ctx, t, dossierFields(places), file.ID)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return checkSheet(ctx, tx, t, file.ID, list, wrong) })
	return nil
}

// told tells the person what is wrong with what they sent; any other error is ours.
func told(t *handlers.Turn, err error) error {
	var problem viet.Problem
	if errors.As(err, &problem) {
		sayToStaff(t, problem.Error())
		return nil
	}
	return err
}

func sayToStaff(t *handlers.Turn, text string) {
	t.KeepAs(storage.Staff, func(context.Context, *storage.Tx) error { t.Say(bot.Outgoing{Text: text}); return nil })
}
