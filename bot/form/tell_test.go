package form_test

import (
	"slices"
	"testing"

	"khoinghiep/bot/form"
)

func TestTellListsWhatWasAnswered(t *testing.T) {
	t.Parallel()
	kinds := []form.Choice{{Value: "ho", Label: "Hộ kinh doanh"}, {Value: "dn", Label: "Doanh nghiệp"}}
	tax := form.TaxCode("mst", "Mã số thuế", "Mã số thuế?", "0100109106")
	tax.Skip = func(a form.Answers) bool { return a["loai"] != "dn" }
	group := form.Many("nhom", "Nhóm", "Nhóm nào?", kinds...)
	group.Uncounted = true
	f := form.Form{Name: "x", Title: "X", Single: true, Fields: []form.Field{
		form.One("loai", "Loại hình", "Loại hình?", kinds...), tax, form.Phone("so", "Số", "Số nào?"), form.LongText("mo_ta", "Mô tả", "Làm gì?", "Sấy mít"), group,
	}}
	for _, c := range []struct {
		what    string
		answers form.Answers
		want    []string
	}{
		{"nothing", form.Answers{}, nil},
		{"as people read it", form.Answers{"loai": "dn", "mst": "0100109106", "so": "+84912345678"},
			[]string{"Loại hình: Doanh nghiệp", "Mã số thuế: 0100109106", "Số: 0912 345 678"}},
		{"not asked with these answers", form.Answers{"loai": "ho", "mst": "0100109106"}, []string{"Loại hình: Hộ kinh doanh"}},
		{"passed over, no field, uncounted, no choice any more", form.Answers{"mo_ta": "", "khac": "a", "nhom": "ho", "loai": "cty"}, nil},
	} {
		if got := f.Tell(c.answers); !slices.Equal(got, c.want) {
			t.Errorf("%s: told %q, want %q", c.what, got, c.want)
		}
	}
}
