package handlers

import (
	"context"
	"time"

	"khoinghiep/storage"
)

// The text that people agree to before they join an event. Whoever changes a word of it gives it a new version: proofs name
// the version and keep the text's hash (Law 91/2025/QH15).
const (
	attendanceVersion = "2026-11-sk-a"

	// AttendanceShort is the question.
	AttendanceShort = "Để giữ chỗ, mình cần lưu họ tên và số điện thoại của bạn, để ban tổ chức sự kiện đón tiếp và báo khi có thay đổi. " +
		"Bất cứ lúc nào, bạn nhắn “dữ liệu” để xem, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa. Bạn có đồng ý không?"

	// AttendanceFull is what "Bản đầy đủ" shows.
	AttendanceFull = "Ai giữ: Sở Khoa học và Công nghệ tỉnh Quảng Ngãi; đơn vị tổ chức sự kiện xem được danh sách của sự kiện đó.\n" +
		"Giữ gì: họ tên, số điện thoại, câu trả lời cho câu hỏi của ban tổ chức, lúc bạn đến, điểm và góp ý nếu bạn gửi.\n" +
		"Để làm gì: giữ chỗ, đón tiếp, nhắc lịch, báo thay đổi và cải tiến sự kiện. Không dùng vào việc khác, không công khai.\n" +
		// The default of RETENTION_ENTRY: whoever changes it changes this.
		"Bao lâu: tối đa 24 tháng kể từ khi sự kiện kết thúc; bằng chứng đồng ý thêm 5 năm sau khi xóa.\n" +
		"Tin nhắn đi qua ứng dụng bạn đang dùng (Telegram, Zalo…) nên ứng dụng đó cũng thấy nội dung.\n" +
		"Quyền của bạn: nhắn “dữ liệu” để xem và tải về, “xóa dữ liệu” để xóa, “rút đồng ý” để rút: khi đó bạn rời mọi sự kiện sắp tới.\n" +
		"Người dưới 16 tuổi tham gia cùng cha, mẹ hoặc người giám hộ."
)

// KeepAttendance proves an answer to the question whether who comes to an event may be kept; the person becomes known by it.
func KeepAttendance(t *Turn, given bool) storage.Effect {
	text := t.Address(AttendanceShort + "\n" + AttendanceFull) // as it was shown
	return func(ctx context.Context, tx *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		return storage.AddConsent(ctx, tx, storage.Consent{
			Person: id, Purpose: storage.Attendance, Given: given, Version: attendanceVersion, Text: text,
			From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
		})
	}
}
