package viet_test

import (
	"testing"

	"khoinghiep/bot/viet"
)

// BenchmarkFold folds what a turn folds: what was typed, and labels on the screen.
func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"label":  "Xã Đặng Thùy Trâm (thuộc huyện Ba Tơ cũ)",
		"plain":  "xa dang thuy tram",
		"others": "Được 👍", // not in the table
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				viet.Fold(text)
			}
		})
	}
}
