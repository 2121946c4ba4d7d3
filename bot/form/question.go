package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// question asks the present line. After a wrong answer it is short; after several, the example comes again.
func (t *turn) question(note string) bot.Outgoing {
	l, fails := t.line(), t.p.Attempt.Fails
	about := t.prompt()
	if l.detail != "" {
		about = slices.Insert(about, 1, l.detail)
	}
	if l.answered && l.Kind != upload {
		about = append(about, "Hiện là: "+l.shown(l.value))
	}
	if l.Kind == upload {
		about = append(about, t.fileLines()...)
	}
	if fails >= triesBeforeHelp {
		about = append(about, t.address(offerPerson))
	}
	return t.lay(bot.Outgoing{Title: t.title(), Text: paragraphs(note, strings.Join(about, "\n"))}, t.questionMenu())
}

func (t *turn) prompt() []string {
	l, fails := t.line(), t.p.Attempt.Fails
	switch {
	case len(t.p.Attempt.Found) > 0:
		return []string{t.address(t.placePrompt())}
	case l.Kind == many:
		return []string{t.address(l.Prompt), t.address(howToTick)}
	case l.Example != "" && (fails == 0 || fails >= triesBeforeHelp):
		return []string{t.address(l.Prompt), "Ví dụ: " + l.Example}
	}
	return []string{t.address(l.Prompt)}
}

// title says how far the person is and what is asked.
func (t *turn) title() string {
	l := t.line()
	if t.form.Single {
		return l.Label
	}
	if t.complete() {
		return "Sửa: " + l.Label
	}
	step, steps := 0, 0
	for i := range t.lines {
		if t.lines[i].Uncounted {
			continue
		}
		steps++
		if i <= t.at {
			step++
		}
	}
	if l.Uncounted {
		return l.Label
	}
	bar := strings.Repeat("▰", step) + strings.Repeat("▱", steps-step)
	return fmt.Sprintf("Bước %d/%d %s %s", step, steps, bar, l.Label)
}

func (t *turn) questionMenu() menu {
	l := t.line()
	return menu{
		choices: t.options(),
		fixed:   t.fixed(),
		page:    t.p.Attempt.Page,
		here:    t.acts(l),
		nav:     t.nav(l),
	}
}

// options are the choices of the present question, with ticks and found places.
func (t *turn) options() []Choice {
	l := t.line()
	switch l.Kind {
	case many:
		return t.tickChoices()
	case place:
		return slices.Concat(t.p.Attempt.Found, l.choices)
	}
	return l.choices
}

// fixed is how many of the last options stand on every page.
func (t *turn) fixed() int {
	if l := t.line(); l.Kind == place {
		return len(l.choices)
	}
	return 0
}

// acts are the buttons of this question beside its choices, the likeliest first.
func (t *turn) acts(l line) []Choice {
	acts := []Choice{}
	add := func(offered bool, value, label string) {
		if offered {
			acts = append(acts, Choice{Value: value, Label: label})
		}
	}
	suggested, buttons := l.suggestion(t.who), t.who.Can.ButtonLimit > 0
	add(l.Kind == phone && t.who.Can.Contact && buttons, actContact, "Gửi số của tôi")
	add(t.p.Attempt.Meant != "", actMeant, l.shown(t.p.Attempt.Meant))
	add(suggested != "" && buttons, actSuggest, l.shown(suggested))
	add(l.Kind == many || l.Kind == upload, actDone, "Xong")
	add(l.answered && !t.form.Single, actKeep, "Giữ nguyên")
	add(l.value != "" && l.Optional && t.form.Single, actEmpty, "Để trống")
	add(t.p.Attempt.Fails >= triesBeforeHelp, actPerson, "Gặp cán bộ")
	for i, note := range l.Notes {
		add(true, actNote+strconv.Itoa(i), note.Label)
	}
	return acts
}

// nav are the buttons that every question has. In a correction "Giữ nguyên" is the way back.
func (t *turn) nav(l line) []Choice {
	if t.form.Single {
		return []Choice{{Value: actBack, Label: "Quay lại"}}
	}
	nav := []Choice{}
	if t.at > 0 && !t.complete() {
		nav = append(nav, Choice{Value: actBack, Label: "Quay lại"})
	}
	if l.Optional {
		nav = append(nav, Choice{Value: actSkip, Label: "Bỏ qua"})
	}
	return append(nav, Choice{Value: actLater, Label: "Để sau"}, Choice{Value: actCancel, Label: "Hủy"})
}

// maybeName tells that "huy" without its accent may be an answer: Huy is also a given name.
func (t *turn) maybeName(text string) bool {
	if t.p.Cancelling || t.reviewing() || !strings.EqualFold(viet.Clean(text), "huy") {
		return false
	}
	l := t.line()
	_, err := l.accept(text)
	return err == nil && (l.Kind == typed || l.Kind == long)
}

// paragraphs joins what is not empty, with a blank line between.
func paragraphs(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n\n")
}
