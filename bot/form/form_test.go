package form_test

import (
	"maps"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func TestFillByPressing(t *testing.T) {
	p := fill(t, registration(), rich)
	p.sees("Đồng ý xử lý dữ liệu\nBạn đồng ý chứ?", "[Bản đầy đủ]", "[Để sau]\n[Hủy]")
	p.seesNot("Bước", "Quay lại", "Bỏ qua")
	p.presses("Bản đầy đủ")
	p.sees("Chúng tôi giữ tên và số điện thoại.", "Bạn đồng ý chứ?")
	p.presses("Đồng ý, tôi đủ 16 tuổi")
	p.sees("Bước 1/5 ▰▱▱▱▱ Họ và tên\nBạn tên gì?\nVí dụ: Nguyễn Thị Đào", "[Lê Văn An]", "[Quay lại]")
	p.presses("Lê Văn An")
	p.sees("Bước 2/5 ▰▰▱▱▱ Số điện thoại", "[Gửi số của tôi]")
	p.do(bot.Incoming{Contact: true, Phone: "84912345678"})
	p.sees("Bước 3/5", "Dự án ở xã nào?")
	p.types("ba vinh")
	p.sees("Đã ghi: xã Ba Vinh.", "Bước 4/5")
	p.types("Sấy mít")
	p.presses("Đã bán thử")
	p.sees("Bước 6/6 ▰▰▰▰▰▰ Doanh thu", "[Bỏ qua]")
	p.presses("Bỏ qua")
	p.sees("Xem lại: Đăng ký dự án\n1. Họ và tên: Lê Văn An\n2. Số điện thoại: 0912 345 678\n3. Nơi thực hiện: xã Ba Vinh\n" +
		"4. Tên dự án: Sấy mít\n5. Giai đoạn: Đã bán thử\n6. Doanh thu: (bỏ qua)\n\nSai dòng nào, gõ số dòng đó.\n" +
		"[Gửi đăng ký]\n[Để sau]\n[Hủy]")
	p.presses("Gửi đăng ký")
	p.ends(form.Submitted)
	want := form.Answers{"consent": "yes", "name": "Lê Văn An", "phone": "+84912345678", "place": "2",
		"project": "Sấy mít", "stage": "sold", "revenue": ""}
	if got := p.form.Kept(*p.p); !maps.Equal(got, want) {
		t.Errorf("Kept = %v, want %v", got, want)
	}
}

func TestFillByWordsOnly(t *testing.T) {
	p := fill(t, registration(), words)
	p.sees("1. Đồng ý, tôi đủ 16 tuổi\n2. Tôi chưa đủ 16 tuổi", "Gõ số để chọn, hoặc gõ: bản đầy đủ · để sau · hủy")
	p.types("ban day du")
	p.sees("Chúng tôi giữ tên")
	p.types("1")
	p.sees("Gõ: quay lại · để sau · hủy")
	p.types("lê văn an", "0912.345.678", "huyện Ba Tơ")
	p.sees("8. xã Đặng Thùy Trâm", "11. Ngoài tỉnh", "12. Không chắc", "Trang 1/2.", "xem thêm")
	p.types("xem them")
	p.sees("9. xã Khánh Cường", "11. Ngoài tỉnh")
	p.seesNot("8. xã")
	p.types("2", "Sấy mít", "dong ban thu")
	p.sees("Mình chưa rõ câu trả lời này")
	p.types("đã bán", "1,5 tỷ")
	p.sees("6. Doanh thu: 1,5 tỷ đồng", "Gõ: gửi đăng ký · để sau · hủy")
	p.types("gui")
	p.ends(form.Submitted)
	p.kept("place", "2")
	p.kept("name", "Lê Văn An")
}

func TestCorrectFromReview(t *testing.T) {
	tests := []struct {
		name, typed, sees string
	}{
		{"number", "2", "Sửa: Số điện thoại"},
		{"number with a word", "dòng 2", "Sửa: Số điện thoại"},
		{"label without accents", "so dien thoai", "Sửa: Số điện thoại"},
		{"beginning of a label", "nơi", "Sửa: Nơi thực hiện"},
		{"no such line", "9", "bạn gõ “gửi”"},
		{"not a line", "abc", "bạn gõ “gửi”"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := atReview(t, rich)
			p.types(test.typed)
			p.sees(test.sees)
		})
	}
}

func TestCorrectionReturnsToReview(t *testing.T) {
	p := atReview(t, rich)
	p.types("4")
	p.sees("Hiện là: Sấy mít", "[Giữ nguyên]\n[Để sau]")
	p.presses("Giữ nguyên")
	p.sees("4. Tên dự án: Sấy mít")
	p.types("4", "Sấy chuối")
	p.sees("4. Tên dự án: Sấy chuối")
	p.types("4", "quay lại")
	p.sees("Xem lại", "4. Tên dự án: Sấy chuối")
}

func TestCorrectionThatAsksMore(t *testing.T) {
	p := atReview(t, rich)
	p.types("5")
	p.presses("Đã bán thử")
	p.sees("Doanh thu", "Bước 6/6")
	p.types("500tr")
	p.sees("6. Doanh thu: 500 triệu đồng")
	p.types("5", "ý tưởng")
	p.sees("Xem lại")
	p.seesNot("Doanh thu")
	if _, ok := p.form.Kept(*p.p)["revenue"]; ok {
		t.Error("the answer of a skipped field was kept")
	}
}

func TestKeptBeforeTheEnd(t *testing.T) {
	p := fill(t, registration(), rich)
	p.types("1")
	if got, want := p.form.Kept(*p.p), (form.Answers{"consent": "yes"}); !maps.Equal(got, want) {
		t.Errorf("Kept = %v, want %v", got, want)
	}
}

func TestAnswerLeavesCopiesAlone(t *testing.T) {
	p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...), form.Year("y", "Năm", "Năm nào?")), rich)
	for _, text := range []string{"1", "2", "xong", "2026"} {
		before := *p.p
		answers, unfinished := maps.Clone(before.Answers), maps.Clone(before.Unfinished)
		p.form.Answer(p.p, bot.Incoming{Text: text}, p.who)
		if !maps.Equal(before.Answers, answers) || !maps.Equal(before.Unfinished, unfinished) {
			t.Errorf("%q changed the maps of a copy made before it", text)
		}
	}
}
