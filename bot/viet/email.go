package viet

import (
	"regexp"
	"strings"
)

// emailLongest is the most characters an address may have (RFC 5321, path without its brackets).
const emailLongest = 254

// emailForm is the everyday part of RFC 5322: no quoted names, no comments, no accents.
var emailForm = regexp.MustCompile(`^[a-z0-9_+\-]+(\.[a-z0-9_+\-]+)*@([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,}$`)

// Email checks an e-mail address and gives it in lower case. It does not prove that the address exists.
func Email(s string) (string, error) {
	address := strings.ToLower(Clean(s))
	switch {
	case !strings.Contains(address, "@"):
		return "", Problem("Địa chỉ thư điện tử có dấu @. Bạn gõ lại giúp, ví dụ: dao.nguyen@gmail.com.")
	case len(address) > emailLongest || !emailForm.MatchString(address):
		return "", Problem("Địa chỉ thư điện tử này chưa đúng. Bạn gõ liền, không dấu, ví dụ: dao.nguyen@gmail.com.")
	}
	return address, nil
}
