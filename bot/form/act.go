package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
)

// act finds what a typed text asks for besides answering: the label of an act on this screen, or a word that always
// works. "" when it is none.
func (t *turn) act(text string) string {
	word := compact(text)
	acts := t.menu().acts(t.who.Can.ButtonLimit)
	if i := slices.IndexFunc(acts, func(c Choice) bool { return compact(c.Label) == word }); i >= 0 {
		return acts[i].Value
	}
	if act := standing(word); act != "" {
		return act
	}
	return t.shortWord(word)
}

// standing is what a word means on every screen.
func standing(word string) string {
	switch word {
	case "quaylai":
		return actBack
	case "boqua":
		return actSkip
	case "desau", "thoat":
		return actLater
	case "huy":
		return actCancel
	case "gapcanbo":
		return actPerson
	}
	return ""
}

// Moves tells that a text asks a form to go back, on or away: without a form it asks for nothing.
func Moves(text string) bool {
	act := standing(compact(text))
	return act != "" && act != actPerson
}

// shortWord is what a word means on the review and on the cancel question only.
func (t *turn) shortWord(word string) string {
	switch {
	case t.p.Cancelling && word == "co":
		return actErase
	case t.p.Cancelling && word == "khong":
		return actGoOn
	case !t.p.Cancelling && t.reviewing() && word == "gui":
		return actSubmit
	}
	return ""
}

// do carries out an act. One that the present screen does not have changes nothing.
func (t *turn) do(act string) (Outcome, []bot.Outgoing) {
	switch {
	case t.form.Single && leaves(act):
		return Submitted, nil
	case act == actLater:
		return t.putAside()
	case act == actPerson:
		return WantsPerson, nil
	case t.p.Cancelling:
		return t.decide(act)
	case act == actCancel:
		t.p.Cancelling = true
		return t.say("")
	case act == actBack:
		return t.back()
	case act == actSubmit && t.reviewing():
		return Submitted, nil
	case t.reviewing():
		return t.say(notALine)
	}
	return t.doHere(act)
}

// doHere carries out an act on the question being asked.
func (t *turn) doHere(act string) (Outcome, []bot.Outgoing) {
	switch act {
	case actSkip:
		return t.skip()
	case actKeep:
		return t.keep()
	case actDone:
		return t.done()
	case actEmpty:
		return t.empty()
	case actSuggest:
		return t.suggest()
	case actContact:
		return t.say(pressContact)
	case actMeant:
		return t.takeMeant()
	}
	if page, ok := strings.CutPrefix(act, actPage); ok {
		t.p.Attempt.Page, _ = strconv.Atoi(page) // not a number: the first page
		return t.say("")
	}
	if note, ok := strings.CutPrefix(act, actNote); ok {
		return t.explain(note)
	}
	return t.say(stale)
}

// leaves tells that an act ends the question of a Single form without an answer.
func leaves(act string) bool {
	return slices.Contains([]string{actLater, actCancel, actBack, actSkip}, act)
}

func (t *turn) putAside() (Outcome, []bot.Outgoing) {
	t.stopCancelling()
	m := bot.Outgoing{Title: "Đã cất “" + t.form.Title + "”", Text: fmt.Sprintf(t.address(stillKept), t.form.Title)}
	if t.who.Can.ButtonLimit > 0 {
		m.Buttons = []bot.Button{{Label: "Điền tiếp", Data: t.form.Name + ":", Row: true}}
	}
	return PutAside, []bot.Outgoing{m}
}

// back goes one question back; from a correction, to the review.
func (t *turn) back() (Outcome, []bot.Outgoing) {
	switch {
	case t.complete() && !t.reviewing():
		t.p.Back = ""
	case t.at == 0:
		return t.say(firstOne)
	default:
		t.p.Back = t.lines[t.at-1].Key
	}
	return t.again("")
}

func (t *turn) skip() (Outcome, []bot.Outgoing) {
	if !t.line().Optional {
		return t.say(mustAnswer)
	}
	return t.take("", "")
}

// empty takes an answer back.
func (t *turn) empty() (Outcome, []bot.Outgoing) {
	if !t.form.Single || !t.line().Optional {
		return t.say(stale)
	}
	return t.take("", "")
}

func (t *turn) suggest() (Outcome, []bot.Outgoing) {
	value := t.line().suggestion(t.who)
	if value == "" {
		return t.say(stale)
	}
	return t.take(value, "")
}

// takeMeant takes the last wrong answer as it was probably meant.
func (t *turn) takeMeant() (Outcome, []bot.Outgoing) {
	if t.p.Attempt.Meant == "" {
		return t.say(stale)
	}
	return t.offer(t.p.Attempt.Meant, "")
}

func (t *turn) keep() (Outcome, []bot.Outgoing) {
	if !t.line().answered {
		return t.say(stale)
	}
	return t.take(t.line().value, "")
}

// explain shows a note of the field and asks again.
func (t *turn) explain(index string) (Outcome, []bot.Outgoing) {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(t.line().Notes) {
		return t.say(stale)
	}
	note := t.line().Notes[i]
	return Asking, []bot.Outgoing{{Title: note.Label, Text: t.address(note.Text)}, t.question("")}
}
