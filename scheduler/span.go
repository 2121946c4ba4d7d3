package scheduler

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Span is a length of time as rules of retention have it, in hours, or in days, months and years of the calendar.
type Span struct{ Hours, Days, Months, Years int }

// ParseSpan reads "24h", "90d", "24m" (months) or "5y": a whole number above 0 and its unit.
func ParseSpan(text string) (s Span, err error) {
	units := map[string]*int{"h": &s.Hours, "d": &s.Days, "m": &s.Months, "y": &s.Years}
	digits := strings.TrimRight(text, "hdmy")
	unit, ok := units[text[len(digits):]]
	n, err := strconv.ParseUint(digits, 10, 16)
	if !ok || err != nil || n == 0 {
		return Span{}, fmt.Errorf("read %q: not a number with h, d, m or y", text)
	}
	*unit = int(n)
	return s, nil
}

// Before is the time that lies the span before t. Where the calendar has no such day, it is a day or more later, as with
// time.Time.AddDate.
func (s Span) Before(t time.Time) time.Time {
	return t.AddDate(-s.Years, -s.Months, -s.Days).Add(-time.Duration(s.Hours) * time.Hour)
}
