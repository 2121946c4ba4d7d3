package plan

import (
	_ "embed"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

//go:embed calendar.yaml
var calendarYAML []byte

// calendarFile is calendar.yaml, which names its sources.
type calendarFile struct {
	EveryYear []struct {
		Day   string // "30/04"
		Since int
	} `yaml:"every_year"`
	Years []DaysOff
}

// DaysOff are the days of a year on which offices work or not against the rule of the weekday.
type DaysOff struct {
	Year           int
	Certainty      string   // final, provisional, memory or inferred, see calendar.yaml
	Closed, Worked []string // days, "2006-01-02"
}

// Calendar knows the working days of public offices in Vietnam: Monday to Friday, but for holidays, and the Saturdays that
// make up for one. Of a year that calendar.yaml does not have, it knows the weekends and the holidays with a fixed date.
type Calendar struct {
	fixed map[string]int                       // "30/04" → first year in which it is a holiday
	own   []DaysOff                            // of calendar.yaml
	years atomic.Pointer[map[int]calendarYear] // those whose days off are known
}

type calendarYear struct {
	certainty string
	special   map[string]bool // date → worked or not
}

// LoadCalendar reads the embedded calendar, and has it follow versions of the plan. An error means that the embedded data is broken.
func LoadCalendar(versions ...*Catalogue) (*Calendar, error) {
	file, err := calendarOnce()
	if err != nil {
		return nil, err
	}
	c := &Calendar{fixed: map[string]int{}, own: file.Years}
	for _, holiday := range file.EveryYear {
		c.fixed[holiday.Day] = holiday.Since
	}
	c.Follow(versions...)
	return c, nil
}

var calendarOnce = sync.OnceValues(readCalendar)

func readCalendar() (file calendarFile, err error) {
	d, err := readDocument(calendarYAML, &file)
	if err != nil {
		return file, fmt.Errorf("reading calendar.yaml: %w", err)
	}
	for i, year := range file.Years {
		d.daysOff(year, "years", i)
	}
	if err := d.mistakes.err(); err != nil {
		return file, fmt.Errorf("reading calendar.yaml: %w", err)
	}
	return file, nil
}

// Follow puts the days off of versions of the plan in the place of the calendar's own; of two for one year, those of the later
// version. Whoever reads the calendar meanwhile sees it as it was before, or after.
func (c *Calendar) Follow(versions ...*Catalogue) {
	known := map[int]calendarYear{}
	put(known, c.own)
	for _, version := range versions {
		put(known, version.DaysOff)
	}
	c.years.Store(&known)
}

func (c *Calendar) year(number int) (year calendarYear, known bool) {
	year, known = (*c.years.Load())[number]
	return year, known
}

func put(known map[int]calendarYear, years []DaysOff) {
	for _, y := range years {
		special := map[string]bool{}
		for _, day := range y.Closed {
			special[day] = false
		}
		for _, day := range y.Worked {
			special[day] = true
		}
		known[y.Year] = calendarYear{y.Certainty, special}
	}
}

// WorkingDay reports whether offices work on the day of t, in the zone of t.
func (c *Calendar) WorkingDay(t time.Time) bool {
	year, known := c.year(t.Year())
	if worked, ok := year.special[t.Format(time.DateOnly)]; ok {
		return worked
	}
	if since, ok := c.fixed[t.Format("02/01")]; ok && !known && t.Year() >= since {
		return false
	}
	return !weekend(t)
}

func weekend(t time.Time) bool {
	return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
}

// Certainty is how certain the days off of a year are, see DaysOff; "" for a year of which they are not known.
func (c *Calendar) Certainty(year int) string {
	known, _ := c.year(year)
	return known.certainty
}

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

// WorkingDaysBetween counts the working days after a day, up to another one, which counts; 0 when that is no later.
func (c *Calendar) WorkingDaysBetween(after, until time.Time) (n int) {
	for day := after.AddDate(0, 0, 1); day.Format(time.DateOnly) <= until.Format(time.DateOnly); day = day.AddDate(0, 0, 1) {
		if c.WorkingDay(day) {
			n++
		}
	}
	return n
}
