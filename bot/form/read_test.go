package form_test

import (
	"errors"
	"testing"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
)

func TestReadTakesWhatStandsAlone(t *testing.T) {
	find := func(text string) []form.Choice {
		return map[string][]form.Choice{
			"Ba Vinh":  {{Value: "1", Label: "Xã Ba Vinh"}},
			"Ba Tơ":    {{Value: "2", Label: "Xã Ba Tơ (thuộc huyện Ba Tơ cũ)"}, {Value: "1", Label: "Xã Ba Vinh (thuộc huyện Ba Tơ cũ)"}},
			"xã ba tơ": {{Value: "2", Label: "Xã Ba Tơ"}, {Value: "3", Label: "Xã Ba Tô"}},
			"Ba V":     {{Value: "1", Label: "Xã Ba Vinh", Guess: true}},
		}[text]
	}
	place := form.Place("noi", "Nơi", "Ở đâu?", "Ba Vinh", find, func(s string) string { return s }, form.Choice{Value: "ngoai", Label: "Ngoài tỉnh"})
	stage := form.One("gd", "Giai đoạn", "?", form.Choice{Value: "a", Label: "Ý tưởng"}, form.Choice{Value: "b", Label: "Có doanh thu"})
	for _, c := range []struct {
		field form.Field
		text  string
		want  string // "": refused
	}{
		{place, "Ba Vinh", "1"},
		{place, "xã ba tơ", "2"},
		{place, "Ba Tơ", ""},
		{place, "Ba V", ""},
		{place, "Sài Gòn", ""},
		{place, "ngoai tinh", "ngoai"},
		{stage, " y TUONG ", "a"},
		{stage, "1", ""},
		{stage, "Có", ""},
		{form.Phone("sdt", "Số", "?"), "0912.345.678", "+84912345678"},
		{form.Phone("sdt", "Số", "?"), "091", ""},
		{form.Text("ten", "Tên", "?", "A"), "  Sấy   mít ", "Sấy mít"},
		{form.Text("ten", "Tên", "?", "A"), " ", ""},
	} {
		got, err := c.field.Read(c.text)
		var problem viet.Problem
		if got != c.want || (c.want == "") != errors.As(err, &problem) {
			t.Errorf("%s, %q: got %q, %v", c.field.Label, c.text, got, err)
		}
	}
}
