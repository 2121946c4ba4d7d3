package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// need holds that something is said.
func (d *document) need(text string, path ...any) bool {
	if strings.TrimSpace(text) == "" {
		d.wrong(fmt.Sprintf("thiếu %q", keyOf(path)), path...)
		return false
	}
	return true
}

// day holds that text is a day.
func (d *document) day(text string, path ...any) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		d.wrong(fmt.Sprintf("%q phải là một ngày dạng 2025-03-01", keyOf(path)), path...)
	}
}

// yearDay holds that text is a day that every year has.
func (d *document) yearDay(text string, path ...any) {
	const commonYear = 2023
	if _, err := dayOfYear(text, commonYear); err != nil {
		d.wrong(fmt.Sprintf("%q phải là ngày trong năm dạng 30/10", keyOf(path)), path...)
	}
}

// daysOff holds days off to their year, and to the weekdays on which they make a difference.
func (d *document) daysOff(y DaysOff, path ...any) {
	oneOf(d, y.Certainty, []string{"final", "provisional", "memory", "inferred"}, with(path, "certainty")...)
	for i, text := range y.Closed {
		if day := d.dayIn(y.Year, text, with(path, "closed", i)...); weekend(day) {
			d.wrong(fmt.Sprintf("%q là cuối tuần, vốn đã nghỉ", text), with(path, "closed", i)...)
		}
	}
	for i, text := range y.Worked {
		if day := d.dayIn(y.Year, text, with(path, "worked", i)...); !weekend(day) {
			d.wrong(fmt.Sprintf("%q không phải cuối tuần, vốn đã làm việc", text), with(path, "worked", i)...)
		}
	}
}

// dayIn holds that text is a day of a year.
func (d *document) dayIn(year int, text string, path ...any) time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() != year {
		d.wrong(fmt.Sprintf("%q không phải là ngày của năm %d dạng 2025-03-01", text, year), path...)
	}
	return day
}

// unique holds that an id is said, and for the first time.
func (d *document) unique(seen map[string]bool, id string, path ...any) {
	if d.need(id, path...) && seen[id] {
		d.wrong(fmt.Sprintf("%q đã có ở trên", id), path...)
	}
	seen[id] = true
}

// evidence holds that a fact says how certain it is.
func (d *document) evidence(e Evidence, path ...any) {
	known := []Certainty{Confirmed, Secondary, FromMemory, Inferred}
	oneOf(d, e.Certainty, known, with(path, "certainty")...)
	if e.DayCertainty != "" {
		oneOf(d, e.DayCertainty, known, with(path, "day_certainty")...)
	}
}

// oneOf holds that a value is one of those there are.
func oneOf[T ~string](d *document, value T, there []T, path ...any) {
	if slices.Contains(there, value) {
		return
	}
	names := make([]string, len(there))
	for i, name := range there {
		names[i] = string(name)
	}
	d.wrong(fmt.Sprintf("%q phải là một trong: %s", keyOf(path), strings.Join(names, ", ")), path...)
}

// keyOf is the last key in a path.
func keyOf(path []any) string {
	for _, step := range slices.Backward(path) {
		if key, ok := step.(string); ok {
			return key
		}
	}
	return ""
}

// with is a longer path; the shorter one stays as it is.
func with(path []any, steps ...any) []any { return append(slices.Clone(path), steps...) }
