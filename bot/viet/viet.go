// Package viet understands what Vietnamese people type: names, phone numbers, dates, money, tax codes and places, with
// or without accents, in any Unicode form.
//
// A check (Name, Phone, Date, …) takes an answer and gives it back in the one form that is kept, or a Problem. What a
// check gives back, it accepts and gives back unchanged. The Show functions turn the kept form into what people read;
// a string that is not in the kept form they give back as it is. The package does no I/O.
package viet

// Problem is what is wrong with an answer, as one friendly Vietnamese text for the person who gave it: what is the
// matter, and an example of a good answer. It is the only kind of error that the checks return, alone or in a Slip.
type Problem string

func (p Problem) Error() string { return string(p) }

// Slip is a Problem with the answer that was probably meant, in the form that is kept.
type Slip struct {
	Problem Problem
	Meant   string
}

func (s Slip) Error() string { return s.Problem.Error() }

// Unwrap gives the Problem.
func (s Slip) Unwrap() error { return s.Problem }
