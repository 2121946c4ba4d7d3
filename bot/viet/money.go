package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The amounts that Money accepts besides 0, in đồng. Below the least, a unit ("triệu") was surely forgotten.
const (
	moneyLeast = 1_000
	moneyMost  = 999_999_999_999_999
)

const (
	moneyUnclear = Problem("Chưa đọc được số tiền này. Bạn gõ số kèm đơn vị, ví dụ: 500 triệu hoặc 1,5 tỷ.")
	moneyTooMuch = Problem("Số tiền này lớn quá. Bạn xem lại giúp, ví dụ: 500 triệu hoặc 1,5 tỷ.")
)

var (
	spaced   = regexp.MustCompile(`^\d{1,3}(?: \d{3})+\b`) // 500 000 000
	currency = regexp.MustCompile(`[ ]?(?:dong|vnd|d|₫)$`)
)

// Money checks an amount and gives it as digits of whole đồng: "1,5 tỷ" is "1500000000", "2 tỷ 300 triệu" and "2 tỷ 3"
// are "2300000000". What may be read in two ways ("1,500 tỷ", "2 tỷ 50") is refused with the question.
func Money(s string) (vnd string, err error) {
	text := strings.TrimRight(unaccented(Clean(s)), " .,")
	text = spaced.ReplaceAllStringFunc(text, func(groups string) string { return strings.ReplaceAll(groups, " ", "") })
	bare := currency.ReplaceAllString(text, "")
	total, err := sum(moneyTerms(bare), bare != text)
	switch {
	case err != nil:
		return "", err
	case total != 0 && total < moneyLeast:
		return "", Problem(fmt.Sprintf("Bạn ghi thêm đơn vị giúp, ví dụ: %d triệu hoặc %d nghìn.", total, total))
	case total > moneyMost:
		return "", moneyTooMuch
	}
	return strconv.FormatInt(total, 10), nil
}
