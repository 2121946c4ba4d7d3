package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"khoinghiep/bot"
)

const (
	pageSize    = 8  // choices on a page, besides the fixed ones
	mostUnpaged = 12 // more choices come in pages even where all would fit
)

// menu is what can be pressed on a screen, and typed where buttons run out.
type menu struct {
	choices []Choice // numbered from 1, over all pages
	fixed   int      // how many of the last choices stand on every page
	page    int
	here    []Choice // acts of this screen, the likeliest first
	nav     []Choice // acts that go elsewhere: all are buttons, or all are words
}

func (m menu) fits(limit int) bool {
	return len(m.choices) <= mostUnpaged && len(m.choices)+len(m.here)+len(m.nav) <= limit
}

func (m menu) pages(limit int) int {
	if m.fits(limit) {
		return 1
	}
	return max(1, (len(m.choices)-m.fixed+pageSize-1)/pageSize)
}

// onPage gives the choices of the present page and the fixed ones, with their numbers.
func (m menu) onPage(limit int) []Choice {
	first := m.current(limit) * pageSize
	paged := len(m.choices) - m.fixed
	numbered := []Choice{}
	for i, c := range m.choices {
		if i >= first && i < first+pageSize || i >= paged {
			numbered = append(numbered, Choice{Value: c.Value, Label: fmt.Sprintf("%d. %s", i+1, c.Label)})
		}
	}
	return numbered
}

func (m menu) current(limit int) int {
	pages := m.pages(limit)
	return (m.page%pages + pages) % pages
}

// acts are those of this screen, with "Xem thêm" first when there are pages; after the last page comes the first.
func (m menu) acts(limit int) []Choice {
	pages := m.pages(limit)
	if pages == 1 {
		return m.here
	}
	next := (m.current(limit) + 1) % pages
	return append([]Choice{{Value: fmt.Sprint(actPage, next), Label: "Xem thêm"}}, m.here...)
}

// lay puts the menu under a message as the channel can: all as buttons; else a page of numbered choices; else as many
// buttons as there are, the numbered choices as text, and the rest as words to type.
func (t *turn) lay(m bot.Outgoing, mn menu) bot.Outgoing {
	limit := t.who.Can.ButtonLimit
	if mn.fits(limit) {
		m.Buttons = t.buttons(mn.choices, mn.here, mn.nav)
		return m
	}
	choices, acts, nav := mn.onPage(limit), mn.acts(limit), mn.nav
	if pages := mn.pages(limit); pages > 1 {
		m.Text += fmt.Sprintf("\nTrang %d/%d.", mn.current(limit)+1, pages)
	}
	if len(choices)+len(acts)+len(nav) <= limit {
		m.Buttons = t.buttons(choices, acts, nav)
		return m
	}
	pressed := acts[:min(len(acts), limit)]
	picked := choices[:min(len(choices), limit-len(pressed))]
	words := acts[len(pressed):]
	if len(pressed)+len(picked)+len(nav) > limit {
		words, nav = slices.Concat(words, nav), nil
	}
	m.Text = paragraphs(m.Text, numberedText(choices), wordsText(len(choices) > 0, words))
	m.Buttons = t.buttons(picked, pressed, nav)
	return m
}

// buttons puts choices and acts each on a row, and the navigation together on one.
func (t *turn) buttons(choices, acts, nav []Choice) []bot.Button {
	buttons := []bot.Button{}
	for _, c := range slices.Concat(choices, acts, nav) {
		buttons = append(buttons, t.button(c))
	}
	for i := len(choices) + len(acts) + 1; i < len(buttons); i++ {
		buttons[i].Row = false
	}
	return buttons
}

func numberedText(choices []Choice) string {
	lines := make([]string, len(choices))
	for i, c := range choices {
		lines[i] = c.Label
	}
	return strings.Join(lines, "\n")
}

// wordsText tells what to type.
func wordsText(numbers bool, acts []Choice) string {
	words := make([]string, len(acts))
	for i, c := range acts {
		first, size := utf8.DecodeRuneInString(c.Label)
		words[i] = string(unicode.ToLower(first)) + c.Label[size:]
	}
	switch said := strings.Join(words, " · "); {
	case numbers && said != "":
		return "Gõ số để chọn, hoặc gõ: " + said
	case numbers:
		return "Gõ số để chọn."
	case said != "":
		return "Gõ: " + said
	}
	return ""
}
