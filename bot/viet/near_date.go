package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// ComingDay gives a day that is said as people say days ahead of them in full, as Date takes it: "28/11", "5/12/26", "ngày 28",
// "mai", "thứ Sáu", "thứ 6 tuần sau". Without a year or month it is the first such day from today on; a weekday alone comes
// after today. Any other text stays as it is.
func ComingDay(s string, today time.Time) string { return inFull(s, today, ahead) }

// PastDay is ComingDay for days that have been: "28/11" is the last one up to today, "thứ Sáu" the last one before.
func PastDay(s string, today time.Time) string { return inFull(s, today, back) }

// The way to look for a day that is said without its year, month or week.
const (
	ahead = 1
	back  = -1
)

func inFull(s string, today time.Time, way int) string {
	typed := unaccented(Clean(s))
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	if days, ok := fromToday[typed]; ok {
		return digits(today.AddDate(0, 0, days))
	}
	if m := weekdayForm.FindStringSubmatch(typed); m != nil {
		return digits(weekday(today, weekdays[m[1]], m[2], way))
	}
	if m := dayForm.FindStringSubmatch(typed); m != nil {
		return dayOfMonth(s, today, count(m[1]), way)
	}
	if m := dayAndMonthForm.FindStringSubmatch(typed); m != nil {
		return dayOfYear(today, count(m[1]), count(m[2]), way)
	}
	if m := shortYearForm.FindStringSubmatch(typed); m != nil {
		return m[1] + "/" + m[2] + "/20" + m[3]
	}
	return s
}

// How days are said, without accents.
var (
	fromToday = map[string]int{
		"hom nay": 0, "bua nay": 0,
		"mai": 1, "ngay mai": 1, "bua mai": 1, "ngay kia": 2, "bua kia": 2, "ngay mot": 2, "bua mot": 2,
		"hom qua": -1, "ngay hom qua": -1, "bua qua": -1, "hom kia": -2,
	}
	weekdayForm = regexp.MustCompile(`^(thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)(?: tuan (nay|sau|toi|truoc))?$`)
	weekdays    = map[string]time.Weekday{
		"thu hai": time.Monday, "thu ba": time.Tuesday, "thu tu": time.Wednesday, "thu nam": time.Thursday, "thu sau": time.Friday,
		"thu bay": time.Saturday, "thu 2": time.Monday, "thu 3": time.Tuesday, "thu 4": time.Wednesday, "thu 5": time.Thursday,
		"thu 6": time.Friday, "thu 7": time.Saturday, "chu nhat": time.Sunday, "cn": time.Sunday,
	}
	weeks           = map[string]int{"nay": 0, "sau": 1, "toi": 1, "truoc": -1}
	dayForm         = regexp.MustCompile(`^(?:ngay|mung|ngay mung) (\d{1,2})$`)
	dayAndMonthForm = regexp.MustCompile(`^(?:ngay )?(?:mung )?(\d{1,2})(?: ?[/.\-] ?|,? thang )(\d{1,2})$`)
	shortYearForm   = regexp.MustCompile(`^(?:ngay )?(\d{1,2}) ?[/.\-] ?(\d{1,2}) ?[/.\-] ?(\d{2})$`)
)

// weekday finds a day of the named week, which begins on Monday; without one, the next such day after today, or the last before.
func weekday(today time.Time, day time.Weekday, week string, way int) time.Time {
	if n, ok := weeks[week]; ok {
		sinceMonday := func(d time.Weekday) int { return (int(d) + 6) % 7 }
		return today.AddDate(0, 0, 7*n+sinceMonday(day)-sinceMonday(today.Weekday()))
	}
	found := today.AddDate(0, 0, way)
	for found.Weekday() != day {
		found = found.AddDate(0, 0, way)
	}
	return found
}

// dayOfMonth finds a day in this month or one near; s when no month has it.
func dayOfMonth(s string, today time.Time, day, way int) string {
	for months := range 3 {
		t := time.Date(today.Year(), today.Month()+time.Month(way*months), day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day && !passed(t, today, way) {
			return digits(t)
		}
	}
	return s
}

// dayOfYear finds a day in this year or one near, 29 February in a leap year; one that no year has is given in this year, for Date
// to say what is wrong with it.
func dayOfYear(today time.Time, day, month, way int) string {
	for years := range 9 {
		t := time.Date(today.Year()+way*years, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day && t.Month() == time.Month(month) && !passed(t, today, way) {
			return digits(t)
		}
	}
	return fmt.Sprintf("%d/%d/%d", day, month, today.Year())
}

// passed tells that a day is not where it is looked for.
func passed(t, today time.Time, way int) bool {
	return way == ahead && t.Before(today) || way == back && t.After(today)
}

func digits(t time.Time) string { return t.Format("02/01/2006") }

func count(digits string) int {
	n, _ := strconv.Atoi(digits) // one or two digits
	return n
}
