// Package competition has the rules of competitions: what a definition says and whether it holds together, which entries a
// juror reads, and what scores come to. It does no I/O, and reckons in whole numbers and fractions.
package competition

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Definition is all that is set about one competition. It is kept as JSON.
type Definition struct {
	Host   string    `json:"-"` // who runs it: the id of an agency, which is kept beside the definition
	Name   string    `json:"name"`
	About  string    `json:"about,omitempty"`
	Level  string    `json:"level"` // one of Levels
	Opens  time.Time `json:"opens"`
	Closes time.Time `json:"closes"` // what comes at this moment is late

	Tracks    []string `json:"tracks"`
	Who       string   `json:"who"`                  // one of the values of Entrants
	TeamMost  int      `json:"team_most,omitempty"`  // people in a team, the captain among them
	FirmYears int      `json:"firm_years,omitempty"` // most years since a firm was founded; 0: any
	Places    []string `json:"places,omitempty"`     // codes of communes; none: from anywhere
	Students  bool     `json:"students,omitempty"`   // for pupils and students alone
	Cap       int      `json:"cap"`                  // entries a person

	Items  []Item     `json:"items"`
	Rounds []Round    `json:"rounds"`
	Vote   *time.Time `json:"vote,omitempty"` // when the public vote closes; nil: there is none
}

// Who may enter.
const (
	Anyone = "moi_nguoi" // alone or as a team
	Alone  = "ca_nhan"
	Teams  = "nhom"
)

// Round is one stage of the jury's work.
type Round struct {
	Name      string      `json:"name"`
	Keep      int         `json:"keep"`    // entries of each track that go on, or win
	Readers   int         `json:"readers"` // jurors for each entry, at least
	MeanLeast int         `json:"mean_least"`
	Blind     bool        `json:"blind,omitempty"` // jurors do not see who entered
	Due       string      `json:"due,omitempty"`   // day until which jurors should score, "2006-01-02"; "": none is set
	Criteria  []Criterion `json:"criteria"`
}

// Criterion is one thing that jurors score.
type Criterion struct {
	Name   string `json:"name"`
	Weight int    `json:"weight"` // percent; those of a round come to 100
	Most   int    `json:"most"`   // the best score
	Floor  bool   `json:"floor"`  // an entry with nothing here, in the mean of its readers, does not go on
}

// Decode reads a definition that was kept.
func Decode(kept string) (d Definition, err error) {
	if err := json.Unmarshal([]byte(kept), &d); err != nil {
		return d, fmt.Errorf("decode a competition: %w", err)
	}
	return d, nil
}

// Encode gives what Decode reads.
func (d Definition) Encode() (string, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("encode a competition: %w", err)
	}
	return string(text), nil
}

// Item finds an item of the dossier by its key.
func (d Definition) Item(key string) (Item, bool) {
	items := d.Dossier()
	i := slices.IndexFunc(items, func(item Item) bool { return item.Key == key })
	if i < 0 {
		return Item{}, false
	}
	return items[i], true
}

// Missing lists the items that a dossier with these answers still needs.
func (d Definition) Missing(answers map[string]string) []Item {
	return slices.DeleteFunc(d.Dossier(), func(item Item) bool { return item.Optional || answers[item.Key] != "" })
}

// In is the definition with its times as they are told in a zone.
func (d Definition) In(zone *time.Location) Definition {
	d.Opens, d.Closes = d.Opens.In(zone), d.Closes.In(zone)
	if d.Vote != nil {
		at := d.Vote.In(zone)
		d.Vote = &at
	}
	return d
}
