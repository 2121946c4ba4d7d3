package viet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text checks a free text, which may have several lines, of at most longest characters (runes after cleaning). It has a letter
// or a digit: pictures alone say nothing that can be found again.
func Text(s string, longest int) (string, error) {
	text := CleanLong(s)
	if text == "" {
		return "", Problem("Bạn chưa viết gì. Bạn gõ câu trả lời bằng một vài chữ rồi gửi giúp.")
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return "", Problem("Tin này chỉ có hình hoặc dấu. Bạn gõ bằng một vài chữ rồi gửi giúp.")
	}
	if n := utf8.RuneCountInString(text); n > longest {
		return "", Problem(fmt.Sprintf("Bạn viết %d ký tự, nhiều nhất là %d. Bạn rút gọn rồi gửi lại giúp.", n, longest))
	}
	return text, nil
}
