package export

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"khoinghiep/bot/viet"
)

// longestSheetName is in UTF-16 units, as Excel counts.
const longestSheetName = 31

var forbiddenInSheetName = strings.NewReplacer(":", " ", `\`, " ", "/", " ", "?", " ", "*", " ", "[", " ", "]", " ", "'", " ")

// sheetNames gives each sheet a name that spreadsheets accept and no other sheet has; they do not tell capitals apart.
func sheetNames(sheets []Sheet) []string {
	names, taken := []string{}, map[string]bool{}
	for i, s := range sheets {
		name := cutTo(viet.Clean(forbiddenInSheetName.Replace(s.Name)), longestSheetName)
		if name == "" || taken[strings.ToLower(name)] {
			suffix := fmt.Sprintf(" (%d)", i+1)
			name = viet.Clean(cutTo(name, longestSheetName-len(suffix)) + suffix)
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// cutTo keeps as many characters as have at most so many UTF-16 units.
func cutTo(text string, units int) string {
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return strings.TrimSpace(text[:i])
		}
	}
	return text
}
