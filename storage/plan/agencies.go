package plan

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Agency is whoever has a part in the plan.
type Agency struct {
	ID      string // "SCT"; of a commune's People's Committee "xa-" and the commune's code
	Kind    AgencyKind
	Name    string // when the plan began
	Short   string
	Since   string // its first day, when it is younger than the plan
	Parent  string // whose division or centre it is
	Members []string
	Open    bool       // of a group: there are members that are not listed
	Later   []Renaming // in the order of their days
}

// AgencyKind is what sort of body an agency is.
type AgencyKind string

// GroupOfAgencies is a name for many, such as "UBND cấp huyện": which of them owes what, staff choose.
const GroupOfAgencies AgencyKind = "group"

// The People's Committees of communes, and of districts before, which the catalogue does not list.
const (
	communeKind  AgencyKind = "commune"
	districtKind AgencyKind = "district"
)

// agencyKinds are those that the catalogue may use.
var agencyKinds = []AgencyKind{GroupOfAgencies, "department", "committee", "council", "union", "association", "press", "unit", "fund",
	"central", "school", "company", "party", "board"}

// Renaming is a name that an agency has from a day on.
type Renaming struct {
	From, Name, Short string
	Evidence          `yaml:",inline"`
}

// Succession is that what was due from one agency is due from another, from a day on.
type Succession struct {
	From, To string
	On       string // the first day
	Scope    string // which part, when the agency was split
	Evidence `yaml:",inline"`
}

// What stands for the communes, or the districts, among the members of a group.
const (
	allCommunes  = "communes"
	allDistricts = "districts"
)

// Agency finds an agency by its id.
func (c *Catalogue) Agency(id string) (a Agency, ok bool) {
	i := slices.IndexFunc(c.Agencies, func(a Agency) bool { return a.ID == id })
	if i < 0 {
		return Agency{}, false
	}
	return c.Agencies[i], true
}

// AgenciesOn lists the agencies that there are on a day: no groups, and none that others succeeded.
func (c *Catalogue) AgenciesOn(day string) []Agency {
	return slices.DeleteFunc(slices.Clone(c.Agencies), func(a Agency) bool {
		now, choice := c.Resolve(a.ID, day)
		return a.Since > day || choice || !slices.Equal(now, []string{a.ID})
	})
}

// IsCommune reports whether it is the People's Committee of a commune.
func (a Agency) IsCommune() bool { return a.Kind == communeKind }

// IsDistrict reports whether it is the People's Committee of a district, which there were until June 2025.
func (a Agency) IsDistrict() bool { return a.Kind == districtKind }

// NameOn gives the agency's name and short name on a day.
func (a Agency) NameOn(day string) (name, short string) {
	name, short = a.Name, a.Short
	for _, later := range a.Later {
		if later.From <= day {
			name, short = later.Name, later.Short
		}
	}
	return name, short
}

// Resolve tells from whom that is due on a day which the plan wants from an agency: the agency itself, or who succeeded
// it. With choice, staff choose among them, because it is a group or was split; of a group whose members are not known
// there are none to choose from.
func (c *Catalogue) Resolve(agency, day string) (successors []string, choice bool) {
	a, _ := c.Agency(agency)
	next := c.successors(agency, day)
	group := a.Kind == GroupOfAgencies
	switch {
	case len(next) == 0 && !group:
		return []string{agency}, false
	case len(next) == 0:
		next = a.Members
	}
	choice = group
	for _, id := range next {
		found, open := c.Resolve(id, day)
		choice = choice || open
		for _, id := range found {
			if !slices.Contains(successors, id) {
				successors = append(successors, id)
			}
		}
	}
	return successors, choice || len(successors) > 1
}

// successors lists who took an agency's place until a day, without who took theirs.
func (c *Catalogue) successors(agency, day string) []string {
	next := []string{}
	for _, s := range c.Successions {
		if s.From == agency && s.On <= day {
			next = append(next, s.To)
		}
	}
	return next
}

// endOfTime is a day after all others.
const endOfTime = "9999-12-31"

// addPlaces adds the People's Committees of the communes, and those of the districts, which the communes succeeded, and puts them
// where groups name them all.
func (c *Catalogue) addPlaces() error {
	var file placesFile
	if err := yaml.Unmarshal(placesYAML, &file); err != nil {
		return fmt.Errorf("reading places.yaml: %w", err)
	}
	members := map[string][]string{}
	for _, d := range file.Districts {
		if d.Province == "" {
			members[allDistricts] = append(members[allDistricts], districtPrefix+d.Code)
			c.addCommittee(districtPrefix+d.Code, d.Name, districtKind, "")
		}
	}
	for _, commune := range file.Communes {
		id, before := communePrefix+commune.Code, districtPrefix+commune.District
		members[allCommunes] = append(members[allCommunes], id)
		c.addCommittee(id, commune.Kind+" "+commune.Name, communeKind, communesSince)
		if slices.Contains(members[allDistricts], before) {
			c.Successions = append(c.Successions, Succession{From: before, To: id, On: communesSince, Evidence: Evidence{Certainty: Inferred}})
		}
	}
	for i, a := range c.Agencies {
		if len(a.Members) == 1 && members[a.Members[0]] != nil {
			c.Agencies[i].Members = members[a.Members[0]]
		}
	}
	return nil
}

func (c *Catalogue) addCommittee(id, place string, kind AgencyKind, since string) {
	c.Agencies = append(c.Agencies, Agency{ID: id, Kind: kind, Name: "UBND " + place, Short: "UBND " + place, Since: since})
}

// What begins the id of the People's Committee of a commune, and of a district.
const (
	communePrefix  = "xa-"
	districtPrefix = "huyen-"
)

// communesSince is the first day of the communes in places.yaml, on which there were no districts any more.
const communesSince = "2025-07-01"
