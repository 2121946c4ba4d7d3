package viet_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot/viet"
)

// plainFold is what Fold means, said by Unicode's own tables.
func plainFold(s string) string {
	var letters strings.Builder
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.In(r, unicode.M, unicode.Cf):
		case strings.ContainsRune("ĐđÐð", r):
			letters.WriteRune('d')
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			letters.WriteRune(unicode.ToLower(r))
		default:
			letters.WriteRune(' ')
		}
	}
	return strings.Join(strings.Fields(letters.String()), " ")
}

func TestFoldOfEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if s := "a" + string(r) + "b"; viet.Fold(s) != plainFold(s) {
			t.Errorf("%U between letters: got %q, want %q", r, viet.Fold(s), plainFold(s))
		}
	}
}

func FuzzFoldIsPlainFold(f *testing.F) {
	for _, seed := range []string{"Nguyễn Thị Đào", "Ð\u00a0\u200b", "e\u0300\u200b\u0301", "İK½ϴ", " “a” – b… ", "\xf0ǽ", "a\xffb\ufffd", "☑ Đỏ 👍"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range []string{s, norm.NFC.String(s), norm.NFD.String(s)} {
			if got, want := viet.Fold(form), plainFold(form); got != want {
				t.Errorf("%q: got %q, want %q", form, got, want)
			}
		}
	})
}
