package form

import (
	"maps"
	"time"

	"khoinghiep/bot"
)

// Answers are what a person has answered, by field key, in the normal form that Field.Check gives. An optional field
// that was passed over has "". A Many holds its values joined by ",", a Files a JSON array of bot.File.
type Answers map[string]string

// with and without give changed copies, so that a Progress copied before a turn stays as it was.
func (a Answers) with(key, value string) Answers {
	changed := Answers{}
	maps.Copy(changed, a)
	changed[key] = value
	return changed
}

func (a Answers) without(key string) Answers {
	changed := maps.Clone(a)
	delete(changed, key)
	return changed
}

// Choice is one answer to choose: what is kept and what people read.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Guess bool   `json:"guess,omitempty"` // what Field.Find is not sure of: never taken without asking
}

// Note is an extra button of a field that explains something and asks again ("Bản đầy đủ").
type Note struct{ Label, Text string }

// Person is who is asked, and through what.
type Person struct {
	Name     string // display name; may be empty
	Can      bot.Abilities
	Official bool      // is "anh/chị" in forms of founders too
	Heard    int64     // when they wrote what was handled before, Unix milliseconds; 0: not known
	Now      time.Time // where they are: what days said for short count from
}

// Kind is how a field is answered. The constructors set it.
type Kind int

const (
	typed  Kind = iota // a line that Check accepts
	long               // a text that keeps its line breaks
	phone              // typed, or a shared contact
	one                // one of the choices
	many               // several of the choices, ticked
	yesNo              // one of two choices, in many words
	place              // searched by name, or one of a few fixed choices
	upload             // files
)

// What a YesNo keeps.
const (
	Yes = "yes"
	No  = "no"
)

// Field is one question of a form. Make it with a constructor, then set what differs.
type Field struct {
	Key     string // [a-z0-9_], at most 16 bytes; never changed once people have drafts
	Label   string // on the review card: "Họ và tên"
	Prompt  string // the question
	Example string // an answer that Check accepts
	Kind    Kind

	// Choices gives the choices, given the answers before this field. Values have at most 24 bytes.
	Choices func(Answers) []Choice
	// Find searches choices by what was typed: a lone one is taken unless it is a Guess, else all are asked back by
	// number; none is refused.
	Find func(text string) []Choice
	// Skip tells, from the answers before this field, that it is not asked.
	Skip func(Answers) bool
	// Check cleans an answer or says what is wrong, in words for the person (viet.Problem). It must accept what it
	// returned, unchanged: kept answers are checked again whenever a draft is read. It never returns "" without error.
	Check func(string) (string, error)
	// InFull gives what may be typed for short ("mai") in full, as Check takes it, given the time; any other text stays as it
	// is. What was said for short is read back. May be nil.
	InFull func(text string, now time.Time) string
	// Show gives how the kept value is read; nil: the choice's label, or the value itself.
	Show func(string) string
	// Detail gives more of the question, from all answers in the progress, also those under keys of no field. A field without
	// any is not asked. nil: the prompt says it all.
	Detail func(Answers) string
	// Suggest gives an answer offered as a button; one that Check refuses is not offered.
	Suggest func(Person) string

	Noun      string // what a Place is
	Optional  bool
	Uncounted bool   // not one of the steps and not on the review card (consent)
	Notes     []Note // at most 10
	Most      int    // most characters of a Text or LongText, most files of a Files
}
