package handlers

import (
	"context"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// CodeAnswer is where a form that a code led to keeps the code's key: no question of it, so it is not shown.
const CodeAnswer = "ma"

// The text that guardians agree to. Whoever changes a word of it gives it a new version: proofs name the version and keep
// the text's hash (Law 91/2025/QH15: for people under 16, a parent or guardian agrees).
const (
	guardianVersion = "2026-11-gh-d"

	// GuardianShort is the question.
	GuardianShort = "Một em chưa đủ 16 tuổi nhờ bạn đồng ý cho em đăng ký dự án khởi nghiệp. Nếu bạn đồng ý, mình lưu họ tên, số điện thoại của bạn, " +
		"rồi họ tên, số điện thoại và thông tin dự án của em, để Sở Khoa học và Công nghệ tỉnh Quảng Ngãi liên hệ và hỗ trợ. Bạn có đồng ý không?"

	// GuardianFull is what "Bản đầy đủ" shows.
	GuardianFull = "Ai giữ: Sở Khoa học và Công nghệ tỉnh Quảng Ngãi.\n" +
		"Giữ gì: họ tên, số điện thoại của bạn; họ tên, số điện thoại, nơi thực hiện, thông tin dự án của em; và nếu em tự bổ sung: email, nhóm, tệp; câu hỏi em gửi cán bộ.\n" +
		"Để làm gì: tiếp nhận đăng ký, liên hệ và hỗ trợ dự án của em. Không dùng vào việc khác. Thông tin của em không công khai.\n" +
		"Bao lâu: hồ sơ tối đa 24 tháng kể từ lần cập nhật cuối; phần điền dở và câu hỏi đã trả lời 90 ngày; bằng chứng đồng ý thêm 5 năm sau khi xóa hồ sơ.\n" +
		"Tin nhắn đi qua ứng dụng bạn đang dùng (Telegram, Zalo…) nên ứng dụng đó cũng thấy nội dung.\n" +
		"Quyền của bạn và em: bạn hay em nhắn “dữ liệu” để xem, “rút đồng ý” để rút, “xóa dữ liệu” để xóa; bạn nhắn “gặp cán bộ” để xem, sửa hoặc xóa thông tin của em. " +
		"Việc rút không ảnh hưởng những gì đã làm trước đó."
)

// GuardianFields are the questions who somebody's guardian is, in words for whoever answers them.
func GuardianFields(name, phone string) []form.Field {
	return []form.Field{
		form.Name("ho_ten", "Cha, mẹ hoặc người giám hộ", name),
		form.Phone("dien_thoai", "Số điện thoại", phone),
	}
}

// KeepGuardian uses the code up and keeps the guardian's consent for the child who made it; the child is told. ok is
// false when the code is no longer good, which the person was then told; id is of what was kept.
func KeepGuardian(ctx context.Context, tx *storage.Tx, t *Turn, key string, g storage.Guardian) (id int64, ok bool, err error) {
	code, ok, err := storage.UseCode(ctx, tx, storage.GuardianCode, key, t.Now)
	if err != nil {
		return 0, false, err
	}
	if !ok {
		t.Say(WrongCode())
		return 0, false, nil
	}
	id, err = storage.AddGuardian(ctx, tx, code.Address(), g, storage.Consent{
		Version: guardianVersion, Text: GuardianShort + "\n" + GuardianFull,
		From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	}, t.Now)
	if err != nil {
		return 0, false, err
	}
	return id, true, storage.AddErrand(ctx, tx, code.Address(), "giamho:dongy", t.Now)
}

// WithdrawGuardian takes back the consent with this id that a guardian gave for somebody under 16, who is told. ok is false
// when it is not theirs, or holds no longer.
func WithdrawGuardian(ctx context.Context, tx *storage.Tx, t *Turn, id int64) (ok bool, err error) {
	return storage.WithdrawGuardian(ctx, tx, id, storage.Consent{
		Version: guardianVersion, Text: GuardianShort + "\n" + GuardianFull,
		From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	}, "giamho:rut", t.Now)
}

// NeedsCode answers whoever asks for something that only a child's code opens.
func NeedsCode() bot.Outgoing {
	return bot.Outgoing{Text: "Việc này cần mã của em chưa đủ 16 tuổi. Bạn gõ mã đã nhận, hoặc mở liên kết có mã đó."}
}
