package viet

import "strings"

// ToOfficer is what is said to a founder, who is "bạn", as it is said to an officer, who is "anh/chị".
func ToOfficer(words string) string {
	return strings.NewReplacer("Bạn", "Anh/chị", "bạn", "anh/chị").Replace(words)
}
