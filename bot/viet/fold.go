package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which texts are compared and searched: lower case, no accents, đ as d, anything but letters
// and digits as a space, single spaces. "Đặng Thùy Trâm" in any Unicode form becomes "dang thuy tram".
func Fold(s string) string {
	if folded, ok := foldCommon(s); ok {
		return folded
	}
	return strings.Join(strings.FieldsFunc(unaccented(s), separates), " ")
}

func separates(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// unaccented is s in lower case without accents; punctuation stays, invisible characters go.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
			return -1
		case r == 'Đ' || r == 'đ' || r == eth || r == 'ð':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(s, "")))
}
