package founder

import (
	"context"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// The text that people agree to. Whoever changes a word of it gives it a new version: proofs name the version and keep
// the text's hash (Law 91/2025/QH15).
const (
	consentVersion = "2026-11-e"

	consentShort = "Để đăng ký, mình cần lưu họ tên, số điện thoại và thông tin dự án của bạn, để Sở Khoa học và Công nghệ tỉnh Quảng Ngãi liên hệ và hỗ trợ. " +
		"Hồ sơ được giữ tối đa 24 tháng kể từ lần cập nhật cuối; tin nhắn đi qua ứng dụng bạn đang dùng. " +
		"Bất cứ lúc nào, bạn nhắn “dữ liệu” để xem, “hồ sơ của tôi” để sửa, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa. Bạn có đồng ý không?"

	consentFull = "Ai giữ: Sở Khoa học và Công nghệ tỉnh Quảng Ngãi.\n" +
		"Giữ gì: họ tên, số điện thoại, nơi thực hiện, thông tin dự án; và nếu bạn tự bổ sung: email, nhóm của bạn, loại hình, mã số thuế, tệp; câu hỏi bạn gửi cán bộ.\n" +
		"Để làm gì: tiếp nhận đăng ký, liên hệ và hỗ trợ dự án khởi nghiệp đổi mới sáng tạo. Không dùng vào việc khác, không công khai.\n" +
		"Bao lâu: hồ sơ tối đa 24 tháng kể từ lần cập nhật cuối; phần điền dở và câu hỏi đã trả lời 90 ngày; bằng chứng đồng ý thêm 5 năm sau khi xóa hồ sơ.\n" +
		"Tin nhắn đi qua ứng dụng bạn đang dùng (Telegram, Zalo…) nên ứng dụng đó cũng thấy nội dung.\n" +
		"Quyền của bạn: nhắn “dữ liệu” để xem và tải về, “hồ sơ của tôi” để sửa, “xóa dữ liệu” để xóa, “rút đồng ý” để rút; việc rút không ảnh hưởng những gì đã làm trước đó.\n" +
		"Người dưới 16 tuổi cần cha, mẹ hoặc người giám hộ đồng ý."
)

const consentKey = "dong_y"

// The answers to the question of consent.
const (
	agreed  = "co"
	minor   = "duoi16"
	refused = "khong"
)

func consentField() form.Field {
	f := form.One(consentKey, "Đồng ý xử lý dữ liệu", consentShort,
		form.Choice{Value: agreed, Label: "Đồng ý, tôi đủ 16 tuổi"},
		form.Choice{Value: minor, Label: "Tôi chưa đủ 16 tuổi"},
		form.Choice{Value: refused, Label: "Không đồng ý"})
	f.Uncounted = true
	f.Notes = []form.Note{{Label: "Bản đầy đủ", Text: consentFull}}
	return f
}

// answerConsent acts on the answer to the question of consent at the moment it is given.
func answerConsent(ctx context.Context, t *handlers.Turn, before form.Answers) error {
	answer := t.Session.Form.Answers[consentKey]
	if answer == before[consentKey] {
		return nil
	}
	if before[consentKey] == agreed {
		t.Keep(keepConsent(t, storage.Dossier, false, consentShort+"\n"+consentFull)) // gone back, and thought again
	}
	switch answer {
	case agreed:
		t.Keep(keepConsent(t, storage.Dossier, true, consentShort+"\n"+consentFull))
	case minor:
		return askGuardian(ctx, t)
	case refused:
		stop(t, "Vâng, mình không lưu gì của lần đăng ký này. Khi nào đổi ý, bạn chọn lại “Đăng ký dự án” nhé.")
	}
	return nil
}

// stop ends the form without a trace, with one message.
func stop(t *handlers.Turn, text string) {
	t.Session.Drop()
	t.Unsay()
	t.Say(bot.Outgoing{Text: text})
}

// keepConsent proves an answer to a question of consent; the person becomes known by it.
func keepConsent(t *handlers.Turn, purpose storage.Purpose, given bool, text string) storage.Effect {
	text = t.Address(text) // as it was shown
	return func(ctx context.Context, tx *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		return storage.AddConsent(ctx, tx, storage.Consent{
			Person: id, Purpose: purpose, Given: given, Version: consentVersion, Text: text,
			From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
		})
	}
}
