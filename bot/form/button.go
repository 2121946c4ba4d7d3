package form

import (
	"strings"

	"khoinghiep/bot"
)

// Button data is "f:<draft>:<screen>:<value>". The screen is a field's key, or one of the two below; the value is a
// choice's, one of a tick (with its sign), or an act. "!" keeps what is ours apart from what forms name.
const (
	prefix       = "f:"
	reviewScreen = "!review"
	cancelScreen = "!cancel"
)

// Acts are what a button or a word does besides answering.
const (
	actBack    = "!back"
	actSkip    = "!skip"
	actLater   = "!later"
	actCancel  = "!cancel"
	actKeep    = "!keep"
	actDone    = "!done"
	actEmpty   = "!empty"
	actSuggest = "!suggest"
	actContact = "!contact"
	actMeant   = "!meant"
	actPerson  = "!person"
	actSubmit  = "!submit"
	actErase   = "!erase" // cancel, surely
	actGoOn    = "!go"    // do not cancel
	actTyped   = "!typed" // what was typed is not "hủy" but the answer
	actPage    = "!page"  // followed by the page to show
	actNote    = "!note"  // followed by the note's index
)

// Longest parts of button data, in bytes; with these no data exceeds bot.ButtonDataLimit.
const (
	longestKey   = 16
	longestValue = 24
)

// Owns tells whether the data of a button was made by this package, and for which draft.
func Owns(button string) (draft string, ok bool) {
	draft, _, _, ok = parse(button)
	return draft, ok
}

func parse(button string) (draft, screen, value string, ok bool) {
	rest, ok := strings.CutPrefix(button, prefix)
	parts := strings.SplitN(rest, ":", 3)
	if !ok || len(parts) != 3 {
		return "", "", "", false
	}
	return parts[0], parts[1], parts[2], true
}

// button makes the button of a choice or an act on the present screen.
func (t *turn) button(c Choice) bot.Button {
	if c.Value == actContact {
		return bot.Button{Label: c.Label, Contact: true, Row: true}
	}
	return bot.Button{Label: c.Label, Data: prefix + t.p.Draft + ":" + t.screen() + ":" + c.Value, Row: true}
}
