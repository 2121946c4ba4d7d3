package plan

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// Catalogue is one version of the plan. Days are "2006-01-02" throughout.
type Catalogue struct {
	Version     string // "827-2022"
	Name        string
	Document    string // "QĐ 827", which clauses are of
	Citation    string // the document as letters name it
	From        string // first day in force; it ends with the first day of the next version
	Agencies    []Agency
	Successions []Succession
	Groups      []Group
	Tasks       []Task // in the document's order
	Deadlines   []Deadline
	Quotas      []Quota
	Targets     Targets   `yaml:"periods"`
	DaysOff     []DaysOff `yaml:"days_off"` // of years for which LoadCalendar is to know others than calendar.yaml has
}

// Certainty tells how well a fact is known that is not in the decision itself.
type Certainty string

// The degrees of certainty.
const (
	Confirmed  Certainty = "confirmed"
	Secondary  Certainty = "secondary"
	FromMemory Certainty = "memory"
	Inferred   Certainty = "inferred"
)

// Evidence is how well a fact is known, and by what.
type Evidence struct {
	Certainty    Certainty
	DayCertainty Certainty `yaml:"day_certainty"` // of its day, where that differs
	Source       string
}

// Group is one of the parts into which the document puts its tasks: of "1", those whose ids begin with "1.".
type Group struct {
	ID, Title string
}

// Task is something that the plan wants done.
type Task struct {
	ID     string // "1.3", as the document numbers it
	Title  string // short, in our words
	Clause string // "III.1.3"
	Leads  []string
	With   []string // agencies that help
	Open   bool     // others concerned help too
	Time   TimeKind
	Since  int    // first year; 0: from the beginning
	Until  int    // last year; 0: none
	By     string // by whose plan, with External
}

// TimeKind is when a task is to be done.
type TimeKind string

// The kinds of times.
const (
	Yearly   TimeKind = "yearly"
	Years    TimeKind = "years"    // within the years Since to Until, and done then
	Local    TimeKind = "local"    // as it suits the locality
	External TimeKind = "external" // as another agency plans it
)

// In reports whether there is something to plan and report of the task in a year.
func (t Task) In(year int) bool {
	return (t.Since == 0 || t.Since <= year) && (t.Until == 0 || year <= t.Until)
}

// Quota is how many of something a task wants.
type Quota struct {
	ID, Task, Title string
	Least, Most     int    // Most is 0 when there is no limit
	Every           Every  // EveryYear or Once
	By              Holder // who owes them
	Warn            string // the day of the year, "30/09", on which staff hear of what is missing; "": none
}

// Every is how often a quota is owed.
type Every string

// The rhythms of quotas.
const (
	EveryYear Every = "year"
	Once      Every = "once"
)

// Holder is who owes a quota.
type Holder string

// Who may owe quotas.
const (
	ByProvince Holder = "province" // all together
	ByLead     Holder = "lead"     // each agency that leads the task
	ByLocality Holder = "locality" // each commune, before July 2025 each district
)

// LoadCatalogue gives the plan that ships with the program, the same to all: nobody may change it. An error means that the
// embedded data is broken.
func LoadCatalogue() (*Catalogue, error) { return catalogueOnce() }

var catalogueOnce = sync.OnceValues(readCatalogue)

func readCatalogue() (*Catalogue, error) {
	c, err := ParseCatalogue(catalogueYAML)
	if err != nil {
		return nil, fmt.Errorf("reading catalogue.yaml: %w", err)
	}
	return c, nil
}

// Task finds a task by its id.
func (c *Catalogue) Task(id string) (t Task, ok bool) {
	i := slices.IndexFunc(c.Tasks, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return Task{}, false
	}
	return c.Tasks[i], true
}
