package plan

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"
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

// LoadSteps gives the usual steps, the same to all: nobody may change them. An error means that the embedded data is broken.
func LoadSteps() (Steps, error) { return stepsOnce() }

var stepsOnce = sync.OnceValues(readSteps)

func readSteps() (Steps, error) {
	s, err := ParseSteps(stepsYAML)
	if err != nil {
		return nil, fmt.Errorf("reading steps.yaml: %w", err)
	}
	return s, nil
}

// For gives the steps of what is due until a last day, in the order of their times. A step on a day off moves to the
// working day before, an overdue one to the working day after. Of two on one day that reach the same people only the
// later is left; whoever else the earlier one was for hears of the later.
func (s Steps) For(lastDay string, cal *Calendar, zone *time.Location) ([]Step, error) {
	due, err := time.ParseInLocation(time.DateOnly, lastDay, zone)
	if err != nil {
		return nil, fmt.Errorf("steps until %q: %w", lastDay, err)
	}
	steps := []Step{}
	for _, step := range s.planned(due.Add(remindAt*time.Hour), cal) {
		step.At = cal.nearest(step.At, step.Overdue)
		steps = slices.DeleteFunc(steps, step.takeOver)
		steps = append(steps, step)
	}
	return steps, nil
}

// takeOver reports whether the step comes in the place of an earlier one, and if so is also for those of the other.
func (s *Step) takeOver(earlier Step) bool {
	same := func(a Audience) bool { return slices.Contains(s.To, a) }
	if !s.At.Equal(earlier.At) || !slices.ContainsFunc(earlier.To, same) {
		return false
	}
	s.To = slices.Concat(s.To, slices.DeleteFunc(slices.Clone(earlier.To), same))
	return true
}

// planned gives the steps by their times, days off or not.
func (s Steps) planned(due time.Time, cal *Calendar) []Step {
	times := map[string]time.Time{"": due}
	steps := make([]Step, len(s))
	for i, r := range s {
		at := cal.AddWorkingDays(times[r.After].AddDate(0, 0, r.Days), r.WorkingDays)
		times[r.Name] = at
		steps[i] = Step{Name: r.Name, To: r.To, At: at, Overdue: at.After(due)}
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return steps
}
