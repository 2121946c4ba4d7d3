package viet

import (
	"slices"
	"strings"
)

// level is what sort of unit a name is of.
type level int

const (
	anyLevel level = iota
	commune
	district
)

// part is one piece of what was typed: "xã Ba Vinh, huyện Ba Tơ" has two.
type part struct {
	spelling
	level    level  // by the word before the name
	kind     string // likewise: "xã", "phường", "đặc khu", "thị trấn"
	accented bool   // has accents, so it means them
	old      bool   // "… cũ"
}

// titles are the folded words before a name. The longer ones come first: "thị xã" is no "xã".
var titles = []struct {
	word  string
	level level
	kind  string
}{
	{"thi xa", district, ""}, {"thanh pho", district, ""}, {"huyen dao", district, ""}, {"huyen", district, ""},
	{"tx", district, ""}, {"tp", district, ""}, {"h", district, ""},
	{"dac khu", commune, "đặc khu"}, {"dao", commune, "đặc khu"}, {"thi tran", commune, "thị trấn"}, {"phuong", commune, "phường"}, {"xa", commune, "xã"},
	{"tt", commune, "thị trấn"}, {"p", commune, "phường"}, {"x", commune, "xã"},
}

// provinces end an address and say nothing inside this province. Both were also the names of a town.
var provinces = []string{"tinh quang ngai", "tinh kon tum", "quang ngai", "kon tum", "viet nam"}

// address takes a typed text apart. The first of several parts is read as a commune.
func address(text string) []part {
	pieces := strings.FieldsFunc(strings.ReplaceAll(Clean(text), " - ", ","), func(r rune) bool { return r == ',' || r == ';' })
	var parts []part
	for _, piece := range pieces {
		if len(parts) > 0 && slices.Contains(provinces, Fold(piece)) {
			continue
		}
		if p := newPart(piece); p.letters != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) > 1 && parts[0].level == anyLevel {
		parts[0].level = commune
	}
	return parts
}

// punctuated puts a comma before each title inside a text: "thôn 3 xã Ba Vinh huyện Ba Tơ". It also breaks names that
// have the word of a title, such as "Ba Xa".
func punctuated(text string) string {
	words := strings.Fields(Clean(text))
	for i := 0; i < len(words)-1; i++ { // the last word is no title: nothing follows it
		n := titleLength(words[i:])
		if n > 0 && i > 0 {
			words[i] = ", " + words[i]
		}
		i += max(0, n-1)
	}
	return strings.Join(words, " ")
}

// titleLength is the number of words of the title that some words begin with; 0 for none, and for the letters that are
// short for one.
func titleLength(words []string) int {
	for _, title := range titles {
		if _, ok := cutWords(words, title.word, true); ok && len(title.word) > 1 {
			return 1 + strings.Count(title.word, " ")
		}
	}
	return 0
}

func newPart(piece string) part {
	var p part
	words := strings.FieldsFunc(piece, func(r rune) bool { return strings.ContainsRune(" .()", r) })
	for _, title := range titles {
		if rest, ok := cutWords(words, title.word, true); ok {
			words, p.level, p.kind = rest, title.level, title.kind
			break
		}
	}
	for _, province := range provinces {
		words, _ = cutWords(words, province, false)
	}
	words, p.old = cutWords(words, "cu", false)
	name := strings.Join(words, " ")
	p.spelling = spell(name)
	p.accented = strings.ToLower(name) != unaccented(name)
	return p
}

// cutWords takes folded words off the front or the back of a name, if some name is left.
func cutWords(words []string, folded string, front bool) (rest []string, ok bool) {
	n := 1 + strings.Count(folded, " ")
	if len(words) <= n {
		return words, false
	}
	cut, rest := words[len(words)-n:], words[:len(words)-n]
	if front {
		cut, rest = words[:n], words[n:]
	}
	if Fold(strings.Join(cut, " ")) != folded {
		return words, false
	}
	return rest, true
}
