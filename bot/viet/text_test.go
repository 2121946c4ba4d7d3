package viet_test

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot/viet"
)

func TestFold(t *testing.T) {
	for typed, want := range map[string]string{
		"Nguyễn Thị ĐÀO":          "nguyen thi dao",
		"KNÐMST":                  "kndmst",
		"  H'Hen,\n«Niê»\u200b  ": "h hen nie",
		"xã.Ba-Tơ 2":              "xa ba to 2",
		"!?":                      "",
	} {
		for _, form := range []string{typed, norm.NFD.String(typed)} {
			if got := viet.Fold(form); got != want {
				t.Errorf("%q: got %q, want %q", form, got, want)
			}
		}
	}
}

func TestClean(t *testing.T) {
	for typed, want := range map[string]string{
		"  Ba\u00a0 Tơ\t\n2 ":   "Ba Tơ 2",
		"Ð\u00f0":               "Đđ",
		"a\u200b\u200d\ufeffb":  "ab",
		"a\x00\x07b\xff":        "ab",
		norm.NFD.String("Thuỷ"): "Thuỷ",
	} {
		if got := viet.Clean(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestCleanLong(t *testing.T) {
	for typed, want := range map[string]string{
		"\n\n a  b \r\nc\r\rd\n\n\n\ne\n": "a b\nc\n\nd\n\ne",
		"một\u2028hai\u2029ba":            "một\nhai\n\nba",
		" \n ":                            "",
	} {
		if got := viet.CleanLong(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestShowPhoneAndDate(t *testing.T) {
	for kept, want := range map[string]string{"+84912345678": "0912 345 678", "0912": "0912", "": ""} {
		if got := viet.ShowPhone(kept); got != want {
			t.Errorf("phone %q: got %q, want %q", kept, got, want)
		}
	}
	for kept, want := range map[string]string{
		"2026-12-09": "thứ Tư, ngày 09/12/2026", "2026-12-13": "Chủ nhật, ngày 13/12/2026", "mai": "mai", "2001-02-29": "2001-02-29",
	} {
		if got := viet.ShowDate(kept); got != want {
			t.Errorf("date %q: got %q, want %q", kept, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	menu := []string{"Đăng ký dự án", "Cuộc thi", "Sự kiện", "Gặp cán bộ", "Dữ liệu của tôi"}
	for _, c := range []struct {
		text string
		most int
		want []int
	}{
		{"su kein", 3, []int{2}},
		{"đăng kí dự án", 3, []int{0}},
		{"dang ky", 3, []int{0}},
		{"gap can bo voi", 3, []int{3}},
		{"cuộc thii", 3, []int{1}},
		{"dữ liệu dự án", 3, []int{4}},
		{"tôi muốn đăng kí dự án", 3, []int{0}},
		{"cho em xem dữ liệu của em đến đâu rồi ạ", 3, []int{4}},
		{"sự kiện ở đâu", 3, []int{2}},
		{"dữ liệu của tôi đâu hết rồi mà không thấy", 3, []int{4}},
		{"làm sao để đăng ký", 3, []int{0}},
		{"đầu tư", 3, nil},
		{"giúp mình với", 3, nil},
		{"thời tiết", 3, nil},
		{"tôi", 0, nil},
		{"", 3, nil},
	} {
		if got := viet.Nearest(c.text, menu, c.most); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
	if got := viet.Nearest("su kien", []string{"sự kiện X", "sự kiện", "sự kiện Y"}, 2); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("got %v, want the best first, then in order, at most two", got)
	}
}
