package form

import "khoinghiep/bot/viet"

// What the engine itself says; the words of a form are in the form.
const (
	passedOver   = "(bỏ qua)"
	stale        = "Nút này thuộc câu trước."
	unreadable   = "Mình chưa đọc được tin loại này. Bạn trả lời câu dưới đây giúp nhé."
	emptyText    = "Tin vừa rồi không có chữ. Bạn trả lời giúp nhé."
	edited       = "Mình không đọc lại tin đã sửa. Bạn gõ lại câu trả lời, hoặc sửa ở bước xem lại trước khi gửi."
	noFiles      = "Câu này chưa nhận tệp. Bạn trả lời bằng chữ giúp nhé."
	noContact    = "Câu này không cần số điện thoại. Bạn trả lời bằng chữ giúp nhé."
	notOwnPhone  = "Số vừa chia sẻ không phải của bạn. Bạn chia sẻ số của chính mình, hoặc gõ số vào đây."
	pressContact = "Bạn bấm nút “Gửi số của tôi”, hoặc gõ số vào đây."
	chooseOne    = "Mình chưa rõ câu trả lời này. Bạn chọn một mục dưới đây, hoặc gõ số thứ tự của mục đó."
	chooseSome   = "Bạn chọn ít nhất một mục, rồi chọn “Xong”."
	sendFiles    = "Bạn gửi ít nhất một tệp, rồi chọn “Xong”."
	mustAnswer   = "Câu này cần có câu trả lời. Chưa tiện trả lời thì bạn chọn “Để sau”."
	firstOne     = "Đây là câu đầu tiên."
	offerPerson  = "Nếu thấy khó, bạn chọn “Gặp cán bộ” để được giúp."
	howToTick    = "Bạn chọn được nhiều mục, rồi chọn “Xong”."
	// The next four are of what is looked for: "nơi".
	whichPlace   = "Tên này có thể là một trong các %[1]s sau. " + choosePlace
	thisPlace    = "Có phải %[1]s này không? Nếu đúng, bạn chọn %[1]s đó. Nếu không, bạn gõ tên khác."
	choosePlace  = "Bạn chọn một %[1]s, hoặc gõ tên khác."
	unclearPlace = "Mình chưa rõ bạn muốn nói %[1]s nào."
	howToEdit    = "Sai dòng nào, gõ số dòng đó."
	notALine     = "Mình chưa rõ bạn muốn sửa dòng nào. Nếu đúng hết, bạn gõ “gửi”."
	stillKept    = "Những gì đã điền vẫn còn. Khi muốn điền tiếp, bạn gõ “%s”."
	erased       = "Những gì đã điền đã được xóa. Khi muốn làm lại, bạn gõ “%s”."
	willErase    = "Những gì đã điền sẽ bị xóa."
)

// address is words as they are said to whoever fills the form in.
func (t *turn) address(words string) string {
	if t.form.Officer || t.who.Official {
		return viet.ToOfficer(words)
	}
	return words
}

// triesBeforeHelp is how many wrong answers in a row bring the example back and the offer of a person.
const triesBeforeHelp = 3
