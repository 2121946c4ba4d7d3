package form_test

import (
	"strings"
	"testing"

	"khoinghiep/bot/form"
)

func TestValidateFindsMistakes(t *testing.T) {
	tests := []struct {
		name  string
		field form.Field
		want  string
	}{
		{"key twice", form.Year("first", "Năm", "Năm nào?"), "used twice"},
		{"key too long", form.Year("a_key_far_too_long", "Năm", "Năm nào?"), "the key is not"},
		{"no key", form.Year("", "Năm", "Năm nào?"), "the key is not"},
		{"no label", form.Year("y", "", "Năm nào?"), "the label is missing"},
		{"no prompt", form.Year("y", "Năm", ""), "the prompt is missing"},
		{"no example", form.Text("y", "Tên", "Tên gì?", ""), "is not accepted"},
		{"wrong example", form.Number("y", "Số", "Mấy?", "nhiều"), "is not accepted"},
		{"unstable check", with(form.Text("y", "Tên", "Tên gì?", "a"), func(f *form.Field) {
			f.Check = func(s string) (string, error) { return s + "a", nil }
		}), "does not accept what it returned"},
		{"labels collide", form.One("y", "Tên", "Gì?", form.Choice{Value: "a", Label: "Má"}, form.Choice{Value: "b", Label: "mà"}), "like another"},
		{"label is navigation", form.One("y", "Tên", "Gì?", form.Choice{Value: "a", Label: "Hủy"}), "word of the engine"},
		{"value too long", form.One("y", "Tên", "Gì?", form.Choice{Value: strings.Repeat("a", 25), Label: "A"}), "over 24 bytes"},
		{"value twice", form.One("y", "Tên", "Gì?", form.Choice{Value: "a", Label: "A"}, form.Choice{Value: "a", Label: "B"}), "used twice"},
		{"comma", form.Many("y", "Tên", "Gì?", form.Choice{Value: "a,b", Label: "A"}), "comma"},
		{"no search", form.Place("y", "Nơi", "Đâu?", "Ba Tơ", nil, nil), "needs Example, Find and Show"},
		{"no limit of files", with(form.Files("y", "Tệp", "Gửi tệp."), func(f *form.Field) { f.Most = 0 }), "Most is missing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := ask(form.Year("first", "Năm", "Năm nào?"), test.field).Validate()
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Validate = %v, want %q", err, test.want)
			}
		})
	}
	if err := (&form.Form{}).Validate(); err == nil {
		t.Error("an empty form is valid")
	}
}

func TestConstructorsAreValid(t *testing.T) {
	f := ask(
		form.Text("a", "A", "A?", "x"), form.LongText("b", "B", "B?", "x\ny"), form.Number("c", "C", "C?", "3"),
		form.ComingDate("d", "D", "D?"), form.Email("e", "E", "E?"), form.Money("f", "F", "F?"), form.Link("g", "G", "G?"),
		form.TaxCode("h", "H", "H?", "0100109106"), form.YesNo("i", "I", "I?"), form.Files("j", "J", "J?"),
	)
	if err := f.Validate(); err != nil {
		t.Error(err)
	}
}

func TestTypedKindsShowWhatTheyKeep(t *testing.T) {
	tests := []struct {
		field       form.Field
		typed, kept string
		shown       string
	}{
		{form.Text("k", "L", "P?", "x"), " a \n b ", "a b", "L: a b"},
		{form.LongText("k", "L", "P?", "x"), "a\n\n\nb ", "a\n\nb", "L: a\n\nb"},
		{form.ComingDate("k", "L", "P?"), "9.12.2026", "2026-12-09", "L: thứ Tư, ngày 09/12/2026"},
		{form.Money("k", "L", "P?"), "1,5 tỷ", "1500000000", "L: 1,5 tỷ đồng"},
		{form.Link("k", "L", "P?"), "example.com/a", "https://example.com/a", "L: https://example.com/a"},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, ask(test.field), rich)
			p.types(test.typed)
			p.kept("k", test.kept)
			p.sees(test.shown)
		})
	}
}
