package form_test

import (
	"testing"

	"khoinghiep/bot/form"
)

// TestADetailComesFromWhatTheFormBeganWith, and a field without any is not asked.
func TestADetailComesFromWhatTheFormBeganWith(t *testing.T) {
	field := func(key string) form.Field {
		f := form.Text(key, "Câu "+key, "Ban tổ chức hỏi:", "Có")
		f.Detail = func(a form.Answers) string { return a["hoi_"+key] }
		return f
	}
	p := fill(t, ask(field("a"), field("b"), field("c")), rich)
	p.p.Answers = form.Answers{"hoi_a": "Bạn cần gì?", "hoi_c": "Bạn đi xe gì?"}
	p.last = p.form.Show(p.p, p.who)
	p.sees("Bước 1/2", "Ban tổ chức hỏi:\nBạn cần gì?\nVí dụ: Có")
	p.types("Vốn")
	p.sees("Bước 2/2", "Bạn đi xe gì?")
	p.types("Xe máy")
	p.sees("1. Câu a: Vốn", "2. Câu c: Xe máy")
	p.seesNot("Câu b")
	p.kept("a", "Vốn")
}
