package main

import (
	"slices"
	"testing"

	"khoinghiep/bot/viet"
)

// TestNoWordMeansTwoThings fails when two conversations are called by the same words: the later one would take them from the
// other, also from people who do not have the later one.
func TestNoWordMeansTwoThings(t *testing.T) {
	t.Parallel()
	owners := map[string]string{}
	for _, c := range allConversations(t) {
		for _, phrase := range slices.Concat([]string{c.Label}, c.Words, c.Always) {
			word := viet.Fold(phrase)
			if owner, taken := owners[word]; taken && owner != c.Name && word != "" {
				t.Errorf("%q means %s and %s", phrase, owner, c.Name)
			}
			owners[word] = c.Name
		}
	}
}
