package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// dayForms are the ways to write a date, each with day, month and year as named groups: 5/3/2000, 05-03-2000, 5.3.2000,
// "ngày 5 tháng 3 năm 2000", "5 thang 3 2000", and the kept form.
var dayForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?:ngay )?(?P<day>\d{1,2}) ?[/.\- ] ?(?P<month>\d{1,2}) ?[/.\- ] ?(?P<year>\d{4})$`),
	regexp.MustCompile(`^(?:ngay )?(?:mung )?(?P<day>\d{1,2}),? thang (?P<month>\d{1,2}),?(?: nam)? (?P<year>\d{4})$`),
	regexp.MustCompile(`^(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})$`),
}

var shortYear = regexp.MustCompile(`^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}$`)

// The years that Date and Year accept.
const (
	firstYear = 1900
	lastYear  = 2100
)

// Date checks a date of the solar calendar, day first, and gives it as "2006-01-02".
func Date(s string) (iso string, err error) {
	typed := unaccented(Clean(s))
	for _, form := range dayForms {
		if m := form.FindStringSubmatch(typed); m != nil {
			part := func(name string) int {
				n, _ := strconv.Atoi(m[form.SubexpIndex(name)]) // at most four digits
				return n
			}
			return calendarDay(part("year"), part("month"), part("day"))
		}
	}
	if shortYear.MatchString(typed) {
		return "", Problem("Bạn gõ năm đủ bốn chữ số giúp, ví dụ: 05/03/2000.")
	}
	return "", Problem("Chưa đọc được ngày này. Bạn gõ ngày, tháng, năm, ví dụ: 05/03/2000.")
}

func calendarDay(year, month, day int) (string, error) {
	if year < firstYear || year > lastYear {
		return "", Problem(fmt.Sprintf("Năm phải từ %d đến %d. Bạn xem lại giúp, ví dụ: 05/03/2000.", firstYear, lastYear))
	}
	if month < 1 || month > 12 {
		return "", Problem(fmt.Sprintf("Không có tháng %d. Bạn gõ ngày trước, tháng sau, ví dụ: 25/12/2000.", month))
	}
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case month == 2 && day == 29 && last == 28:
		return "", Problem(fmt.Sprintf("Năm %d không nhuận, tháng 2 chỉ có 28 ngày. Bạn xem lại giúp, ví dụ: 28/02/%d.", year, year))
	case day < 1 || day > last:
		return "", Problem(fmt.Sprintf("Tháng %d năm %d có %d ngày, không có ngày %d. Bạn xem lại giúp, ví dụ: %02d/%02d/%d.",
			month, year, last, day, last, month, year))
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), nil
}

// ShowDate gives a date in words: "thứ Tư, ngày 09/12/2026".
func ShowDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	weekdays := [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}
	return weekdays[t.Weekday()] + ", ngày " + t.Format("02/01/2006")
}
