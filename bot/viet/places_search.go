package viet

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Search finds what a typed place may be: none when it is unknown, one when it is certain, several to ask back, the
// present name first. It understands missing accents and spaces, old names, abbreviations ("x.", "tp"), and addresses
// ("Ba Vinh, huyện Ba Tơ"), if need be without commas. Only when no name fits does it look for unfinished names and slips of the fingers:
// those are guesses, even a lone one.
func (p *Places) Search(text string) []Match {
	parts := address(text)
	if found := narrow(parts, p.called); len(found) > 0 {
		return found
	}
	if finer := address(punctuated(text)); len(finer) > len(parts) {
		if found := narrow(finer, p.called); len(found) > 0 {
			return found
		}
	}
	return narrow(parts, p.resembling)
}

// narrow keeps the places that all understood parts have in common. A part that nothing fits, or that contradicts those
// before it, is passed over.
func narrow(parts []part, names func(part) []name) []Match {
	var found []Match
	for _, part := range parts {
		next := matches(part.choose(names(part)))
		both := slices.DeleteFunc(slices.Clone(found), func(m Match) bool { return !has(next, m.Place) })
		if len(found) == 0 {
			found = next
		} else if len(both) > 0 {
			found = both
		}
	}
	return found
}

// called are the names with the same letters, whatever their accents.
func (p *Places) called(part part) []name {
	var names []name
	for _, n := range p.names {
		if n.letters == part.letters {
			names = append(names, n)
		}
	}
	return names
}

// resembling are the names that begin with what was typed or, when none does, those with the fewest wrong letters, if
// these are few enough. Other provinces are no slips: "Bình Định" is not "Bình Minh".
func (p *Places) resembling(part part) []name {
	most := slips(part.letters)
	if most == 0 || elsewhere[part.letters] {
		return nil
	}
	nearest := make([][]name, most+1) // by wrong letters; 0 are the unfinished names
	for _, n := range p.names {
		wrong := edits(part.letters, n.letters)
		if strings.HasPrefix(n.letters, part.letters) {
			wrong = 0
		}
		if wrong <= most {
			n.why, n.guess = cmp.Or(n.why, "tên gần giống"), true
			nearest[wrong] = append(nearest[wrong], n)
		}
	}
	for _, names := range nearest {
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// slips is how many wrong letters a name may have. Very short ones have too many neighbours.
func slips(letters string) int {
	switch n := utf8.RuneCountInString(letters); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// choose narrows names by what was typed beyond letters, each time only if some name agrees.
func (p part) choose(names []name) []name {
	if p.level != anyLevel {
		names = prefer(names, func(n name) bool { return n.level == p.level })
	}
	if p.kind != "" {
		names = prefer(names, func(n name) bool { return n.kind == "" || n.kind == p.kind })
	}
	if p.old {
		names = prefer(names, func(n name) bool { return n.old })
	}
	if p.accented {
		names = prefer(names, func(n name) bool { return n.accents == p.accents })
	}
	return names
}

func prefer(names []name, fits func(name) bool) []name {
	if fitting := slices.DeleteFunc(slices.Clone(names), func(n name) bool { return !fits(n) }); len(fitting) > 0 {
		return fitting
	}
	return names
}

// matches are the places of names, each once, with the first reason for it.
func matches(names []name) []Match {
	var found []Match
	for _, n := range names {
		for _, place := range n.places {
			if !has(found, place) {
				found = append(found, Match{Place: place, Guess: n.guess, Why: n.why})
			}
		}
	}
	return found
}

func has(found []Match, place Place) bool {
	return slices.ContainsFunc(found, func(m Match) bool { return m.Place.Code == place.Code })
}
