package main

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestSettingsAreDocumented holds .env.example and the table in README.md to the settings the program reads: the same
// names, in the same order, with the same defaults.
func TestSettingsAreDocumented(t *testing.T) {
	want := [][2]string{}
	for _, s := range settings() {
		want = append(want, [2]string{s.name, s.fallback})
	}
	for file, line := range map[string]*regexp.Regexp{
		"../../.env.example": regexp.MustCompile(`(?m)^#([A-Z_]+)="?([^"\n]*)"?$`),
		"../../README.md":    regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| (?:`([^`]*)`)? *\\|"),
	} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := [][2]string{}
			for _, m := range line.FindAllStringSubmatch(string(text), -1) {
				got = append(got, [2]string{m[1], m[2]})
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s documents\n%q\nthe program reads\n%q", file, got, want)
			}
		})
	}
}
