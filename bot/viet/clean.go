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
	if isClean(s) {
		return s
	}
	s = strings.Map(visible, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// isClean recognises what most people type most of the time, and what was cleaned before: words of letters in NFC with
// single spaces between them. It may say no to a clean text, never yes to another.
func isClean(s string) bool {
	afterSpace := true
	for _, r := range s {
		switch {
		case r == ' ' && afterSpace:
			return false
		case r > ' ' && r < unicode.MaxASCII, r == ' ', isVietnamese(r):
		default:
			return false
		}
		afterSpace = r == ' '
	}
	return !afterSpace
}

// isVietnamese reports whether r is a letter with an accent of today's Vietnamese, in the one character that NFC has for it.
func isVietnamese(r rune) bool {
	switch {
	case r == eth, r == 'ð', r == '×', r == '÷':
		return false
	case r >= 'À' && r <= 'ý', r >= 'Ạ' && r <= 'ỹ':
		return true
	}
	return strings.ContainsRune("ĂăĐđĨĩŨũƠơƯư", r)
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
