package plan

import (
	"cmp"
	"fmt"
	"slices"
)

// Versions are the versions of the plan, in the order of the days from which they are in force. There is at least one.
type Versions []*Catalogue

// LoadVersions gives the version that ships with the program and those of texts, see ParseCatalogue. Of two from the same
// day, the one that comes later in texts is in force.
func LoadVersions(texts ...string) (Versions, error) {
	shipped, err := LoadCatalogue()
	if err != nil {
		return nil, err
	}
	v := Versions{shipped}
	for i, text := range texts {
		c, err := ParseCatalogue([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("reading version %d of the plan: %w", i+1, err)
		}
		v = append(v, c)
	}
	slices.SortStableFunc(v, func(a, b *Catalogue) int { return cmp.Compare(a.From, b.From) })
	return v, nil
}

// On is the version in force on a day; before all of them, the first.
func (v Versions) On(day string) *Catalogue {
	in := v[0]
	for _, c := range v {
		if c.From <= day {
			in = c
		}
	}
	return in
}

// For is the version that decides about what is due for a year, with its last day: the one in force when the year begins,
// or on the last day, if that is before.
func (v Versions) For(year int, lastDay string) *Catalogue { return v.On(DecidingDay(year, lastDay)) }

// DecidingDay is the day by which the version is found of what is due for a year, see Versions.For.
func DecidingDay(year int, lastDay string) string {
	return min(lastDay, fmt.Sprintf("%d-01-01", year))
}

// DutiesDue lists what has its last day within the days from first to last, by last day, each as the version has it that
// decides about it.
func (v Versions) DutiesDue(first, last string) []Duty {
	duties := []Duty{}
	for _, c := range v {
		for _, d := range c.DutiesDue(first, last) {
			if v.For(d.Year, d.LastDay) == c {
				duties = append(duties, d)
			}
		}
	}
	slices.SortStableFunc(duties, func(a, b Duty) int { return cmp.Compare(a.LastDay, b.LastDay) })
	return duties
}
