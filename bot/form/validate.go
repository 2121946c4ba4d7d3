package form

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"khoinghiep/bot/viet"
)

// Validate finds every mistake of a form's author; a test calls it for all forms. Choices that depend on answers are
// seen only as they are before any answer, and what Find gives is not seen at all.
func (f *Form) Validate() error {
	faults := []error{}
	fault := func(wrong bool, format string, args ...any) {
		if wrong {
			faults = append(faults, fmt.Errorf("form %s: "+format, append([]any{f.Name}, args...)...))
		}
	}
	fault(f.Name == "" || f.Title == "" || f.Submit == "" && !f.Single, "name, title and submit label are needed")
	fault(len(f.Fields) == 0, "has no fields")
	keys := map[string]bool{}
	for i := range f.Fields {
		field := &f.Fields[i]
		fault(keys[field.Key], "key %q is used twice", field.Key)
		keys[field.Key] = true
		for _, wrong := range field.faults() {
			fault(true, "field %q: %s", field.Key, wrong)
		}
	}
	return errors.Join(faults...)
}

// faults are the mistakes in one field.
func (f *Field) faults() []string {
	faults := []string{}
	fault := func(wrong bool, text string) {
		if wrong {
			faults = append(faults, text)
		}
	}
	key := regexp.MustCompile(fmt.Sprintf(`^[a-z0-9_]{1,%d}$`, longestKey))
	fault(!key.MatchString(f.Key), fmt.Sprintf("the key is not 1 to %d of [a-z0-9_]", longestKey))
	fault(f.Label == "", "the label is missing")
	fault(f.Prompt == "", "the prompt is missing")
	fault(len(f.Notes) > 10, "more than 10 notes")
	switch f.Kind {
	case typed, long, phone:
		faults = append(faults, f.exampleFaults()...)
	case place:
		fault(f.Example == "" || f.Find == nil || f.Show == nil, "a place needs Example, Find and Show")
	case one, many, yesNo:
		fault(f.Choices == nil, "the choices are missing")
	case upload:
		fault(f.Most < 1, "Most is missing")
	}
	return append(faults, f.choiceFaults()...)
}

// exampleFaults proves that the example is a right answer and that Check accepts what it returned.
func (f *Field) exampleFaults() []string {
	l := line{Field: f}
	once, err := l.check(f.Example)
	if err != nil || once == "" {
		return []string{fmt.Sprintf("the example %q is not accepted", f.Example)}
	}
	if twice, err := l.check(once); err != nil || twice != once {
		return []string{fmt.Sprintf("Check does not accept what it returned, %q", once)}
	}
	return nil
}

func (f *Field) choiceFaults() []string {
	if f.Choices == nil {
		return nil
	}
	faults, labels, values := []string{}, map[string]bool{}, map[string]bool{}
	for _, c := range f.Choices(Answers{}) {
		label := viet.Fold(c.Label)
		if label == "" || labels[label] {
			faults = append(faults, fmt.Sprintf("the label %q is empty or like another", c.Label))
		}
		if standing(compact(c.Label)) != "" {
			faults = append(faults, fmt.Sprintf("the label %q is a word of the engine", c.Label))
		}
		if c.Value == "" || values[c.Value] || len(c.Value) > longestValue || strings.HasPrefix(c.Value, "!") {
			faults = append(faults, fmt.Sprintf("the value %q is empty, used twice, over %d bytes or begins with !", c.Value, longestValue))
		}
		if f.Kind == many && strings.Contains(c.Value, ",") {
			faults = append(faults, fmt.Sprintf("the value %q contains a comma", c.Value))
		}
		labels[label], values[c.Value] = true, true
	}
	return faults
}
