package bot_test

import (
	"strings"
	"testing"

	"khoinghiep/bot"
)

func TestSplitCutsAtGoodPlacesAndLosesNothing(t *testing.T) {
	button := []bot.Button{{Label: "Gửi", Data: "x"}}
	for name, c := range map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"short":      {"chào bạn", 20, []string{"chào bạn"}},
		"paragraphs": {"một hai ba\n\nbốn năm sáu", 14, []string{"một hai ba", "bốn năm sáu"}},
		"words":      {"một hai ba bốn", 9, []string{"một hai", "ba bốn"}},
		"no spaces":  {"aaaaaaaaaa", 4, []string{"aaaa", "aaaa", "aa"}},
		"emoji":      {"😀😀😀", 4, []string{"😀😀", "😀"}}, // two units each
	} {
		t.Run(name, func(t *testing.T) {
			parts := bot.Split(bot.Outgoing{Text: c.text, Buttons: button, Replace: "7"}, c.limit)
			got := []string{}
			for i, p := range parts {
				got = append(got, p.Text)
				if last := i == len(parts)-1; (len(p.Buttons) > 0) != last {
					t.Errorf("part %d has buttons %v", i, p.Buttons)
				}
				if (p.Replace != "") != (i == 0) {
					t.Errorf("part %d replaces %q", i, p.Replace)
				}
				if bot.Length(p.Body()) > c.limit {
					t.Errorf("part %d is too long: %q", i, p.Body())
				}
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
