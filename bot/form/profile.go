package form

import (
	"strings"

	"khoinghiep/bot"
)

// FromProfile is what a person's profile answers to the question being asked, as if typed. ok is false where it has no such
// answer: only a phone number, a name where the form would suggest the person's own, and a place that is found without
// doubt are taken.
func (f *Form) FromProfile(p *Progress, who Person, told bot.Profile) (answer string, ok bool) {
	t := f.turn(p, who)
	switch {
	case t.p.Cancelling || t.reviewing():
	case t.line().Kind == phone:
		answer = told.Phone
	case t.line().Kind == place:
		answer = t.line().placeIn(told.Place)
	case t.line().Suggest != nil:
		answer = t.line().suggestion(Person{Name: told.Name, Can: who.Can})
	}
	return answer, answer != ""
}

// placeIn is the longest end of an address that names one place: what comes before it is a house, a street or a village.
func (l line) placeIn(address string) string {
	for address != "" {
		if found := l.Find(address); len(found) == 1 && !found[0].Guess {
			return address
		}
		_, address, _ = strings.Cut(address, ", ")
	}
	return ""
}
