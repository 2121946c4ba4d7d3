package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// departmentName is what people call Sở KH&CN.
const departmentName = "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi"

// HostName is who holds an event or a competition, as people read it: of what is kept as its host.
func HostName(host string) string {
	if host == storage.Department {
		return departmentName
	}
	return host
}

// Hosts are the agencies in whose name somebody may hold events and competitions.
type Hosts struct {
	Agencies []storage.Agency
	Default  string // the id of the one that is meant where none is named; "": one has to be named
}

// PlannedHosts are all agencies of the plan that there are, under their latest names.
func PlannedHosts(catalogue *plan.Catalogue) Hosts {
	h := Hosts{Default: storage.Department}
	for _, a := range catalogue.AgenciesOn(endOfTime) {
		name, short := a.NameOn(endOfTime)
		h.Agencies = append(h.Agencies, storage.Agency{ID: a.ID, Name: name, Short: short, Parent: a.Parent})
	}
	return h
}

// endOfTime is a day after all others.
const endOfTime = "9999-12-31"

// HostsOf tells it of who writes, inside tx. Staff mean the department where they name nobody, an officer their only agency.
func HostsOf(ctx context.Context, tx *storage.Tx, t *Turn) (h Hosts, err error) {
	o, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	switch {
	case err != nil:
		return h, err
	case o.All:
		h.Default = storage.Department
		h.Agencies, err = storage.Agencies(ctx, tx)
		if !slices.ContainsFunc(h.Agencies, func(a storage.Agency) bool { return a.ID == storage.Department }) {
			h.Agencies = append(h.Agencies, storage.Agency{ID: storage.Department, Name: departmentName}) // before the plan is read
		}
		return h, err
	case len(o.Mine) == 1:
		h.Default = o.Mine[0].ID
	}
	h.Agencies = o.Mine
	return h, nil
}

// mostHosts is how many agencies a sentence names.
const mostHosts = 6

// Find gives the id of the agency that a name means, see Meant; "" means the one that goes without saying. Otherwise it fails with
// a viet.Problem.
func (h Hosts) Find(name string) (id string, err error) {
	if _, ok := h.Agency(storage.Department); ok && strings.EqualFold(name, departmentName) {
		return storage.Department, nil
	}
	found := Meant(h.Agencies, name)
	switch {
	case name == "" && h.Default != "":
		return h.Default, nil
	case len(found) == 1:
		return found[0].ID, nil
	case len(found) == 0 && len(h.Agencies) <= mostHosts:
		found = h.Agencies
	case len(found) == 0 || len(found) > mostHosts:
		return "", viet.Problem("Mình không thấy đơn vị này. Anh/chị ghi đúng tên đơn vị, ví dụ: Sở Công Thương.")
	}
	names := []string{}
	for _, a := range found {
		names = append(names, a.Name)
	}
	return "", viet.Problem("Anh/chị ghi đúng tên đơn vị: " + strings.Join(names, "; ") + ".")
}

// Search lists the agencies that a name may mean, as a form offers them.
func (h Hosts) Search(name string) []form.Choice {
	choices := []form.Choice{}
	for _, a := range Meant(h.Agencies, name) {
		if len(choices) < mostHosts {
			choices = append(choices, form.Choice{Value: a.ID, Label: a.Name})
		}
	}
	return choices
}

// Meant lists those of the agencies that a text may mean: by a whole name, short name or id, else by one without accents, else by a
// part of a name, else by words of it.
func Meant(list []storage.Agency, text string) []storage.Agency {
	sought := viet.Fold(text)
	for _, fits := range []func(a storage.Agency) bool{
		func(a storage.Agency) bool {
			return strings.EqualFold(text, a.Name) || strings.EqualFold(text, a.Short) || strings.EqualFold(text, a.ID)
		},
		func(a storage.Agency) bool { return viet.Fold(a.Name) == sought || viet.Fold(a.Short) == sought },
		func(a storage.Agency) bool {
			return strings.Contains(viet.Fold(a.Name), sought) || strings.Contains(viet.Fold(a.Short), sought)
		},
		func(a storage.Agency) bool { return hasWords(viet.Fold(a.Name), sought) },
	} {
		found := slices.DeleteFunc(slices.Clone(list), func(a storage.Agency) bool { return !fits(a) })
		if len(found) > 0 && sought != "" {
			return found
		}
	}
	return nil
}

// hasWords reports whether a name has every word of what is sought: "Hội Liên hiệp Phụ nữ" is "hội phụ nữ" to most.
func hasWords(name, sought string) bool {
	words := strings.Fields(name)
	return !slices.ContainsFunc(strings.Fields(sought), func(word string) bool { return !slices.Contains(words, word) })
}

// Agency finds one of them by its id.
func (h Hosts) Agency(id string) (a storage.Agency, ok bool) {
	for _, a := range h.Agencies {
		if a.ID == id {
			return a, true
		}
	}
	return a, false
}

// Save keeps one of them that the database does not know yet, so that it has a name.
func (h Hosts) Save(ctx context.Context, tx *storage.Tx, id string, now time.Time) error {
	_, known, err := storage.FindAgency(ctx, tx, id)
	a, ok := h.Agency(id)
	if known || err != nil || !ok || id == storage.Department { // which has a name here
		return err
	}
	return storage.SaveAgencies(ctx, tx, []storage.Agency{a}, now)
}

// Name is what people call an agency with an id.
func (h Hosts) Name(id string) string {
	if a, ok := h.Agency(id); ok {
		return a.Name
	}
	return HostName(id)
}
