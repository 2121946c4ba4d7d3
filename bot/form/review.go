package form

import (
	"fmt"
	"strings"

	"khoinghiep/bot"
)

// review lists the answers, numbered for correcting.
func (t *turn) review(note string) bot.Outgoing {
	rows := []string{}
	for _, l := range t.reviewed() {
		rows = append(rows, fmt.Sprintf("%d. %s: %s", len(rows)+1, l.Label, l.shown(l.value)))
	}
	m := bot.Outgoing{
		Title: "Xem lại: " + t.form.Title,
		Text:  paragraphs(note, strings.Join(rows, "\n"), howToEdit),
	}
	return t.lay(m, t.reviewMenu())
}

func (t *turn) reviewMenu() menu {
	return menu{
		here: []Choice{{Value: actSubmit, Label: t.form.Submit}},
		nav:  []Choice{{Value: actLater, Label: "Để sau"}, {Value: actCancel, Label: "Hủy"}},
	}
}

// correct goes to the line that was typed, by its number or label.
func (t *turn) correct(text string) (Outcome, []bot.Outgoing) {
	lines := t.reviewed()
	labels := make([]Choice, len(lines))
	for i, l := range lines {
		labels[i] = Choice{Value: l.Key, Label: l.Label}
	}
	i, ok := pick(labels, text)
	if !ok {
		return t.say(notALine)
	}
	t.p.Back = labels[i].Value
	return t.again("")
}

func (t *turn) reviewed() []line {
	lines := []line{}
	for _, l := range t.lines {
		if !l.Uncounted {
			lines = append(lines, l)
		}
	}
	return lines
}
