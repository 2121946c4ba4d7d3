package viet

import (
	"fmt"
	"regexp"
	"strings"
)

const phoneExample = "ví dụ: 0912 345 678"

var (
	phoneMarks  = strings.NewReplacer(" ", "", ".", "", "-", "", "(", "", ")", "", "/", "", ",", "")
	phonePrefix = regexp.MustCompile(`^(?:0|(?:\+|00)?840?)([1-9]\d*)$`) // of many ways to begin: 0, 84, +84, 0084, +84 (0)
	mobile      = regexp.MustCompile(`^(3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$`)
	oldMobile   = regexp.MustCompile(`^1\d{9}$`)
	e164Form    = regexp.MustCompile(`^\+84(\d{2})(\d{3})(\d{4})$`)
)

// newPrefixes are the mobile prefixes of 2018 that took the place of those with eleven digits, all without the leading
// 0 (Quyết định 798/QĐ-BTTTT năm 2018).
var newPrefixes = map[string]string{
	"120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
	"123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
	"162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
	"186": "56", "188": "58", "199": "59",
}

// Phone checks a Vietnamese mobile number, however its digits are grouped, and gives it in the form E.164
// ("+84912345678"). For a number with eleven digits, which stopped working in 2018, the error is a Slip with the new one.
func Phone(s string) (e164 string, err error) {
	typed := phoneMarks.Replace(Clean(s))
	parts := phonePrefix.FindStringSubmatch(typed)
	if parts == nil {
		return "", Problem("Đây chưa phải số di động Việt Nam. Bạn gõ đủ 10 chữ số, bắt đầu bằng 0, " + phoneExample + ".")
	}
	national := parts[1]
	switch {
	case mobile.MatchString(national):
		return "+84" + national, nil
	case oldMobile.MatchString(national):
		return "", renumbered(national)
	case strings.HasPrefix(national, "2"):
		return "", Problem("Số này là máy bàn. Bạn cho xin số di động, " + phoneExample + ".")
	case len(national) != 9:
		return "", Problem(fmt.Sprintf("Số di động có 10 chữ số, bạn gõ %d. Bạn xem lại giúp, %s.", len(national)+1, phoneExample))
	}
	return "", Problem("Việt Nam không có đầu số di động 0" + national[:2] + ". Bạn xem lại giúp, " + phoneExample + ".")
}

// renumbered is what is wrong with an old number, given without its leading 0.
func renumbered(old string) error {
	prefix, ok := newPrefixes[old[:3]]
	if !ok {
		return Problem("Việt Nam không có đầu số 0" + old[:3] + ". Bạn gõ số di động 10 chữ số, " + phoneExample + ".")
	}
	now := "+84" + prefix + old[3:]
	return Slip{Problem("Số 11 chữ số đã đổi đầu số từ năm 2018. Số mới của bạn là " + ShowPhone(now) + ". Nếu đúng, bạn chọn hoặc gõ số này."), now}
}

// ShowPhone gives a number as people write it: "0912 345 678".
func ShowPhone(e164 string) string {
	parts := e164Form.FindStringSubmatch(e164)
	if parts == nil {
		return e164
	}
	digits := "0" + parts[1] + parts[2] + parts[3]
	return digits[:4] + " " + digits[4:7] + " " + digits[7:]
}
