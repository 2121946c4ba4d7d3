package form

import (
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot/viet"
)

// compact is viet.Fold without spaces: "/quaylai" and "Quay lại" are the same word.
func compact(text string) string {
	return strings.ReplaceAll(viet.Fold(text), " ", "")
}

// pick finds the choice that was typed: as named does, or by the only label that begins so.
func pick(choices []Choice, text string) (int, bool) {
	if i, ok := named(choices, text); ok {
		return i, true
	}
	word := viet.Fold(text)
	return only(choices, func(label string) bool { return word != "" && strings.HasPrefix(viet.Fold(label), word) })
}

// named finds the choice whose label was typed, with its accents, or by number, or without accents when only one is so.
func named(choices []Choice, text string) (int, bool) {
	exact := viet.Clean(strings.TrimPrefix(strings.TrimPrefix(text, on), off)) // a channel may send a label back with its tick
	if i, ok := only(choices, func(label string) bool { return strings.EqualFold(viet.Clean(label), exact) }); ok {
		return i, true
	}
	word := viet.Fold(text)
	if i, ok := number(choices, word); ok {
		return i, true
	}
	return only(choices, func(label string) bool { return word != "" && viet.Fold(label) == word })
}

// number reads a folded text as the number of a choice: "3", "số 3", or a numbered label typed back, "3 ba vinh".
func number(choices []Choice, word string) (int, bool) {
	first, label, _ := strings.Cut(word, " ")
	if slices.Contains([]string{"so", "dong", "muc", "cau", "sua", "chon"}, first) {
		return number(choices, label)
	}
	n, err := strconv.Atoi(first)
	if err != nil || n < 1 || n > len(choices) {
		return 0, false
	}
	return n - 1, label == "" || label == viet.Fold(choices[n-1].Label)
}

// only finds the one choice whose label matches; none when several do.
func only(choices []Choice, match func(label string) bool) (int, bool) {
	matches := func(c Choice) bool { return match(c.Label) }
	i := slices.IndexFunc(choices, matches)
	if i < 0 || slices.ContainsFunc(choices[i+1:], matches) {
		return 0, false
	}
	return i, true
}
