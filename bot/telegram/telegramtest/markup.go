package telegramtest

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// tags are those that Telegram's HTML knows.
var tags = []string{
	"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler",
}

// token is one piece of Telegram's HTML: a tag, an entity, or a sign that should have been one.
var token = regexp.MustCompile(`<(/?)([a-zA-Z0-9-]*)([^<>]*)>|&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);|[<&]`)

// plain takes the tags out of Telegram's HTML, or says what is wrong with it. It is stricter than Telegram in one point:
// a bare "&" is refused, because it means that somebody forgot to escape.
func plain(markup string) (text string, err error) {
	if !utf8.ValidString(markup) {
		return "", fmt.Errorf("strings must be encoded in UTF-8")
	}
	var b strings.Builder
	var open []string
	end := 0
	for _, at := range token.FindAllStringSubmatchIndex(markup, -1) {
		b.WriteString(markup[end:at[0]])
		end = at[1]
		piece := markup[at[0]:at[1]]
		switch {
		case piece == "<" || piece == "&":
			return "", fmt.Errorf("can't parse entities: unescaped %q at byte offset %d", piece, at[0])
		case piece[0] == '&':
			b.WriteString(html.UnescapeString(piece))
		default:
			tag := strings.ToLower(markup[at[4]:at[5]])
			if open, err = nest(open, tag, at[3] > at[2]); err != nil {
				return "", fmt.Errorf("%w at byte offset %d", err, at[0])
			}
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("can't parse entities: Can't find end tag corresponding to start tag %q", open[len(open)-1])
	}
	b.WriteString(markup[end:])
	return strings.TrimSpace(b.String()), nil
}

// nest opens or closes a tag.
func nest(open []string, tag string, closing bool) ([]string, error) {
	switch {
	case !closing && !slices.Contains(tags, tag):
		return nil, fmt.Errorf("can't parse entities: Unsupported start tag %q", tag)
	case !closing:
		return append(open, tag), nil
	case len(open) == 0 || open[len(open)-1] != tag:
		return nil, fmt.Errorf("can't parse entities: Unmatched end tag %q", tag)
	}
	return open[:len(open)-1], nil
}

// units is the length of a text as Telegram counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// read gives a text parameter without markup, if it may have that length.
func read(text, mode string, limit int) (string, error) {
	switch mode {
	case "HTML":
		var err error
		if text, err = plain(text); err != nil {
			return "", err
		}
	case "":
		text = strings.TrimSpace(text)
	default:
		return "", fmt.Errorf("unsupported parse_mode")
	}
	if units(text) > limit {
		return "", fmt.Errorf("message is too long")
	}
	return text, nil
}
