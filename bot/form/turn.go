package form

import (
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// turn is one look at a filling: the form as it is today and where the person is in it.
type turn struct {
	form  *Form
	p     *Progress
	who   Person
	in    bot.Incoming // what the person did; none when the turn only shows
	lines []line
	at    int // the line being asked; len(lines): the review
}

func (f *Form) turn(p *Progress, who Person) *turn { return f.look(p, who, nil) }

// look makes a turn; the answers in lines seen a moment ago are not checked again.
func (f *Form) look(p *Progress, who Person, seen []line) *turn {
	_, lines := f.lines(*p, seen)
	t := &turn{form: f, p: p, who: who, lines: lines}
	t.at = slices.IndexFunc(lines, func(l line) bool { return l.Key == p.Back })
	if t.at < 0 { // not gone back, or to a field that is gone
		t.at = slices.IndexFunc(lines, func(l line) bool { return !l.answered })
	}
	if t.at < 0 {
		t.at = len(lines)
	}
	if p.Attempt.Key != t.key() {
		p.Attempt = Attempt{Key: t.key()}
	}
	return t
}

func (t *turn) reviewing() bool { return t.at == len(t.lines) }

func (t *turn) complete() bool {
	return !slices.ContainsFunc(t.lines, func(l line) bool { return !l.answered })
}

// line is the one being asked; not to be called at the review.
func (t *turn) line() line { return t.lines[t.at] }

func (t *turn) key() string {
	if t.reviewing() {
		return reviewScreen
	}
	return t.line().Key
}

// screen names what the person sees, in the data of its buttons.
func (t *turn) screen() string {
	if t.p.Cancelling {
		return cancelScreen
	}
	return t.key()
}

func (t *turn) answer() (Outcome, []bot.Outgoing) {
	in := t.in
	switch {
	case in.Button != "":
		return t.press(in)
	case in.Kind == bot.Unsupported:
		return t.say(unreadable)
	case in.Kind != bot.Message:
		return t.say("")
	case in.Edited:
		return t.say(edited)
	case in.Contact || in.Phone != "":
		return t.contact(in.Phone)
	case len(in.Files) > 0:
		return t.receive(in)
	case viet.Clean(in.Text) == "":
		return t.say(emptyText)
	}
	return t.typed(in.Text)
}

// press does what a button of the present screen says; any other button only shows where the person is.
func (t *turn) press(in bot.Incoming) (Outcome, []bot.Outgoing) {
	draft, screen, value, ok := parse(in.Button)
	if !ok || draft != t.p.Draft || screen != t.screen() {
		return t.say(stale)
	}
	if !strings.HasPrefix(value, "!") {
		return t.choose(value, in.Pressed)
	}
	outcome, replies := t.do(value)
	if strings.HasPrefix(value, actPage) {
		replies[0].Replace = in.Pressed
	}
	return outcome, replies
}

// typed understands words as buttons first, then as an answer.
func (t *turn) typed(text string) (Outcome, []bot.Outgoing) {
	act := t.act(text)
	switch {
	case act == actCancel && t.maybeName(text):
		t.p.Attempt.Typed = text
		return t.do(act)
	case act != "":
		return t.do(act)
	case t.p.Cancelling:
		return t.say("")
	case t.reviewing():
		return t.correct(text)
	}
	return t.reply(text)
}

// say shows where the person is, with a note above.
func (t *turn) say(note string) (Outcome, []bot.Outgoing) {
	return Asking, []bot.Outgoing{t.show(note)}
}

// again looks anew after p changed.
func (t *turn) again(note string) (Outcome, []bot.Outgoing) {
	return t.form.look(t.p, t.who, t.lines).say(note)
}

func (t *turn) show(note string) bot.Outgoing {
	note = t.address(note)
	switch {
	case t.p.Cancelling:
		return t.cancelQuestion(note)
	case t.reviewing():
		return t.review(note)
	}
	return t.question(note)
}

func (t *turn) menu() menu {
	switch {
	case t.p.Cancelling:
		return t.cancelMenu()
	case t.reviewing():
		return t.reviewMenu()
	}
	return t.questionMenu()
}
