package viet

import "strings"

// What a character of commonFolds becomes, if not a letter or a digit of ASCII.
const (
	uncommon  = 0   // anything else: left to Fold itself
	dropped   = 1   // a combining mark or an invisible character
	separator = ' ' // neither a letter nor a digit
)

// commonFolds says what Fold makes of each character up to the geometric shapes: all of Vietnamese in any Unicode form,
// punctuation, currencies and ticks. Every turn folds a screenful of labels, and Unicode's own tables are slow.
var commonFolds = func() (table [0x2700]byte) {
	for r := range table {
		table[r] = commonFold(unaccented(string(rune(r))))
	}
	return table
}()

func commonFold(unaccented string) byte {
	switch {
	case unaccented == "":
		return dropped
	case strings.TrimLeftFunc(unaccented, separates) == "":
		return separator
	case len(unaccented) == 1:
		return unaccented[0]
	}
	return uncommon
}

// foldCommon is Fold for texts of common characters only; it makes one allocation.
func foldCommon(s string) (folded string, ok bool) {
	var b strings.Builder
	b.Grow(len(s)) // enough: no character becomes longer
	space := false
	for _, r := range s {
		if int(r) >= len(commonFolds) || commonFolds[r] == uncommon { // broken UTF-8 comes as U+FFFD
			return "", false
		}
		switch c := commonFolds[r]; c {
		case dropped:
		case separator:
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
			}
			b.WriteByte(c)
			space = false
		}
	}
	return b.String(), true
}
