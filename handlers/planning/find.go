package planning

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// mostFound is how many agencies are shown to choose from.
const mostFound = 8

// findByName finds the agencies of a day by their name, see handlers.Meant, and the People's Committees of communes by any name that people
// use of the commune.
func (o Office) findByName(ctx context.Context, tx *storage.Tx, text, day string) ([]storage.Agency, error) {
	kept, err := storage.Agencies(ctx, tx)
	if err != nil || text == "" {
		return nil, err
	}
	found := []storage.Agency{}
	add := func(a storage.Agency) {
		if !slices.ContainsFunc(found, func(other storage.Agency) bool { return other.ID == a.ID }) {
			found = append(found, a)
		}
	}
	for _, a := range handlers.Meant(o.agenciesOn(kept, day), text) {
		add(a)
	}
	for _, match := range o.Places.Search(text) {
		if match.Guess && len(found) > 0 {
			continue
		}
		name := "UBND " + match.Place.String()
		if a := (storage.Agency{ID: "xa-" + match.Place.Code, Name: name, Short: name}); o.isAgencyOn(a.ID, day) {
			add(a)
		}
	}
	return found[:min(len(found), mostFound)], nil
}

// agenciesOn lists the agencies that there are on a day, on any day for "": of those in the database, and of those of the plan that
// nobody needed so far, under their latest names.
func (o Office) agenciesOn(kept []storage.Agency, day string) []storage.Agency {
	list := slices.Clone(kept)
	for _, a := range o.Plan.Agencies {
		missing := !slices.ContainsFunc(kept, func(other storage.Agency) bool { return other.ID == a.ID })
		if missing && a.Kind != plan.GroupOfAgencies {
			name, short := a.NameOn("9999-12-31")
			list = append(list, storage.Agency{ID: a.ID, Name: name, Short: short, Parent: a.Parent})
		}
	}
	return slices.DeleteFunc(list, func(a storage.Agency) bool { return !o.isAgencyOn(a.ID, day) })
}

// isAgencyOn reports whether there is an agency on a day, and no other in its place; "" is any day. Those that staff added are always
// there.
func (o Office) isAgencyOn(id, day string) bool {
	a, _ := o.Plan.Agency(id)
	then, _ := o.Plan.Resolve(id, day)
	young := a.IsCommune() && a.Since > day // others may be older than their part in the plan
	return day == "" || !young && slices.Equal(then, []string{id})
}

// named finds the one of the agencies that a text names. The error is for people.
func named(list []storage.Agency, text string) (storage.Agency, error) {
	switch found := handlers.Meant(list, text); len(found) {
	case 0:
		return storage.Agency{}, viet.Problem(fmt.Sprintf("Không thấy đơn vị “%s”. Bạn gõ tên đầy đủ, ví dụ: Sở Công Thương, UBND xã Ba Vinh.", text))
	case 1:
		return found[0], nil
	default:
		some := strings.Join(names(found[:min(len(found), mostFound)]), "; ")
		return storage.Agency{}, viet.Problem(fmt.Sprintf("“%s” có thể là: %s. Bạn gõ rõ một tên.", text, some))
	}
}

// namedAll finds the agencies that a text names, with ";" between them, each once.
func namedAll(list []storage.Agency, text string) (found []storage.Agency, err error) {
	for part := range strings.SplitSeq(text, ";") {
		if part = viet.Clean(part); part == "" {
			continue
		}
		a, err := named(list, part)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(found, a) {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil, viet.Problem("Bạn gõ tên ít nhất một đơn vị.")
	}
	return found, nil
}

// namedOne finds the one agency that a text names.
func namedOne(list []storage.Agency, text string) ([]storage.Agency, error) {
	a, err := named(list, text)
	return []storage.Agency{a}, err
}

// anyDay is for agencies of the past as well, see agenciesOn.
func anyDay(*handlers.Turn) string { return "" }

// nameThem has the answer of a form name the agencies that were meant as they are called, or asks again.
func (o Office) nameThem(f *form.Form, onDay func(t *handlers.Turn) string, read func(list []storage.Agency, text string) ([]storage.Agency, error)) func(ctx context.Context, t *handlers.Turn, before form.Answers) error {
	return func(ctx context.Context, t *handlers.Turn, before form.Answers) error {
		filled := *t.Session.Form
		if filled.Answers[agencyKey] == before[agencyKey] {
			return nil
		}
		kept, err := t.Store.Agencies(ctx)
		if err != nil {
			return err
		}
		t.Unsay()
		found, problem := read(o.agenciesOn(kept, onDay(t)), filled.Answers[agencyKey])
		if problem != nil {
			filled.Answers = before
			t.AskAgain(f, filled, agencyKey, t.Address(problem.Error()))
			return nil
		}
		filled.Answers = maps.Clone(filled.Answers)
		filled.Answers[agencyKey] = strings.Join(names(found), "; ")
		t.Session.Form = &filled
		t.Say(f.Show(t.Session.Form, t.Who())...)
		return nil
	}
}

func names(list []storage.Agency) []string {
	names := []string{}
	for _, a := range list {
		names = append(names, a.Name)
	}
	return names
}
