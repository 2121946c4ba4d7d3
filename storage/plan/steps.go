package plan

import (
	_ "embed"
	"fmt"
	"slices"
	"time"
)

//go:embed steps.yaml
var stepsYAML []byte

// Audience is who hears of a step.
type Audience string

// Who may hear.
const (
	Officers Audience = "officers" // of the agency that owes it
	Heads    Audience = "heads"    // of that agency, where they agreed
	Staff    Audience = "staff"    // of Sở KH&CN
	Approver Audience = "approver" // of Sở KH&CN
)

// Rule says when a step is taken: a number of days after the last day of an obligation, before it where negative.
type Rule struct {
	Name        string     `json:"name"`
	After       string     `json:"after,omitempty"` // days count from this earlier step instead
	Days        int        `json:"days,omitempty"`
	WorkingDays int        `json:"working_days,omitempty" yaml:"working_days"`
	To          []Audience `json:"to"`
}

// Steps are the rules of one obligation's reminders, in the order of their days.
type Steps []Rule

// Step is one reminder of an obligation.
type Step struct {
	Name    string // "T-30" … "T0", "Q1" … "Q10", "D5"
	To      []Audience
	At      time.Time
	Overdue bool // it comes after the last day
}

// remindAt is the hour at which steps are taken.
const remindAt = 8

// LoadSteps reads the usual steps. An error means that the embedded data is broken.
func LoadSteps() (Steps, error) {
	s, err := ParseSteps(stepsYAML)
	if err != nil {
		return nil, fmt.Errorf("reading steps.yaml: %w", err)
	}
	return s, nil
}

// For gives the steps of what is due until a last day, in the order of their times. A step on a day off moves to the
// working day before, an overdue one to the working day after; of two on one day that reach the same people, only the
// later is left.
func (s Steps) For(lastDay string, cal *Calendar, zone *time.Location) ([]Step, error) {
	due, err := time.ParseInLocation(time.DateOnly, lastDay, zone)
	if err != nil {
		return nil, fmt.Errorf("steps until %q: %w", lastDay, err)
	}
	due = time.Date(due.Year(), due.Month(), due.Day(), remindAt, 0, 0, 0, zone)
	steps := []Step{}
	nominal := map[string]time.Time{}
	for _, r := range s {
		day := due
		if r.After != "" {
			day = nominal[r.After]
		}
		day = cal.AddWorkingDays(day.AddDate(0, 0, r.Days), r.WorkingDays)
		nominal[r.Name] = day
		overdue := day.After(due)
		steps = slices.DeleteFunc(steps, func(earlier Step) bool {
			return earlier.At.Equal(cal.nearest(day, overdue)) && shareAudience(earlier, r)
		})
		steps = append(steps, Step{Name: r.Name, To: r.To, At: cal.nearest(day, overdue), Overdue: overdue})
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps, nil
}

func shareAudience(s Step, r Rule) bool {
	return slices.ContainsFunc(s.To, func(a Audience) bool { return slices.Contains(r.To, a) })
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
