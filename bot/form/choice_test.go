package form_test

import (
	"fmt"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func ask(fields ...form.Field) *form.Form {
	return &form.Form{Name: "test", Title: "Thử", Submit: "Gửi thử", Fields: fields}
}

func colours() []form.Choice {
	return []form.Choice{{Value: "r", Label: "Đỏ"}, {Value: "g", Label: "Xanh lá"}, {Value: "b", Label: "Xanh dương"}, {Value: "5", Label: "5"}}
}

func TestChoiceIsUnderstood(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"2", "g"}, {"2.", "g"}, {"số 2", "g"}, {"2. Xanh lá", "g"},
		{"Đỏ", "r"}, {"do", "r"}, {"\u0110o\u0309", "r"}, {"xanh d", "b"}, {"xanh la", "g"},
		{"5", "5"}, {"4", "5"},
		{"xanh", ""}, {"0", ""}, {"9", ""}, {"2 3", ""}, {"tím", ""}, {"-1", "r"},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, ask(form.One("c", "Màu", "Màu nào?", colours()...)), rich)
			p.types(test.typed)
			if test.want == "" {
				p.sees("Mình chưa rõ câu trả lời này", "Màu nào?")
				return
			}
			p.kept("c", test.want)
		})
	}
}

func TestYesNo(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"có", form.Yes}, {"ok", form.Yes}, {"1", form.Yes}, {"dạ", form.Yes}, {"ko", form.No}, {"2", form.No}, {"không", form.No},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, ask(form.YesNo("y", "Đồng ý", "Bạn đồng ý chứ?")), rich)
			p.types(test.typed)
			p.kept("y", test.want)
		})
	}
}

func TestTicks(t *testing.T) {
	tests := []struct {
		name  string
		typed []string
		want  string
	}{
		{"numbers", []string{"1, 3 2"}, "r,g,b"},
		{"numbers with a word between", []string{"1 và 3"}, "r,b"},
		{"labels", []string{"xanh duong, do"}, "r,b"},
		{"one after another", []string{"3", "1"}, "r,b"},
		{"the same again", []string{"1", "1, 3"}, "r,b"},
		{"taken away", []string{"1, 2, 3", "bỏ 2"}, "r,b"},
		{"unknown parts tick nothing", []string{"1", "3, tím"}, "r"},
		{"with its tick", []string{"2. ☐ Xanh lá"}, "g"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...)), words)
			p.types(test.typed...)
			p.types("xong")
			p.kept("c", test.want)
		})
	}
}

func TestATickEndsTheRowOfFailures(t *testing.T) {
	p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...)), rich)
	p.types("tím", "bỏ tím", "1", "tím")
	p.sees("Mình chưa rõ “tím”")
	p.seesNot("Gặp cán bộ")
}

func TestTickByPressing(t *testing.T) {
	p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...)), rich)
	red := p.button("☐ Đỏ")
	p.presses("☐ Đỏ")
	p.sees("[☑ Đỏ]", "[☐ Xanh lá]")
	if p.last[0].Replace != "m1" {
		t.Errorf("Replace = %q, want the pressed message", p.last[0].Replace)
	}
	p.do(bot.Incoming{Button: red})
	p.sees("[☑ Đỏ]")
	p.presses("☐ Xanh lá", "☑ Đỏ", "Xong")
	p.kept("c", "g")
	p.do(bot.Incoming{Button: red})
	p.sees("Nút này thuộc câu trước.")
	p.kept("c", "g")
}

func TestNothingTicked(t *testing.T) {
	p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...)), rich)
	p.presses("Xong")
	p.sees("Bạn chọn ít nhất một mục")
	p = fill(t, ask(with(form.Many("c", "Màu", "Màu nào?", colours()...), optional)), rich)
	p.presses("Xong")
	p.sees("1. Màu: (bỏ qua)")
}

func TestTickOfARemovedChoice(t *testing.T) {
	p := fill(t, ask(form.Many("c", "Màu", "Màu nào?", colours()...)), rich)
	p.types("1, 2", "xong")
	p.form = ask(form.Many("c", "Màu", "Màu nào?", colours()[1:]...))
	p.last = p.form.Show(p.p, p.who)
	p.sees("Bước 1/1", "☑ Xanh lá", "☐ Xanh dương")
	p.do(bot.Incoming{Button: "f:d1:c:+r"})
	p.sees("Nút này thuộc câu trước.")
	p.presses("Xong")
	p.kept("c", "g")
}

func TestTicksSurviveGoingBack(t *testing.T) {
	p := fill(t, ask(form.Year("y", "Năm", "Năm nào?"), form.Many("c", "Màu", "Màu nào?", colours()...)), rich)
	p.types("2026", "1, 2")
	p.presses("Quay lại", "Giữ nguyên")
	p.sees("☑ Đỏ", "☑ Xanh lá", "☐ Xanh dương")
	p.presses("Xong")
	p.types("2", "bỏ 1")
	p.presses("Giữ nguyên")
	p.kept("c", "r,g")
	p.types("2")
	p.sees("☑ Đỏ")
}

func TestPagesOnPoorChannel(t *testing.T) {
	many := make([]form.Choice, 20)
	for i := range many {
		many[i] = form.Choice{Value: fmt.Sprint("v", i+1), Label: fmt.Sprint("Mục ", string(rune('A'+i)))}
	}
	p := fill(t, ask(form.One("c", "Mục", "Mục nào?", many...)), poor)
	p.sees("1. Mục A\n", "8. Mục H\n", "Trang 1/3.", "[4. Mục D]\n[Xem thêm]", "hoặc gõ: để sau · hủy")
	p.seesNot("9. Mục I", "[5. Mục E]")
	p.presses("Xem thêm")
	p.sees("9. Mục I", "[9. Mục I]")
	p.types("xem thêm")
	p.sees("20. Mục T", "Trang 3/3.")
	p.presses("Xem thêm")
	p.sees("1. Mục A")
	p.types("17")
	p.kept("c", "v17")

	p = fill(t, ask(form.One("c", "Mục", "Mục nào?", many...)), rich)
	p.sees("Mục nào?\nTrang 1/3.\n[1. Mục A]", "[8. Mục H]\n[Xem thêm]\n[Để sau]")
}
