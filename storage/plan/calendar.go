package plan

import (
	_ "embed"
	"fmt"
	"time"

	"gopkg.in/yaml.v3"
)

//go:embed calendar.yaml
var calendarYAML []byte

// calendarFile is calendar.yaml, which names its sources and says how certain each year is.
type calendarFile struct {
	Years map[int]struct {
		Closed, Worked []time.Time
	}
}

// Calendar knows the working days of public offices in Vietnam: Monday to Friday, but for holidays, and the Saturdays that
// make up for one. Of a year that calendar.yaml does not have, it knows the weekends alone.
type Calendar struct {
	special map[string]bool // date → worked or not, where it differs from the weekday's rule
}

// LoadCalendar reads the embedded calendar. An error means that the embedded data is broken.
func LoadCalendar() (*Calendar, error) {
	var file calendarFile
	if err := yaml.Unmarshal(calendarYAML, &file); err != nil {
		return nil, fmt.Errorf("reading calendar.yaml: %w", err)
	}
	c := &Calendar{special: map[string]bool{}}
	for _, year := range file.Years {
		for _, day := range year.Closed {
			c.special[day.Format(time.DateOnly)] = false
		}
		for _, day := range year.Worked {
			c.special[day.Format(time.DateOnly)] = true
		}
	}
	return c, nil
}

// WorkingDay reports whether offices work on the day of t, in the zone of t.
func (c *Calendar) WorkingDay(t time.Time) bool {
	if worked, ok := c.special[t.Format(time.DateOnly)]; ok {
		return worked
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// AddWorkingDays is the same clock time on the n-th working day after the day of t, or before it for a negative n; t itself
// for 0.
func (c *Calendar) AddWorkingDays(t time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if t = t.AddDate(0, 0, step); c.WorkingDay(t) {
			n--
		}
	}
	return t
}
