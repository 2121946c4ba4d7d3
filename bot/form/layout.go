package form

import (
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
)

// Layout lays out the buttons of any message as the channel can. When all fit, they stay. Else every button becomes a
// line of text, those with Data numbered in order, and the first ones remain as buttons; the caller takes a typed
// number n as the n-th button with Data. Contact buttons go where the channel has none. A message of this package is
// laid out already and stays as it is.
func Layout(m bot.Outgoing, can bot.Abilities) bot.Outgoing {
	if !can.Contact {
		m.Buttons = slices.DeleteFunc(slices.Clone(m.Buttons), func(b bot.Button) bool { return b.Contact })
	}
	if len(m.Buttons) <= can.ButtonLimit {
		return m
	}
	numbered, lines, n := slices.Clone(m.Buttons), []string{}, 0
	for i, b := range numbered {
		switch {
		case b.URL != "":
			lines = append(lines, b.Label+": "+b.URL)
		case b.Data != "":
			n++
			numbered[i].Label = fmt.Sprintf("%d. %s", n, b.Label)
			lines = append(lines, numbered[i].Label)
		}
	}
	m.Text = paragraphs(m.Text, strings.Join(lines, "\n"), wordsText(n > 0, nil))
	m.Buttons = numbered[:can.ButtonLimit]
	return m
}
