// Package form asks the fields of a form one by one, checks each answer, and lets the person review and correct
// before sending. It is pure: what a person did comes in, messages go out, and where one filling stands is a Progress
// that the caller keeps between turns.
//
// A Progress is not an index: the next question is the first field that is neither answered nor skipped today. So
// fields may be added, removed, moved or given other conditions while a draft sleeps.
package form

import "khoinghiep/bot"

// Form is a list of questions.
type Form struct {
	Name   string // of its conversation: a button with the data Name+":" opens it again
	Title  string // "Đăng ký dự án"; typing it is how a person comes back to a draft
	Submit string // the button that sends it: "Gửi đăng ký"
	Fields []Field
	// Single asks one field alone, the one that Progress.Back names, whatever the others have. Its answer is submitted at
	// once, without a review; whoever leaves the question submits what was there before.
	Single bool
	// Officer calls whoever fills it in "anh/chị" in what the engine itself says.
	Officer bool
}

// Outcome says what a turn means to the caller.
type Outcome int

// The outcomes of a turn. The caller sends the messages of every turn, and besides:
const (
	Asking      Outcome = iota // keeps the progress
	Submitted                  // takes Form.Kept and tells the person; there is no message yet
	PutAside                   // keeps the progress for later; the message told how to come back
	Cancelled                  // deletes the progress; the message told so
	WantsPerson                // keeps the progress and brings a person in; there is no message yet
)

// Progress is where one filling stands. The zero value with a Draft is a new one.
type Progress struct {
	// Draft names this filling in the data of its buttons: unique among the person's drafts, at most 12 of [a-z0-9].
	Draft   string  `json:"draft,omitempty"`
	Answers Answers `json:"answers,omitempty"`
	// Unfinished has the ticks and files given before "Xong", by field key, in the form of an answer.
	Unfinished Answers `json:"unfinished,omitempty"`
	// Back is the key of the field that the person went back to; empty: the first one not answered.
	Back       string           `json:"back,omitempty"`
	Cancelling bool             `json:"cancelling,omitempty"` // asked whether to cancel
	Typed      map[string]Typed `json:"typed,omitempty"`      // by field key, on channels that keep no order
	Attempt    Attempt          `json:"attempt,omitzero"`
}

// Attempt is what has happened on the present question; it is forgotten when another one is asked.
type Attempt struct {
	Key   string   `json:"key,omitempty"`   // the question this is about
	Fails int      `json:"fails,omitempty"` // wrong answers in a row
	Page  int      `json:"page,omitempty"`  // of the choices, from 0
	Found []Choice `json:"found,omitempty"` // places to choose from
	Group string   `json:"group,omitempty"` // the album that has had its reply
	Full  bool     `json:"full,omitempty"`  // told that this album does not fit
	Meant string   `json:"meant,omitempty"` // what the last wrong answer probably meant, see viet.Slip
	Typed string   `json:"typed,omitempty"` // "Huy", which cancels but may be the person's name
}

// Show gives the message for where the person is now: a question, the review, or whether to cancel.
func (f *Form) Show(p *Progress, who Person) []bot.Outgoing {
	return []bot.Outgoing{f.turn(p, who).show("")}
}

// Answer takes in what the person did, changes p accordingly and gives the replies. Maps and slices of p are replaced,
// never changed in place.
func (f *Form) Answer(p *Progress, in bot.Incoming, who Person) (Outcome, []bot.Outgoing) {
	t := f.turn(p, who)
	t.in = in
	return t.answer()
}

// Kept gives the answers of the fields that are asked today; those of removed or skipped fields are left out.
func (f *Form) Kept(p Progress) Answers {
	kept, _ := f.lines(p, nil)
	return kept
}
