package viet

import (
	"strconv"
	"strings"
)

// ShowMoney gives an amount of whole đồng exactly, with the largest unit that needs at most two decimals: "1,5 tỷ đồng",
// "500 triệu đồng", "1.234.567 đồng".
func ShowMoney(vnd string) string {
	n, err := strconv.ParseInt(vnd, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != vnd {
		return vnd
	}
	for _, unit := range []struct {
		name string
		vnd  int64
	}{{"tỷ", 1_000_000_000}, {"triệu", 1_000_000}} {
		if n >= unit.vnd && n%(unit.vnd/100) == 0 {
			return inUnit(n, unit.vnd) + " " + unit.name + " đồng"
		}
	}
	return grouped(n) + " đồng"
}

// inUnit is n ÷ unit with a decimal comma and at most two decimals; n must be a multiple of unit ÷ 100.
func inUnit(n, unit int64) string {
	hundredths := n % unit / (unit / 100)
	decimals := strings.TrimRight(strconv.FormatInt(100+hundredths, 10)[1:], "0")
	if decimals == "" {
		return grouped(n / unit)
	}
	return grouped(n/unit) + "," + decimals
}

// ShowCount gives how many there are: "1.234".
func ShowCount(n int) string { return grouped(int64(n)) }

// grouped writes n with a dot between groups of three digits.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}
