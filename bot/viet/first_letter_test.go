package viet_test

import (
	"testing"

	"khoinghiep/bot/viet"
)

func TestFirstLetters(t *testing.T) {
	for text, want := range map[string][2]string{
		"Báo cáo kết quả": {"báo cáo kết quả", "Báo cáo kết quả"},
		"đề án":           {"đề án", "Đề án"},
		"Ước tính":        {"ước tính", "Ước tính"},
		"UBND xã Ba Tơ":   {"UBND xã Ba Tơ", "UBND xã Ba Tơ"},
		"A":               {"A", "A"},
		"":                {"", ""},
	} {
		if got := [2]string{viet.LowerFirst(text), viet.UpperFirst(text)}; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
