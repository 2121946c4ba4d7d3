package form

import (
	"errors"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// reply takes a typed answer to the question being asked.
func (t *turn) reply(text string) (Outcome, []bot.Outgoing) {
	if t.declines(text) {
		return t.skip()
	}
	switch t.line().Kind {
	case one:
		return t.pickOne(text)
	case yesNo:
		return t.pickYesNo(text)
	case many:
		return t.tickTyped(text)
	case place:
		return t.search(text)
	case upload:
		return t.removeTyped(text)
	}
	return t.offerLine(text)
}

// offerLine offers a typed line, in full where it was said for short.
func (t *turn) offerLine(text string) (Outcome, []bot.Outgoing) {
	l, note := t.line(), ""
	if l.InFull == nil {
		return t.offer(text, "")
	}
	full := l.InFull(text, t.who.Now)
	if value, err := l.accept(full); err == nil && full != text && !t.complete() { // else the review shows it
		note = "Mình ghi: " + l.shown(value) + "."
	}
	return t.offer(full, note)
}

// declines reports whether a text says that there is no answer to a question that needs none: "không", "ko có". Files that were
// sent are not given up for it, and a question that stands alone is left as it is.
func (t *turn) declines(text string) bool {
	l := t.line()
	if !l.Optional || t.form.Single || !slices.Contains([]Kind{typed, long, phone, place}, l.Kind) {
		return false
	}
	yes, err := viet.YesNo(text)
	return err == nil && !yes
}

func (t *turn) pickOne(text string) (Outcome, []bot.Outgoing) {
	choices := t.line().choices
	i, ok := pick(choices, text)
	if !ok {
		return t.fail(chooseOne)
	}
	return t.offer(choices[i].Value, "")
}

func (t *turn) pickYesNo(text string) (Outcome, []bot.Outgoing) {
	if _, ok := named(t.line().choices, text); ok {
		return t.pickOne(text)
	}
	yes, err := viet.YesNo(text)
	switch {
	case err != nil:
		return t.pickOne(text)
	case yes:
		return t.offer(Yes, "")
	}
	return t.offer(No, "")
}

// choose takes a pressed choice. One that is no longer offered changes nothing.
func (t *turn) choose(value, pressed string) (Outcome, []bot.Outgoing) {
	switch {
	case t.p.Cancelling || t.reviewing():
		return t.say(stale)
	case t.line().Kind == many:
		return t.tickPressed(value, pressed)
	case !slices.ContainsFunc(t.options(), func(c Choice) bool { return c.Value == value }):
		return t.say(stale)
	}
	return t.offer(value, "")
}

// contact takes a shared phone number, empty when it is someone else's.
func (t *turn) contact(number string) (Outcome, []bot.Outgoing) {
	switch {
	case t.p.Cancelling || t.reviewing() || t.line().Kind != phone:
		return t.say(noContact)
	case number == "":
		return t.say(notOwnPhone)
	}
	return t.offer(number, "")
}

// offer checks a value and takes it, with a note above the next question, or says what is wrong.
func (t *turn) offer(value, note string) (Outcome, []bot.Outgoing) {
	value, err := t.line().accept(value)
	if err != nil {
		slip := viet.Slip{}
		_ = errors.As(err, &slip) // or none
		t.p.Attempt.Meant = slip.Meant
		return t.fail(err.Error())
	}
	return t.take(value, note)
}

// take keeps an answer and goes on.
func (t *turn) take(value, note string) (Outcome, []bot.Outgoing) {
	t.noteTime()
	t.p.Answers = t.p.Answers.with(t.key(), value)
	t.p.Unfinished = t.p.Unfinished.without(t.key())
	if t.form.Single {
		return Submitted, nil
	}
	t.p.Back = ""
	return t.again(note)
}

// fail says what is wrong and asks again.
func (t *turn) fail(problem string) (Outcome, []bot.Outgoing) {
	t.p.Attempt.Fails++
	return t.say(problem)
}

// done ends a Many or a Files.
func (t *turn) done() (Outcome, []bot.Outgoing) {
	l, value := t.line(), t.unfinished()
	if l.Kind == many {
		value = strings.Join(t.ticked(), ",")
	}
	switch {
	case l.Kind != many && l.Kind != upload:
		return t.say(stale)
	case value == "" && l.Optional:
		return t.take("", "")
	}
	return t.offer(value, "")
}

// unfinished is what is ticked or sent so far: since the person came to the question, else the kept answer, even one
// that the field no longer accepts as a whole.
func (t *turn) unfinished() string {
	if value, ok := t.p.Unfinished[t.key()]; ok {
		return value
	}
	return t.p.Answers[t.key()]
}

func (t *turn) setUnfinished(value string) {
	t.p.Unfinished = t.p.Unfinished.with(t.key(), value)
	t.p.Attempt.Fails = 0
}
