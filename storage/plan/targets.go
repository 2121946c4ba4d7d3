package plan

import "slices"

// Target is what the plan wants to have achieved by the end of a period.
type Target struct {
	ID        string // the same in all periods
	Name      string
	Low, High int64
	Aim       bool // to be striven for, in the plan's words
	None      bool // no number is set in this period, which is not 0
}

// Period is a part of the plan's time.
type Period struct {
	Name        string // "2026–2030"
	From, Until string // first and last day, "2006-01-02"
	Clause      string // of the plan's document
	Targets     []Target
}

// Targets are the periods of the plan with their targets, in order. Every period has the same targets.
type Targets []Period

// On finds the period of a day, "2006-01-02"; ok is false before and after the plan's time.
func (t Targets) On(day string) (p Period, ok bool) {
	i := slices.IndexFunc(t, func(p Period) bool { return p.From <= day && day <= p.Until })
	if i < 0 {
		return Period{}, false
	}
	return t[i], true
}

// All lists the targets, which are the same in all periods, as the first has them.
func (t Targets) All() []Target {
	if len(t) == 0 {
		return nil
	}
	return t[0].Targets
}

// Target finds a target of the period by its id.
func (p Period) Target(id string) (t Target, ok bool) {
	i := slices.IndexFunc(p.Targets, func(t Target) bool { return t.ID == id })
	if i < 0 {
		return Target{}, false
	}
	return p.Targets[i], true
}
