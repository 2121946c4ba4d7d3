package plan_test

import (
	"testing"
	"time"

	"khoinghiep/storage/plan"
)

func calendar(t *testing.T) *plan.Calendar {
	t.Helper()
	c, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at reads a local time of the province.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	local, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("ICT", 7*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return local
}

func TestWorkingDays(t *testing.T) {
	c := calendar(t)
	for day, want := range map[string]bool{
		"2026-11-23": true,  // Monday
		"2026-11-24": false, // a holiday since 2026
		"2026-11-28": false, // Saturday
		"2026-11-29": false, // Sunday
		"2026-01-02": false, // Friday, swapped
		"2026-01-10": true,  // the Saturday it was swapped for
		"2027-02-03": true,  // the last day before Tết
		"2027-02-04": false,
		"2027-02-10": false,
		"2027-02-11": true,  // the first day after Tết
		"2027-05-03": false, // in lieu of 1 May
		"2024-05-04": true,  // a Saturday, for 29 April
		"2025-01-29": false, // Tết
		"2028-01-26": false,
		"2029-02-13": false,
		"2030-02-02": false,
		"2031-01-23": false,
		"2040-01-01": false, // a Sunday of a year that is not known
		"2040-01-02": true,
		"2040-04-30": false, // a Monday, but a holiday in every year
		"2040-11-23": true,
		"2039-11-24": false, // a Thursday
		"2023-11-24": true,  // a Friday, before it was a holiday
	} {
		for _, clock := range []string{"00:00", "23:59"} { // of the zone's day, not of UTC's
			if got := c.WorkingDay(at(t, day+" "+clock)); got != want {
				t.Errorf("%s %s: got %t, want %t", day, clock, got, want)
			}
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	c := calendar(t)
	for _, test := range []struct {
		from string
		days int
		want string
	}{
		{"2026-11-18 09:30", 0, "2026-11-18 09:30"},
		{"2026-11-18 09:30", 1, "2026-11-19 09:30"},
		{"2026-11-20 17:00", 1, "2026-11-23 17:00"}, // over a weekend
		{"2026-11-23 09:30", 1, "2026-11-25 09:30"}, // over 24 November
		{"2026-11-20 09:30", 3, "2026-11-26 09:30"},
		{"2026-11-22 09:30", 1, "2026-11-23 09:30"}, // from a Sunday
		{"2026-11-22 09:30", 0, "2026-11-22 09:30"},
		{"2027-02-03 08:00", 1, "2027-02-11 08:00"}, // over Tết
		{"2026-01-09 08:00", 1, "2026-01-10 08:00"}, // to a Saturday that is worked
		{"2026-01-09 08:00", 2, "2026-01-12 08:00"},
		{"2026-11-25 09:30", -1, "2026-11-23 09:30"},
		{"2027-02-11 08:00", -2, "2027-02-02 08:00"},
		{"2026-01-11 08:00", -1, "2026-01-10 08:00"},
		{"2026-12-31 08:00", 1, "2027-01-04 08:00"},
	} {
		if got := c.AddWorkingDays(at(t, test.from), test.days); !got.Equal(at(t, test.want)) {
			t.Errorf("%s and %d days: got %s, want %s", test.from, test.days, got, test.want)
		}
	}
}

// TestDaysOffOfAPlan: a version of the plan may know a year better, here with the other proposal for Tết 2027.
func TestDaysOffOfAPlan(t *testing.T) {
	c := parse(t, sample(t), "periods:", `days_off:
  - {year: 2027, certainty: final, closed: [2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12], worked: [2027-02-20]}
  - {year: 2040, certainty: provisional, closed: [2040-04-30]}
periods:`)
	known, err := plan.LoadCalendar(catalogue(t), c)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{
		"2027-02-04": true,
		"2027-02-12": false,
		"2027-02-20": true,
		"2027-11-24": true, // a year is replaced as a whole
		"2040-04-30": false,
		"2040-09-03": true,
		"2026-11-24": false,
	} {
		if got := known.WorkingDay(at(t, day+" 08:00")); got != want {
			t.Errorf("%s: got %t", day, got)
		}
	}
	for year, want := range map[int]string{2024: "memory", 2026: "final", 2027: "final", 2028: "inferred", 2040: "provisional", 2041: ""} {
		if got := known.Certainty(year); got != want {
			t.Errorf("%d is %q, want %q", year, got, want)
		}
	}
	if got := calendar(t).Certainty(2027); got != "provisional" {
		t.Errorf("2027 is %q", got)
	}
}

func TestWorkingDaysBetween(t *testing.T) {
	c := calendar(t)
	for _, test := range []struct {
		after, until string
		want         int
	}{
		{"2026-12-02", "2026-12-09", 5},
		{"2026-11-22", "2026-11-27", 4}, // 24/11 is a holiday
		{"2026-01-09", "2026-01-12", 2}, // a Saturday that is worked
		{"2026-12-09", "2026-12-09", 0},
		{"2026-12-10", "2026-12-09", 0},
		{"2026-12-04", "2026-12-06", 0},
	} {
		day := func(text string) time.Time {
			d, err := time.Parse(time.DateOnly, text)
			if err != nil {
				t.Fatal(err)
			}
			return d.Add(9 * time.Hour)
		}
		if got := c.WorkingDaysBetween(day(test.after), day(test.until).Add(-8*time.Hour)); got != test.want {
			t.Errorf("%s to %s: %d, want %d", test.after, test.until, got, test.want)
		}
	}
}
