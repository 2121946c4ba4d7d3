package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is something wrong in a file, in words for whoever wrote the file.
type Mistake struct {
	Line int // 1 is the first
	Text string
}

// Mistakes are all that are wrong in a file, by line.
type Mistakes []Mistake

// Error gives a mistake a line.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = fmt.Sprintf("dòng %d: %s", mistake.Line, mistake.Text)
	}
	return strings.Join(lines, "\n")
}

// err is m as an error, nil when there is none.
func (m Mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	slices.SortStableFunc(m, func(a, b Mistake) int { return cmp.Compare(a.Line, b.Line) })
	return m
}
