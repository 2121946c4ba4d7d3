package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Kind is what sort of thing is due.
type Kind string

// The kinds of duties.
const (
	PlanOfYear   Kind = "plan"
	ReportOfYear Kind = "report"
	Consolidated Kind = "consolidated" // of what all agencies reported
)

// Deadline is something that is due for each year.
type Deadline struct {
	Kind      Kind
	Title     string // "Báo cáo kết quả năm", before the year
	Clause    string // "V.12"
	From      string // an agency, or "leads" for each that leads a task
	To        []string
	Before    string // "10/12": the first day on which it is late, unless Inclusive
	Inclusive bool   // Before is the last day
	Years     int    // in which year that is, counted from the one it is for
}

// everyLead stands for each agency that leads a task of the year.
const everyLead = "leads"

// Duty is something that one agency must send for a year, with its tasks as lines.
type Duty struct {
	Kind    Kind
	Year    int    // the period, not the year in which it is due
	Title   string // "Báo cáo kết quả năm 2026"
	Clause  string // "QĐ 827, V.12"
	Agency  string // as the plan names it, see Resolve
	Tasks   []string
	LastDay string // on which it is not late
}

// Duties lists what is due for a year, in the order of the deadlines and, within one, of the document. Nothing is due
// before the plan is in force; what is due from the first day of the next version on is for that one to tell.
func (c *Catalogue) Duties(year int) []Duty {
	duties := []Duty{}
	for _, d := range c.Deadlines {
		last := d.lastDay(year)
		if last < c.From {
			continue
		}
		lines := map[string][]string{d.From: nil}
		senders := []string{d.From}
		if d.From == everyLead {
			senders, lines = c.leads(year)
		}
		for _, agency := range senders {
			duties = append(duties, Duty{Kind: d.Kind, Year: year, Title: fmt.Sprintf("%s %d", d.Title, year),
				Clause: c.Document + ", " + d.Clause, Agency: agency, Tasks: lines[agency], LastDay: last})
		}
	}
	return duties
}

// DutiesDue lists what has its last day within the days from first to last, by last day.
func (c *Catalogue) DutiesDue(first, last string) []Duty {
	duties := []Duty{}
	for year := yearOf(first) - 1; year <= yearOf(last)+1; year++ { // a deadline is at most a year away from its year
		for _, d := range c.Duties(year) {
			if first <= d.LastDay && d.LastDay <= last {
				duties = append(duties, d)
			}
		}
	}
	slices.SortStableFunc(duties, func(a, b Duty) int { return cmp.Compare(a.LastDay, b.LastDay) })
	return duties
}

// leads lists who leads tasks of a year, and which.
func (c *Catalogue) leads(year int) (agencies []string, tasks map[string][]string) {
	tasks = map[string][]string{}
	for _, t := range c.Tasks {
		if !t.In(year) {
			continue
		}
		for _, lead := range t.Leads {
			if !slices.Contains(agencies, lead) {
				agencies = append(agencies, lead)
			}
			tasks[lead] = append(tasks[lead], t.ID)
		}
	}
	return agencies, tasks
}

func (d Deadline) lastDay(year int) string {
	day, _ := dayOfYear(d.Before, year+d.Years) // ParseCatalogue has read it
	if !d.Inclusive {
		day = day.AddDate(0, 0, -1)
	}
	return day.Format(time.DateOnly)
}

// dayOfYear reads a day of the year, "30/10".
func dayOfYear(text string, year int) (time.Time, error) {
	return time.Parse("2/1/2006", fmt.Sprintf("%s/%d", text, year))
}

// yearOf is the year of a day.
func yearOf(day string) int {
	year, _ := strconv.Atoi(day[:4]) // days are "2006-01-02"
	return year
}
