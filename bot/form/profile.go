package form

import "khoinghiep/bot"

// FromProfile is what a person's profile answers to the question being asked, as if typed. ok is false where it has no such
// answer: only a phone number, and a name where the form would suggest the person's own, are taken.
func (f *Form) FromProfile(p *Progress, who Person, told bot.Profile) (answer string, ok bool) {
	t := f.turn(p, who)
	switch {
	case t.p.Cancelling || t.reviewing():
	case t.line().Kind == phone:
		answer = told.Phone
	case t.line().Suggest != nil:
		answer = t.line().suggestion(Person{Name: told.Name, Can: who.Can})
	}
	return answer, answer != ""
}
