package staff

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What an officer declares before a dossier is kept of somebody who did not write to us. Whoever changes a word of it gives
// it a new version: proofs name the version and keep the text's hash (Law 91/2025/QH15).
const (
	paperVersion = "2026-11-giay-a"
	paperWord    = "Sở Khoa học và Công nghệ đang giữ giấy đồng ý lưu hồ sơ có chữ ký của người đăng ký; " +
		"với người chưa đủ 16 tuổi, có thêm chữ ký của cha, mẹ hoặc người giám hộ."
)

// Keys of a dossier's answers.
const (
	dossierName    = "ho_ten"
	dossierPhone   = "dien_thoai"
	dossierPlace   = "noi"
	dossierProject = "ten_du_an"
	dossierField   = "linh_vuc"
	dossierStage   = "giai_doan"
	dossierFiled   = "ngay_nop"
)

// dossierFields are what is asked of a dossier on paper, and the columns of the sheet that brings many.
func dossierFields(places *viet.Places) []form.Field {
	return []form.Field{
		form.Name(dossierName, "Họ và tên", "Người đăng ký tên gì?"),
		form.Phone(dossierPhone, "Số điện thoại", "Số di động của người đăng ký là số nào?"),
		handlers.PlaceField(places, "Dự án làm ở xã, phường nào? Gõ tên mới hay tên cũ đều được."),
		form.Text(dossierProject, "Tên dự án", "Dự án tên gì?", "Tinh dầu sả Trà Bồng"),
		form.One(dossierField, "Lĩnh vực", "Dự án thuộc lĩnh vực nào?", handlers.Fields()...),
		form.One(dossierStage, "Giai đoạn", "Lúc nộp, dự án ở giai đoạn nào?", handlers.Stages()...),
		form.PastDate(dossierFiled, "Ngày nộp", "Hồ sơ nộp ngày nào?"),
	}
}

// errFuture is what is wrong with a day that has not come.
const errFuture = viet.Problem("Ngày này chưa tới.")

// isFuture says whether a day, "2006-01-02", has not come at now.
func isFuture(day string, now time.Time) bool { return day > now.Format(time.DateOnly) }

// keepDossier registers what a dossier says, and notes it in the audit log. proof is what the officer's declaration is called beside the message that bore it.
func keepDossier(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a form.Answers, draft, proof string) (storage.PaperStartup, error) {
	filed, err := time.ParseInLocation(time.DateOnly, a[dossierFiled], t.Now.Location())
	if err != nil {
		return storage.PaperStartup{}, fmt.Errorf("read day of a dossier: %w", err)
	}
	p := storage.PaperStartup{
		Startup: storage.Startup{Draft: draft, Name: a[dossierProject], Place: a[dossierPlace], Field: a[dossierField], Stage: a[dossierStage]},
		Founder: a[dossierName], Phone: a[dossierPhone], Filed: filed,
		Proof: storage.Consent{
			Version: paperVersion, Text: paperWord, From: t.In.From, MessageID: t.In.ID + proof, At: t.Now.Truncate(time.Millisecond),
		},
	}
	if err := storage.AddPaperStartup(ctx, tx, &p, t.Now); err != nil {
		return p, err
	}
	return p, storage.AddAudit(ctx, tx, t.In.From, "import-startup", p.Code, t.Now)
}

// alreadyKept tells of a dossier whose startup is here.
func alreadyKept(code string) string {
	return fmt.Sprintf("Đã có hồ sơ %s cùng tên dự án và số điện thoại.", code)
}

func dossierReceipt(s storage.Startup) bot.Outgoing {
	return bot.Outgoing{
		Title: "Đã nhập hồ sơ giấy " + s.Code,
		Text:  "Dự án: " + s.Name + "\nAnh/chị ghi mã này lên hồ sơ giấy và lưu giấy đồng ý theo quy định của Sở.",
		Buttons: []bot.Button{
			{Label: "Nhập hồ sơ khác", Data: "hosogiay:", Row: true},
			{Label: "Tìm hồ sơ", Data: "timkiem:", Row: true},
		},
	}
}
