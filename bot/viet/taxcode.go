package viet

import (
	"regexp"
	"strings"
)

var (
	taxMarks      = strings.NewReplacer(" ", "", ".", "", "-", "", "–", "")
	taxDigits     = regexp.MustCompile(`^(\d{10})(\d{3})?$`)
	personNumbers = regexp.MustCompile(`^\d{12}$`)
)

// TaxCode checks the tax code (mã số thuế) of an enterprise or a cooperative: ten digits, the last of which is a check
// digit, or with a branch's three digits, kept as "0123456789-001". The twelve digits of a personal number are refused:
// it is never asked, and must not be kept.
func TaxCode(s string) (string, error) {
	typed := taxMarks.Replace(Clean(s))
	if personNumbers.MatchString(typed) {
		return "", Problem("Dãy 12 chữ số là số định danh cá nhân, mình không hỏi và không lưu. Bạn gõ mã số thuế 10 chữ số của doanh nghiệp hoặc hợp tác xã, ví dụ: 0100109106.")
	}
	parts := taxDigits.FindStringSubmatch(typed)
	if parts == nil {
		return "", Problem("Mã số thuế có 10 chữ số, chi nhánh thêm gạch nối và 3 chữ số. Bạn gõ lại giúp, ví dụ: 0100109106 hoặc 0100109106-001.")
	}
	code, branch := parts[1], parts[2]
	if !taxChecks(code) {
		return "", Problem("Mã số thuế này có chữ số chưa đúng. Bạn so lại với giấy đăng ký giúp, ví dụ: 0100109106.")
	}
	if branch != "" {
		return code + "-" + branch, nil
	}
	return code, nil
}

// taxChecks tells whether the last of ten digits is 10 less the weighted sum of the others modulo 11. A sum of 0 would
// need a check digit of two digits, so no code has it.
func taxChecks(code string) bool {
	weights := [...]int{31, 29, 23, 19, 17, 13, 7, 5, 3}
	sum := 0
	for i, weight := range weights {
		sum += weight * int(code[i]-'0')
	}
	return sum%11 != 0 && int(code[9]-'0') == 10-sum%11
}
