package bot

import (
	"strings"
	"unicode/utf16"
)

// Length counts s as platforms do: in UTF-16 units.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Split cuts a message that is too long for a channel into several, at paragraph, line, sentence or word ends where it
// can, never inside a character. Buttons and files go with the last part; only the first may replace a message.
func Split(m Outgoing, limit int) []Outgoing {
	if limit <= 0 || Length(m.Body()) <= limit {
		return []Outgoing{m}
	}
	parts := []Outgoing{}
	text := m.Body() // a split message gives up its emphasis: a title may itself be too long
	for Length(text) > limit {
		head, tail := cut(text, limit)
		parts = append(parts, Outgoing{Text: head})
		text = tail
	}
	last := m
	last.Title, last.Text, last.Replace = "", text, ""
	parts = append(parts, last)
	parts[0].Replace = m.Replace
	return parts
}

// cut takes at most limit units off the front of text, at the best place in its second half.
func cut(text string, limit int) (head, tail string) {
	end, units := 0, 0
	for i, r := range text {
		if units+utf16.RuneLen(r) > limit {
			break
		}
		units += utf16.RuneLen(r)
		end = i + len(string(r))
	}
	for _, mark := range []string{"\n\n", "\n", ". ", " "} {
		if i := strings.LastIndex(text[:end], mark); i > end/2 {
			return strings.TrimSpace(text[:i+len(mark)]), strings.TrimSpace(text[i+len(mark):])
		}
	}
	return text[:end], text[end:]
}
