package form

import (
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// search takes a place that was chosen by number or label, else looks for the name that was typed. A name that was asked
// back and is typed again means the place that bears it.
func (t *turn) search(text string) (Outcome, []bot.Outgoing) {
	options, asked := t.options(), t.p.Attempt.Found
	if i, ok := named(options, text); ok {
		return t.offer(options[i].Value, "")
	}
	if i, ok := only(asked, func(label string) bool { return viet.Names(text, label) }); ok {
		return t.record(asked[i])
	}
	if yes, err := viet.YesNo(text); len(asked) == 1 && err == nil {
		return t.confirm(yes)
	}
	return t.find(text)
}

func (t *turn) find(text string) (Outcome, []bot.Outgoing) {
	found := t.line().Find(text)
	switch {
	case len(found) == 0:
		return t.notFound(text)
	case len(found) == 1 && !found[0].Guess:
		return t.record(found[0])
	case slices.Equal(found, t.p.Attempt.Found):
		return t.fail(fmt.Sprintf(unclearPlace, t.line().Noun))
	}
	t.p.Attempt = Attempt{Key: t.key(), Found: found}
	return t.say("")
}

// record takes a place and says so, for a typed name may have meant another one.
func (t *turn) record(c Choice) (Outcome, []bot.Outgoing) {
	return t.offer(c.Value, fmt.Sprintf("Đã ghi: %s.", c.Label))
}

// confirm takes the guess that was asked back, or forgets it.
func (t *turn) confirm(yes bool) (Outcome, []bot.Outgoing) {
	if yes {
		return t.offer(t.p.Attempt.Found[0].Value, "")
	}
	t.p.Attempt = Attempt{Key: t.key()}
	return t.say("")
}

// notFound tries the beginning of a label ("không" for "Không chắc") before giving up.
func (t *turn) notFound(text string) (Outcome, []bot.Outgoing) {
	options := t.options()
	if i, ok := pick(options, text); ok {
		return t.offer(options[i].Value, "")
	}
	return t.fail(fmt.Sprintf("Chưa tìm thấy “%s”. Bạn gõ tên khác, ví dụ: %s%s.", viet.Clean(text), t.line().Example, t.line().instead()))
}

// instead names the fixed choices to somebody whose place is not found.
func (l line) instead() string {
	if len(l.choices) == 0 {
		return ""
	}
	labels := make([]string, len(l.choices))
	for i, c := range l.choices {
		labels[i] = "“" + c.Label + "”"
	}
	return ", hoặc chọn " + strings.Join(labels, ", ")
}

// placePrompt asks which of the found places is meant.
func (t *turn) placePrompt() string {
	switch {
	case t.p.Attempt.Fails > 0:
		return fmt.Sprintf(choosePlace, t.line().Noun)
	case len(t.p.Attempt.Found) == 1:
		return fmt.Sprintf(thisPlace, t.line().Noun)
	}
	return fmt.Sprintf(whichPlace, t.line().Noun)
}
