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
	EveryYear []struct {
		Day   string // "30/04"
		Since int
	} `yaml:"every_year"`
	Years map[int]struct {
		Certainty      string
		Closed, Worked []time.Time
	}
}

// Calendar knows the working days of public offices in Vietnam: Monday to Friday, but for holidays, and the Saturdays that
// make up for one. Of a year that calendar.yaml does not have, it knows the weekends and the holidays with a fixed date.
type Calendar struct {
	special   map[string]bool // date → worked or not, where it differs from the weekday's rule
	fixed     map[string]int  // "30/04" → first year in which it is a holiday
	certainty map[int]string
}

// LoadCalendar reads the embedded calendar. An error means that the embedded data is broken.
func LoadCalendar() (*Calendar, error) {
	var file calendarFile
	if err := yaml.Unmarshal(calendarYAML, &file); err != nil {
		return nil, fmt.Errorf("reading calendar.yaml: %w", err)
	}
	c := &Calendar{special: map[string]bool{}, fixed: map[string]int{}, certainty: map[int]string{}}
	for _, holiday := range file.EveryYear {
		c.fixed[holiday.Day] = holiday.Since
	}
	for number, year := range file.Years {
		c.certainty[number] = year.Certainty
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
	if since, ok := c.fixed[t.Format("02/01")]; ok && c.certainty[t.Year()] == "" && t.Year() >= since {
		return false
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// Certainty is how certain the days off of a year are, see calendar.yaml; "" for a year that it does not have.
func (c *Calendar) Certainty(year int) string { return c.certainty[year] }

// nearest is the working day of t, or the next after or before it.
func (c *Calendar) nearest(t time.Time, after bool) time.Time {
	switch {
	case c.WorkingDay(t):
		return t
	case after:
		return c.AddWorkingDays(t, 1)
	default:
		return c.AddWorkingDays(t, -1)
	}
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
