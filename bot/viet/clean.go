package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// eth (U+00D0) looks like the Vietnamese Đ (U+0110) and takes its place in scanned and converted documents.
const eth = 'Ð'

// Clean gives s as one line: in Unicode form NFC, without control, invisible and broken characters, eth as Đ, and
// single spaces between words.
func Clean(s string) string {
	s = strings.Map(visible, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// visible maps white space to a plain space, eth to Đ, and drops what cannot be seen.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return -1
	case r == eth:
		return 'Đ'
	case r == 'ð':
		return 'đ'
	}
	return r
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n")

// CleanLong is Clean for texts of several lines: each line is cleaned, and at most one blank line in a row is kept.
func CleanLong(s string) string {
	var kept []string
	blank := false
	for line := range strings.SplitSeq(lineBreaks.Replace(s), "\n") {
		line = Clean(line)
		if line == "" {
			blank = len(kept) > 0
			continue
		}
		if blank {
			kept = append(kept, "")
		}
		kept, blank = append(kept, line), false
	}
	return strings.Join(kept, "\n")
}
