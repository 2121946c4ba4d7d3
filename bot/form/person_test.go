package form_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

var (
	rich  = bot.Abilities{TextLimit: 4096, ButtonLimit: 100, Contact: true, Files: true, Edits: true}
	poor  = bot.Abilities{TextLimit: 2000, ButtonLimit: 5}
	words = bot.Abilities{TextLimit: 2000}
)

// filler is a person filling a form: types, presses what the last message shows, and reads.
type filler struct {
	t       *testing.T
	form    *form.Form
	p       *form.Progress
	who     form.Person
	outcome form.Outcome
	last    []bot.Outgoing
}

func fill(t *testing.T, f *form.Form, can bot.Abilities) *filler {
	t.Helper()
	if err := f.Validate(); err != nil {
		t.Fatalf("Validate: %v", err)
	}
	p := &filler{t: t, form: f, p: &form.Progress{Draft: "d1"}, who: form.Person{Name: "Lê Văn An", Can: can}}
	p.last = f.Show(p.p, p.who)
	return p
}

func (p *filler) do(in bot.Incoming) {
	p.outcome, p.last = p.form.Answer(p.p, in, p.who)
	p.restart()
}

// restart proves that nothing but what is stored as JSON matters between turns.
func (p *filler) restart() {
	p.t.Helper()
	stored, err := json.Marshal(p.p)
	if err != nil {
		p.t.Fatal(err)
	}
	p.p = &form.Progress{}
	if err := json.Unmarshal(stored, p.p); err != nil {
		p.t.Fatal(err)
	}
}

func (p *filler) types(texts ...string) {
	for _, text := range texts {
		p.do(bot.Incoming{Text: text})
	}
}

func (p *filler) presses(labels ...string) {
	p.t.Helper()
	for _, label := range labels {
		p.do(bot.Incoming{Button: p.button(label), Pressed: "m1"})
	}
}

// button gives the data of the button that the last message shows.
func (p *filler) button(label string) string {
	p.t.Helper()
	for _, m := range p.last {
		for _, b := range m.Buttons {
			if b.Label == label {
				return b.Data
			}
		}
	}
	p.t.Fatalf("no button %q in:\n%s", label, p.read())
	return ""
}

// read is everything of the last messages as text, buttons in brackets.
func (p *filler) read() string {
	lines := []string{}
	for _, m := range p.last {
		lines = append(lines, m.Body())
		for _, b := range m.Buttons {
			lines = append(lines, "["+b.Label+"]")
		}
	}
	return strings.Join(lines, "\n")
}

func (p *filler) sees(parts ...string) {
	p.t.Helper()
	for _, part := range parts {
		if !strings.Contains(p.read(), part) {
			p.t.Errorf("no %q in:\n%s", part, p.read())
		}
	}
}

func (p *filler) seesNot(parts ...string) {
	p.t.Helper()
	for _, part := range parts {
		if strings.Contains(p.read(), part) {
			p.t.Errorf("unwanted %q in:\n%s", part, p.read())
		}
	}
}

func (p *filler) kept(key, want string) {
	p.t.Helper()
	if got, ok := p.form.Kept(*p.p)[key]; got != want || !ok {
		p.t.Errorf("kept %s = %q (%t), want %q", key, got, ok, want)
	}
}

func (p *filler) ends(want form.Outcome) {
	p.t.Helper()
	if p.outcome != want {
		p.t.Errorf("outcome = %d, want %d", p.outcome, want)
	}
}

// with sets what a constructor leaves to the author.
func with(f form.Field, set func(*form.Field)) form.Field {
	set(&f)
	return f
}

func optional(f *form.Field) { f.Optional = true }

// registration is a form with most kinds of fields.
func registration() *form.Form {
	return &form.Form{Name: "startup", Title: "Đăng ký dự án", Submit: "Gửi đăng ký", Fields: []form.Field{
		with(form.One("consent", "Đồng ý xử lý dữ liệu", "Bạn đồng ý chứ?",
			form.Choice{Value: "yes", Label: "Đồng ý, tôi đủ 16 tuổi"},
			form.Choice{Value: "young", Label: "Tôi chưa đủ 16 tuổi"}), func(f *form.Field) {
			f.Uncounted = true
			f.Notes = []form.Note{{Label: "Bản đầy đủ", Text: "Chúng tôi giữ tên và số điện thoại."}}
		}),
		with(form.Name("name", "Họ và tên", "Bạn tên gì?"), func(f *form.Field) {
			f.Suggest = func(who form.Person) string { return who.Name }
		}),
		form.Phone("phone", "Số điện thoại", "Cán bộ gọi bạn số nào?"),
		form.Place("place", "Nơi thực hiện", "Dự án ở xã nào?", "Ba Tơ", find, showPlace,
			form.Choice{Value: "out", Label: "Ngoài tỉnh"}, form.Choice{Value: "unsure", Label: "Không chắc"}),
		form.Text("project", "Tên dự án", "Dự án tên là gì?", "Sấy mít"),
		form.One("stage", "Giai đoạn", "Dự án đang ở đâu?",
			form.Choice{Value: "idea", Label: "Ý tưởng"}, form.Choice{Value: "proto", Label: "Đã có mẫu thử"},
			form.Choice{Value: "sold", Label: "Đã bán thử"}),
		with(form.Money("revenue", "Doanh thu", "Bán được bao nhiêu?"), func(f *form.Field) {
			f.Optional = true
			f.Skip = func(a form.Answers) bool { return a["stage"] != "sold" }
		}),
	}}
}

var places = []form.Choice{
	{Value: "1", Label: "xã Ba Tơ"}, {Value: "2", Label: "xã Ba Vinh"}, {Value: "3", Label: "xã Ba Động"},
	{Value: "4", Label: "xã Ba Dinh"}, {Value: "5", Label: "xã Ba Vì"}, {Value: "6", Label: "xã Ba Xa"},
	{Value: "7", Label: "xã Ba Gia"}, {Value: "8", Label: "xã Đặng Thùy Trâm"}, {Value: "9", Label: "xã Khánh Cường"},
	{Value: "10", Label: "xã Minh Long"},
}

// find knows one name, and "huyện Ba Tơ" for all.
func find(text string) []form.Choice {
	if strings.EqualFold(text, "huyện Ba Tơ") {
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), func(c form.Choice) bool {
		return !strings.EqualFold(strings.TrimPrefix(c.Label, "xã "), text)
	})
}

func showPlace(value string) string {
	for _, c := range places {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// atReview answers registration up to the review.
func atReview(t *testing.T, can bot.Abilities) *filler {
	t.Helper()
	p := fill(t, registration(), can)
	p.types("1", "Lê Văn An", "0912 345 678", "Ba Vinh", "Sấy mít", "ý tưởng")
	p.sees("Xem lại")
	return p
}
