package form

import (
	"encoding/json"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// line is a field that is asked, with what this filling has for it.
type line struct {
	*Field
	choices  []Choice
	detail   string
	value    string
	answered bool
}

// lines walks the form as it is today. Conditions and choices see only the answers before them, so an answer that is
// itself skipped decides nothing. What is in the lines seen before, of the same turn, needs no second check.
func (f *Form) lines(p Progress, seen []line) (Answers, []line) {
	kept, lines := make(Answers, len(f.Fields)), make([]line, 0, len(f.Fields))
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Skip != nil && field.Skip(kept) {
			continue
		}
		l := line{Field: field}
		if field.Detail != nil {
			if l.detail = field.Detail(p.Answers); l.detail == "" {
				continue
			}
		}
		if field.Choices != nil {
			l.choices = field.Choices(kept)
		}
		if l.value, l.answered = l.keeps(p.Answers, seen); l.answered {
			kept[field.Key] = l.value
		}
		lines = append(lines, l)
	}
	return kept, lines
}

// keeps tells whether the stored answer is one that the field accepts today.
func (l line) keeps(stored Answers, seen []line) (string, bool) {
	value, ok := stored[l.Key]
	if !ok || value == "" {
		return "", ok && l.Optional
	}
	if l.passed(value, seen) {
		return value, true
	}
	value, err := l.accept(value)
	return value, err == nil
}

// passed tells that the value is one of the lines seen, cleaned and accepted there: cleaning it again changes nothing. Where
// there are choices, it may depend on other answers.
func (l line) passed(value string, seen []line) bool {
	return l.Choices == nil && slices.ContainsFunc(seen, func(s line) bool { return s.Field == l.Field && s.answered && s.value == value })
}

// accept cleans a value of any kind, or says what is wrong with it.
func (l line) accept(value string) (string, error) {
	switch l.Kind {
	case one, yesNo:
		if !l.offers(value) {
			return "", viet.Problem(chooseOne)
		}
	case many:
		values := l.inOrder(strings.Split(value, ","))
		if len(values) == 0 || len(values) != strings.Count(value, ",")+1 {
			return "", viet.Problem(chooseSome)
		}
		value = strings.Join(values, ",")
	case place:
		if l.offers(value) {
			return value, nil
		}
	case upload:
		if len(decodeFiles(value)) == 0 {
			return "", viet.Problem(sendFiles)
		}
	}
	return l.check(value)
}

func (l line) check(value string) (string, error) {
	switch {
	case l.Check != nil:
		return l.Check(value)
	case l.Kind == typed:
		return viet.Text(viet.Clean(value), l.Most)
	case l.Kind == long:
		return viet.Text(value, l.Most)
	}
	return value, nil
}

func (l line) offers(value string) bool {
	return slices.ContainsFunc(l.choices, func(c Choice) bool { return c.Value == value })
}

// inOrder gives those of the values that are choices, once each, in the order of the choices.
func (l line) inOrder(values []string) []string {
	ordered := []string{}
	for _, c := range l.choices {
		if slices.Contains(values, c.Value) {
			ordered = append(ordered, c.Value)
		}
	}
	return ordered
}

// shown is how people read a value.
func (l line) shown(value string) string {
	if value == "" {
		return passedOver
	}
	switch l.Kind {
	case upload:
		return fileNames(decodeFiles(value))
	case many:
		return l.labels(strings.Split(value, ","))
	}
	if l.Show == nil || l.Kind == place && l.offers(value) {
		return l.labels([]string{value})
	}
	return l.Show(value)
}

// labels joins the labels of values; a value without one stands for itself.
func (l line) labels(values []string) string {
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = value
		if c := slices.IndexFunc(l.choices, func(c Choice) bool { return c.Value == value }); c >= 0 {
			labels[i] = l.choices[c].Label
		}
	}
	return strings.Join(labels, ", ")
}

// suggestion is the cleaned answer to offer; "" for none.
func (l line) suggestion(who Person) string {
	if l.Suggest == nil {
		return ""
	}
	value, err := l.accept(l.Suggest(who))
	if err != nil || l.answered && value == l.value {
		return ""
	}
	return value
}

func decodeFiles(value string) []bot.File {
	var files []bot.File
	if json.Unmarshal([]byte(value), &files) != nil {
		return nil // kept by an older form, when this field was of another kind: ask again
	}
	return files
}
