package plan_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

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

// TestCalendarIsPlausible catches slips of the pen: a closed day that is a weekend anyway, a worked one that is not, a day
// under another year.
func TestCalendarIsPlausible(t *testing.T) {
	raw, err := os.ReadFile("calendar.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Years map[int]struct {
			Certainty      string
			Closed, Worked []time.Time
		}
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	weekend := func(day time.Time) bool { return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday }
	for number, year := range file.Years {
		if !slices.Contains([]string{"final", "provisional", "memory", "inferred"}, year.Certainty) {
			t.Errorf("%d is %q", number, year.Certainty)
		}
		for _, day := range year.Closed {
			if day.Year() != number || weekend(day) {
				t.Errorf("%d: closed on %s", number, day.Format("Monday, 2006-01-02"))
			}
		}
		for _, day := range year.Worked {
			if day.Year() != number || day.Weekday() != time.Saturday {
				t.Errorf("%d: worked on %s", number, day.Format("Monday, 2006-01-02"))
			}
		}
	}
}
