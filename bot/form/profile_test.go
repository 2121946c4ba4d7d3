package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func TestAProfileAnswersOnlyWhatItCan(t *testing.T) {
	name := form.Name("name", "Tên", "Bạn tên gì?")
	name.Suggest = func(who form.Person) string { return who.Name }
	project := form.Text("project", "Dự án", "Dự án tên gì?", "Sấy mít")
	at := form.Place("place", "Nơi", "Ở đâu?", "Ba Tơ", find, showPlace)
	told := bot.Profile{Name: "lê văn an", Phone: "84912345678", Place: "Ba Vinh"}
	for title, c := range map[string]struct {
		field  form.Field
		told   bot.Profile
		typed  string
		answer string
	}{
		"a name":               {field: name, told: told, answer: "Lê Văn An"},
		"a phone number":       {field: form.Phone("phone", "Điện thoại", "Số nào?"), told: told, answer: "84912345678"},
		"no phone number":      {field: form.Phone("phone", "Điện thoại", "Số nào?"), told: bot.Profile{Name: "An"}},
		"no name":              {field: name, told: bot.Profile{Phone: "84912345678"}},
		"a place":              {field: at, told: told, answer: "Ba Vinh"},
		"a house and a street": {field: at, told: bot.Profile{Place: "12 Quang Trung, Ba Vinh"}, answer: "Ba Vinh"},
		"places of one name":   {field: at, told: bot.Profile{Place: "huyện Ba Tơ"}},
		"no known place":       {field: at, told: bot.Profile{Place: "12 Hàng Bài, Hà Nội"}},
		"something else":       {field: project, told: told},
		"a question too many":  {field: name, told: told, typed: "Trần Thị Bình"}, // the review
		"a form given up":      {field: name, told: told, typed: "hủy"},
	} {
		t.Run(title, func(t *testing.T) {
			p := fill(t, &form.Form{Name: "f", Title: "Thử", Submit: "Gửi", Fields: []form.Field{c.field}}, rich)
			p.who.Name = ""
			if c.typed != "" {
				p.types(c.typed)
			}
			answer, ok := p.form.FromProfile(p.p, p.who, c.told)
			if answer != c.answer || ok != (c.answer != "") {
				t.Errorf("got %q, %t, want %q", answer, ok, c.answer)
			}
		})
	}
}
