package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func TestBackShowsWhatIsKept(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1", "Lê Văn An", "0912345678")
	p.presses("Quay lại")
	p.sees("Bước 2/5", "Hiện là: 0912 345 678", "[Giữ nguyên]")
	p.presses("Quay lại")
	p.sees("Bước 1/5", "Hiện là: Lê Văn An")
	p.seesNot("[Lê Văn An]")
	p.presses("Giữ nguyên")
	p.sees("Bước 3/5")
	p.types("quay lại", "0987 654 321")
	p.sees("Bước 3/5")
	p.kept("phone", "+84987654321")
}

func TestNavigationWords(t *testing.T) {
	tests := []struct {
		typed, sees string
		outcome     form.Outcome
	}{
		{"quay lại", "Họ và tên", form.Asking},
		{"/quaylai", "Họ và tên", form.Asking},
		{"Quay lai", "Họ và tên", form.Asking},
		{"bỏ qua", "Câu này cần có câu trả lời", form.Asking},
		{"để sau", "Khi muốn điền tiếp, bạn gõ “Đăng ký dự án”", form.PutAside},
		{"/desau", "Khi muốn điền tiếp", form.PutAside},
		{"thoát", "Khi muốn điền tiếp", form.PutAside},
		{"hủy", "Bạn muốn hủy", form.Asking},
		{"huỷ", "Bạn muốn hủy", form.Asking},
		{"HUY", "Bạn muốn hủy", form.Asking},
		{"/huy", "Bạn muốn hủy", form.Asking},
		{"gap can bo", "", form.WantsPerson},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, registration(), rich)
			p.types("1", "Lê Văn An", test.typed)
			p.ends(test.outcome)
			p.sees(test.sees)
			p.kept("name", "Lê Văn An")
		})
	}
}

func TestNoIsNoAnswerWhereNoneIsNeeded(t *testing.T) {
	for _, no := range []string{"không", "ko co", "dạ không ạ", "bỏ qua"} {
		p := fill(t, registration(), rich)
		p.types("1", "Lê Văn An", "0912345678", "ba vinh", "Không", "3", no)
		p.sees("4. Tên dự án: Không\n", "6. Doanh thu: (bỏ qua)")
	}
}

func TestAnOfficialIsAddressedAsOne(t *testing.T) {
	p := fill(t, registration(), rich)
	p.who.Official = true
	p.presses("Đồng ý, tôi đủ 16 tuổi")
	p.sees("Anh/chị tên gì?")
	p.types("bỏ qua")
	p.sees("Chưa tiện trả lời thì anh/chị chọn “Để sau”.")
}

func TestPutAsideOffersToGoOn(t *testing.T) {
	p := fill(t, registration(), rich)
	p.presses("Để sau")
	if data := p.button("Điền tiếp"); data != "startup:" {
		t.Errorf("data = %q, want what opens the form of this name", data)
	}
	p = fill(t, registration(), words)
	p.types("để sau")
	p.sees("Khi muốn điền tiếp, bạn gõ “Đăng ký dự án”.")
	p.seesNot("[Điền tiếp]")
}

func TestBackOnTheFirstQuestion(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("quay lại")
	p.sees("Đây là câu đầu tiên.", "Bạn đồng ý chứ?")
}

func TestBackToAFieldThatIsGone(t *testing.T) {
	year, day := form.Year("y", "Năm", "Năm nào?"), form.ComingDate("d", "Ngày", "Ngày nào?")
	p := fill(t, ask(year, day), rich)
	p.types("2026", "quay lại")
	p.form = ask(day)
	p.types("9/12/2026")
	p.form = ask(year, day)
	p.last = p.form.Show(p.p, p.who)
	p.sees("Xem lại", "1. Năm: 2026")
}

func TestCancelAsksOnce(t *testing.T) {
	tests := []struct {
		typed   string
		outcome form.Outcome
	}{
		{"hủy hẳn", form.Cancelled},
		{"hủy", form.Cancelled},
		{"có", form.Cancelled},
		{"điền tiếp", form.Asking},
		{"không", form.Asking},
		{"để sau", form.PutAside},
		{"gì cơ", form.Asking},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, registration(), words)
			p.types("1", "hủy")
			p.sees("Những gì đã điền sẽ bị xóa.", "Gõ: hủy hẳn · điền tiếp")
			p.types(test.typed)
			p.ends(test.outcome)
			p.kept("consent", "yes")
		})
	}
}

func TestCancelQuestionStays(t *testing.T) {
	p := atReview(t, rich)
	p.presses("Hủy")
	p.types("Sấy mít")
	p.sees("Bạn muốn hủy", "[Hủy hẳn]")
	p.presses("Điền tiếp")
	p.sees("Xem lại")
}

func TestSomeoneCalledHuy(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1", "Huy")
	p.sees("Bạn muốn hủy", "[Câu trả lời là Huy]")
	p.presses("Điền tiếp", "Hủy")
	p.seesNot("Câu trả lời là")
	p.types("điền tiếp", "huy", "Câu trả lời là huy")
	p.kept("name", "Huy")
}

func TestThreeFailuresOfferAPerson(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1", "Lê Văn An", "abc")
	p.seesNot("Ví dụ: 0912 345 678", "Gặp cán bộ")
	p.types("def", "ghi")
	p.sees("Ví dụ: 0912 345 678", "[Gặp cán bộ]")
	p.presses("Gặp cán bộ")
	p.ends(form.WantsPerson)
	p.types("0912345678")
	p.sees("Bước 3/5")
	p.types("quay lại")
	p.seesNot("Gặp cán bộ")
}

func TestWhatIsNotAnAnswerDoesNotCount(t *testing.T) {
	tests := []struct {
		name string
		in   bot.Incoming
		sees string
	}{
		{"sticker", bot.Incoming{Kind: bot.Unsupported}, "Mình chưa đọc được tin loại này"},
		{"file", bot.Incoming{Files: []bot.File{{ID: "1"}}, Text: "0912345678"}, "Câu này chưa nhận tệp"},
		{"edited", bot.Incoming{Edited: true, Text: "0912345678"}, "không đọc lại tin đã sửa"},
		{"empty", bot.Incoming{Text: " \u200b\n"}, "Tin vừa rồi không có chữ"},
		{"joined", bot.Incoming{Kind: bot.Joined}, "Cán bộ gọi bạn số nào?"},
		{"the contact of someone else", bot.Incoming{Contact: true}, "không phải của bạn"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := fill(t, registration(), rich)
			p.types("1", "Lê Văn An")
			for range 4 {
				p.do(test.in)
				p.sees(test.sees, "Bước 2/5")
				p.seesNot("Gặp cán bộ")
			}
		})
	}
}

func TestContactWhereNoneIsAsked(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1")
	p.do(bot.Incoming{Contact: true, Phone: "84912345678"})
	p.sees("Câu này không cần số điện thoại", "Bước 1/5")
}

func TestSuggestionMustBeAnAnswer(t *testing.T) {
	p := fill(t, registration(), rich)
	p.who.Name = "123"
	p.types("1")
	p.seesNot("[123]")
}
