package form

import (
	"fmt"
	"strings"

	"khoinghiep/bot/viet"
)

// Read takes a text that stands alone, as in the cell of a table, for an answer: the label of a choice, a place that it names
// without a doubt, or whatever Check accepts. Else it says what is wrong, with a viet.Problem. Choices are those before any
// answer; questions of several choices, of yes or no and of files cannot be read.
func (f *Field) Read(text string) (value string, err error) {
	l := line{Field: f}
	if f.Choices != nil {
		l.choices = f.Choices(Answers{})
	}
	text = viet.Clean(text)
	if text == "" {
		return "", viet.Problem("Chỗ này còn trống.")
	}
	if i, ok := only(l.choices, func(label string) bool { return viet.Fold(label) == viet.Fold(text) }); ok {
		return l.choices[i].Value, nil
	}
	switch f.Kind {
	case one:
		return "", viet.Problem(fmt.Sprintf("Không có lựa chọn “%s”. Chọn một trong: %s.", text, labelsOf(l.choices)))
	case place:
		return l.readPlace(text)
	}
	return l.check(text)
}

// readPlace asks nothing back: what a person would be asked about is a problem.
func (l line) readPlace(text string) (string, error) {
	found := l.Find(text)
	full := func(label string) bool { name, _, _ := strings.Cut(label, " ("); return strings.EqualFold(name, text) }
	if i, ok := only(found, full); ok {
		return found[i].Value, nil
	}
	switch {
	case len(found) == 0:
		return "", viet.Problem(fmt.Sprintf("Không tìm thấy nơi “%s”. Ghi tên xã, phường như “%s”%s.", text, l.Example, l.instead()))
	case len(found) == 1 && !found[0].Guess:
		return found[0].Value, nil
	}
	return "", viet.Problem(fmt.Sprintf("“%s” có thể là: %s. Ghi rõ một tên.", text, labelsOf(found)))
}

func labelsOf(choices []Choice) string {
	labels := []string{}
	for _, c := range choices {
		labels = append(labels, c.Label)
	}
	return strings.Join(labels, "; ")
}
