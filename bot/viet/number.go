package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const numberProblem = Problem("Chỗ này cần một số nguyên, từ 0 trở lên. Bạn gõ bằng chữ số, ví dụ: 12 hoặc 1.000.")

var (
	wholeNumber = regexp.MustCompile(`^(\d+|\d{1,3}(?:[., ]\d{3})+) ?(nghin|ngan|trieu)?$`)
	groupMarks  = strings.NewReplacer(".", "", ",", "", " ", "")
	scales      = map[string]string{"nghin": "000", "ngan": "000", "trieu": "000000"}
)

// numberLongest is the most digits of a Number, so that it fits an int64.
const numberLongest = 18

// Number checks a whole number that is not negative, and gives its digits: "1.000", "1,000", "1 000" and "1 nghìn" are
// "1000".
func Number(s string) (string, error) {
	parts := wholeNumber.FindStringSubmatch(unaccented(Clean(s)))
	if parts == nil {
		return "", numberProblem
	}
	digits := strings.TrimLeft(groupMarks.Replace(parts[1])+scales[parts[2]], "0")
	if len(digits) > numberLongest {
		return "", Problem("Số này lớn quá. Bạn xem lại giúp, ví dụ: 1.000.")
	}
	if digits == "" {
		return "0", nil
	}
	return digits, nil
}

var yearForm = regexp.MustCompile(`^(?:nam )?(\d{4})$`)

// Year checks a year from 1900 to 2100: "2019" or "năm 2019".
func Year(s string) (string, error) {
	parts := yearForm.FindStringSubmatch(unaccented(Clean(s)))
	if parts == nil {
		return "", Problem("Bạn gõ năm bằng bốn chữ số giúp, ví dụ: 2024.")
	}
	if year, err := strconv.Atoi(parts[1]); err != nil || year < firstYear || year > lastYear {
		return "", Problem(fmt.Sprintf("Năm phải từ %d đến %d. Bạn xem lại giúp, ví dụ: 2024.", firstYear, lastYear))
	}
	return parts[1], nil
}
