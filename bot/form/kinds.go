package form

import "khoinghiep/bot/viet"

// Text is one line of at most Most characters, 120 unless set.
func Text(key, label, prompt, example string) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Example: example, Kind: typed, Most: 120}
}

// LongText is a text that keeps its line breaks, of at most Most characters, 500 unless set.
func LongText(key, label, prompt, example string) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Example: example, Kind: long, Most: 500}
}

// Name is a person's name.
func Name(key, label, prompt string) Field {
	return checked(key, label, prompt, "Nguyễn Thị Đào", viet.Name, nil)
}

// Number is a whole number, not negative.
func Number(key, label, prompt, example string) Field {
	return checked(key, label, prompt, example, viet.Number, nil)
}

// Year is a calendar year.
func Year(key, label, prompt string) Field {
	return checked(key, label, prompt, "2026", viet.Year, nil)
}

// ComingDate keeps a day as "2006-01-02"; said for short ("28/11", "mai"), it is one from today on.
func ComingDate(key, label, prompt string) Field {
	f := checked(key, label, prompt, "05/03/2026", viet.Date, viet.ShowDate)
	f.InFull = viet.ComingDay
	return f
}

// PastDate is ComingDate for a day that has been; said for short, it is one up to today.
func PastDate(key, label, prompt string) Field {
	f := ComingDate(key, label, prompt)
	f.InFull = viet.PastDay
	return f
}

// Phone keeps a mobile number as E.164. Where the channel can, one press shares the person's own.
func Phone(key, label, prompt string) Field {
	f := checked(key, label, prompt, "0912 345 678", viet.Phone, viet.ShowPhone)
	f.Kind = phone
	return f
}

// Email is an e-mail address.
func Email(key, label, prompt string) Field {
	return checked(key, label, prompt, "dao@example.com", viet.Email, nil)
}

// Money keeps an amount as digits of whole đồng.
func Money(key, label, prompt string) Field {
	return checked(key, label, prompt, "500 triệu", viet.Money, viet.ShowMoney)
}

// TaxCode is the tax code of an enterprise or cooperative, given an example with a right check digit.
func TaxCode(key, label, prompt, example string) Field {
	return checked(key, label, prompt, example, viet.TaxCode, nil)
}

// Link is a web address.
func Link(key, label, prompt string) Field {
	return checked(key, label, prompt, "https://example.com", viet.Link, nil)
}

// One is one of the choices.
func One(key, label, prompt string, choices ...Choice) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Kind: one, Choices: always(choices)}
}

// Many is several of the choices, ticked and ended by "Xong". Its values contain no comma.
func Many(key, label, prompt string, choices ...Choice) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Kind: many, Choices: always(choices)}
}

// YesNo keeps Yes or No.
func YesNo(key, label, prompt string) Field {
	choices := []Choice{{Value: Yes, Label: "Có"}, {Value: No, Label: "Không"}}
	return Field{Key: key, Label: label, Prompt: prompt, Kind: yesNo, Choices: always(choices)}
}

// Place is found by its name, as other things with names are that have a Noun of their own; fixed choices ("Ngoài tỉnh", "Không chắc") stand beside what is found. Show gives the name
// of a kept value. Set Check when a kept value may cease to exist.
func Place(key, label, prompt, example string, find func(string) []Choice, show func(string) string, fixed ...Choice) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Example: example, Kind: place, Noun: "nơi", Find: find, Show: show, Choices: always(fixed)}
}

// Files collects files until "Xong", at most Most, 5 unless set.
func Files(key, label, prompt string) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Kind: upload, Most: 5}
}

func checked(key, label, prompt, example string, check func(string) (string, error), show func(string) string) Field {
	return Field{Key: key, Label: label, Prompt: prompt, Example: example, Kind: typed, Check: check, Show: show}
}

func always(choices []Choice) func(Answers) []Choice {
	return func(Answers) []Choice { return choices }
}
