package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The shortest and the longest name of a person, in runes.
const (
	nameShortest = 2
	nameLongest  = 60
)

// notNames are what people say when they have not read the question, folded: greetings, and answers to another one.
var notNames = map[string]bool{
	"xin chao": true, "chao": true, "chao ban": true, "chao bot": true, "hello": true, "hi": true, "alo": true, "hey": true,
	"dong y": true, "toi dong y": true, "khong": true, "da vang": true, "ok": true, "oke": true, "khong biet": true,
}

// isName reports whether a text is a letter, followed by letters (some of the Central Highlands' have no precomposed form
// and keep their marks), spaces and the signs found in names (H'Hen, Tôn-Nữ, "Nguyễn V. A").
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(" '’.-", r)
	})
}

// Name checks a person's name. Names typed all in capitals or all in small letters are given capitals where they
// belong; others keep theirs.
func Name(s string) (string, error) {
	name := Clean(s)
	n := utf8.RuneCountInString(name)
	switch {
	case strings.ContainsFunc(name, unicode.IsNumber):
		return "", Problem("Họ và tên không có chữ số. Bạn gõ lại giúp, ví dụ: Nguyễn Thị Đào.")
	case !isName(name):
		return "", Problem("Họ và tên chỉ gồm chữ cái, bắt đầu bằng một chữ cái. Bạn gõ lại giúp, ví dụ: Nguyễn Thị Đào hoặc H'Hen Niê.")
	case n < nameShortest:
		return "", Problem("Tên này quá ngắn. Bạn gõ đủ họ và tên giúp, ví dụ: Nguyễn Thị Đào.")
	case notNames[Fold(name)]:
		return "", Problem("Mình cần họ tên của bạn. Bạn gõ họ và tên giúp, ví dụ: Nguyễn Thị Đào.")
	case n > nameLongest:
		return "", Problem("Tên này quá dài. Bạn chỉ gõ họ và tên giúp, ví dụ: Nguyễn Thị Đào.")
	}
	if name == strings.ToLower(name) || name == strings.ToUpper(name) {
		name = titleCase(name)
	}
	return name, nil
}

// titleCase gives each word a capital, and so the part after a hyphen or a dot. After an apostrophe only the women's
// names with H' (H'Hen) have one; K'rể, Y'lang do not.
func titleCase(name string) string {
	var before, last rune
	title := strings.Map(func(r rune) rune {
		starts := strings.ContainsRune("\x00 -.", last) || strings.ContainsRune("'’", last) && before == 'H'
		before, last = last, unicode.ToLower(r)
		if starts && unicode.IsLetter(r) {
			last = unicode.ToUpper(r)
		}
		return last
	}, name)
	return norm.NFC.String(title)
}
