package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelling is a place name in the two forms in which names are compared. Neither has spaces.
type spelling struct {
	letters string // folded: Sơn Hà and Sơn Hạ are both "sonha"
	accents string // with accents, but Thuỷ = Thủy and Đắk = Đăk = Đak
}

// dak is "stream" in Bahnaric languages, the first word of many names; officials write it in three ways.
var dak = strings.NewReplacer("đắk", "dak", "đăk", "dak", "đak", "dak")

// spell takes the tones off their letters and puts them at the end, in order, because people differ in which vowel of
// a word bears the tone.
func spell(name string) spelling {
	var letters, tones strings.Builder
	for _, r := range norm.NFD.String(dak.Replace(strings.ToLower(Clean(name)))) {
		switch {
		case strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r): // huyền, sắc, ngã, hỏi, nặng
			tones.WriteRune(r)
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			letters.WriteRune(r)
		}
	}
	return spelling{
		letters: strings.ReplaceAll(Fold(name), " ", ""),
		accents: letters.String() + tones.String(),
	}
}
