package form

import (
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

const (
	on      = "☑ "
	off     = "☐ "
	setOn   = "+" // before the value in a tick's button: what pressing brings about, so that pressing twice is harmless
	setOff  = "-"
	untick  = "bo " // typed, folded: "bỏ 2"
	tickFmt = "Đã chọn: %s. Muốn bỏ mục nào, gõ “bỏ” và số, ví dụ: bỏ 1."
)

// ticked gives the values ticked so far that are still choices.
func (t *turn) ticked() []string {
	return t.line().inOrder(strings.Split(t.unfinished(), ","))
}

// tickChoices are the choices with their ticks.
func (t *turn) tickChoices() []Choice {
	ticked := t.ticked()
	choices := []Choice{}
	for _, c := range t.line().choices {
		if slices.Contains(ticked, c.Value) {
			choices = append(choices, Choice{Value: setOff + c.Value, Label: on + c.Label})
		} else {
			choices = append(choices, Choice{Value: setOn + c.Value, Label: off + c.Label})
		}
	}
	return choices
}

func (t *turn) tick(values []string, add bool) {
	ticked := t.ticked()
	if add {
		ticked = append(ticked, values...)
	} else {
		ticked = slices.DeleteFunc(ticked, func(v string) bool { return slices.Contains(values, v) })
	}
	t.setUnfinished(strings.Join(t.line().inOrder(ticked), ","))
}

func (t *turn) tickPressed(value, pressed string) (Outcome, []bot.Outgoing) {
	if value == "" || !strings.Contains(setOn+setOff, value[:1]) || !t.line().offers(value[1:]) {
		return t.say(stale)
	}
	t.tick([]string{value[1:]}, value[:1] == setOn)
	outcome, replies := t.say("")
	replies[0].Replace = pressed
	return outcome, replies
}

// tickTyped ticks what was typed, "1, 3 và 5" or labels between commas; "bỏ 3" takes a tick away.
func (t *turn) tickTyped(text string) (Outcome, []bot.Outgoing) {
	rest, remove := strings.CutPrefix(viet.Fold(text), untick)
	values, wrong := t.several(text)
	if wrong != "" && remove {
		values, wrong = t.several(rest)
	} else {
		remove = false
	}
	if wrong != "" {
		return t.fail(fmt.Sprintf("Mình chưa rõ “%s”. Bạn chọn trong các mục dưới đây, hoặc gõ số thứ tự, ví dụ: 1, 2.", wrong))
	}
	t.tick(values, !remove)
	if len(t.ticked()) == 0 {
		return t.say("")
	}
	return t.say(fmt.Sprintf(tickFmt, t.line().labels(t.ticked())))
}

// and is what else people put between choices.
var and = strings.NewReplacer(" và ", ",", " va ", ",", " & ", ",", " + ", ",")

// several reads one or more choices, or gives the part it does not know.
func (t *turn) several(text string) (values []string, wrong string) {
	choices := t.line().choices
	if i, ok := pick(choices, text); ok {
		return []string{choices[i].Value}, ""
	}
	for part := range strings.FieldsFuncSeq(and.Replace(text), func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		picked, ok := pickPart(choices, part)
		if !ok {
			return nil, strings.TrimSpace(part)
		}
		values = append(values, picked...)
	}
	if len(values) == 0 {
		return nil, strings.TrimSpace(text)
	}
	return values, ""
}

// pickPart reads one label, or numbers with spaces between.
func pickPart(choices []Choice, part string) (values []string, ok bool) {
	if i, ok := pick(choices, part); ok {
		return []string{choices[i].Value}, true
	}
	for word := range strings.FieldsSeq(part) {
		i, ok := number(choices, viet.Fold(word))
		if !ok {
			return nil, false
		}
		values = append(values, choices[i].Value)
	}
	return values, true
}
