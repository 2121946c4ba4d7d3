package plan_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "time/tzdata"

	"khoinghiep/storage/plan"
)

func itoa(n int) string { return strconv.Itoa(n) }

// reminders gives the usual steps until a day as lines of testdata/steps.tsv.
func reminders(t *testing.T, steps plan.Steps, lastDay string) []string {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	list, err := steps.For(lastDay, calendar(t), zone)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, s := range list {
		to := []string{}
		for _, a := range s.To {
			to = append(to, string(a))
		}
		lines = append(lines, strings.Join([]string{lastDay, s.Name, s.At.Format(time.RFC3339), strings.Join(to, ",")}, "\t"))
		if overdue := s.At.Format(time.DateOnly) > lastDay; s.Overdue != overdue {
			t.Errorf("%s %s: overdue is %t", lastDay, s.Name, s.Overdue)
		}
	}
	return lines
}

func usualSteps(t *testing.T) plan.Steps {
	t.Helper()
	steps, err := plan.LoadSteps()
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// TestStepsAreThoseOfTheTable holds every reminder of 2024 to 2027 to a table that was made apart from this program, from
// the rules and the notices of days off.
func TestStepsAreThoseOfTheTable(t *testing.T) {
	raw, err := os.ReadFile("testdata/steps.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		day, _, _ := strings.Cut(line, "\t")
		want[day] = append(want[day], line)
	}
	if len(want) != 12 {
		t.Errorf("the table has %d last days", len(want))
	}
	c, last := catalogue(t), map[string]bool{}
	for year := 2024; year <= 2028; year++ {
		for _, d := range c.Duties(year) {
			if d.LastDay >= "2024-10-01" && d.LastDay <= "2027-12-31" {
				last[d.LastDay] = true
			}
		}
	}
	if len(last) != 12 {
		t.Errorf("got %d last days", len(last))
	}
	for day := range last {
		if got := reminders(t, usualSteps(t), day); !reflect.DeepEqual(got, want[day]) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want[day], "\n"))
		}
	}
}

// TestStepsOverDaysOff is written by hand, with last days that the plan itself does not have.
func TestStepsOverDaysOff(t *testing.T) {
	for lastDay, want := range map[string]string{
		// A last day that is a holiday, 24 November 2026, a Tuesday: T0 moves to Monday, to which T-1 belongs too, and T-3,
		// a Saturday, to Friday.
		"2026-11-24": "T-30 2026-10-23, T-14 2026-11-10, T-7 2026-11-17, T-3 2026-11-20, T0 2026-11-23, Q1 2026-11-25, Q2 2026-11-26, D5 2026-12-01, " +
			"Q3 2026-12-03, Q4 2026-12-10, Q5 2026-12-17, Q6 2026-12-24, Q7 2026-12-31, Q8 2027-01-07, Q9 2027-01-14, Q10 2027-01-21",
		// The day before it: Q1 moves over the holiday, T-1 from Sunday to the Friday that T-3 had.
		"2026-11-23": "T-30 2026-10-23, T-14 2026-11-09, T-7 2026-11-16, T-1 2026-11-20, T0 2026-11-23, Q1 2026-11-25, Q2 2026-11-26, D5 2026-12-01, " +
			"Q3 2026-12-03, Q4 2026-12-10, Q5 2026-12-17, Q6 2026-12-24, Q7 2026-12-31, Q8 2027-01-07, Q9 2027-01-14, Q10 2027-01-21",
		// Within Tết 2027, 4 to 10 February, a Thursday to a Wednesday: all of its days move to Wednesday, 3 February.
		"2027-02-08": "T-30 2027-01-08, T-14 2027-01-25, T-7 2027-02-01, T0 2027-02-03, Q1 2027-02-11, Q2 2027-02-12, D5 2027-02-17, " +
			"Q3 2027-02-19, Q4 2027-02-26, Q5 2027-03-05, Q6 2027-03-12, Q7 2027-03-19, Q8 2027-03-26, Q9 2027-04-02, Q10 2027-04-09",
		// The day before Tết: Q1 moves over it.
		"2027-02-03": "T-30 2027-01-04, T-14 2027-01-20, T-7 2027-01-27, T-3 2027-01-29, T-1 2027-02-02, T0 2027-02-03, Q1 2027-02-11, Q2 2027-02-12, " +
			"D5 2027-02-17, Q3 2027-02-19, Q4 2027-02-26, Q5 2027-03-05, Q6 2027-03-12, Q7 2027-03-19, Q8 2027-03-26, Q9 2027-04-02, Q10 2027-04-09",
		// The worked Saturday, 10 January 2026, is a day like others: for T0 of a Sunday, and for Q1 of a Friday. Of the
		// latter, Q7 moves over Tết to the Monday that is Q8's.
		"2026-01-11": "T-30 2025-12-12, T-14 2025-12-26, T-7 2025-12-31, T-3 2026-01-08, T0 2026-01-10, Q1 2026-01-12, Q2 2026-01-13, D5 2026-01-16, " +
			"Q3 2026-01-20, Q4 2026-01-27, Q5 2026-02-03, Q6 2026-02-10, Q7 2026-02-23, Q8 2026-02-24, Q9 2026-03-03, Q10 2026-03-10",
		"2026-01-09": "T-30 2025-12-10, T-14 2025-12-26, T-7 2025-12-31, T-3 2026-01-06, T-1 2026-01-08, T0 2026-01-09, Q1 2026-01-10, Q2 2026-01-12, " +
			"D5 2026-01-15, Q3 2026-01-19, Q4 2026-01-26, Q5 2026-02-02, Q6 2026-02-09, Q8 2026-02-23, Q9 2026-03-02, Q10 2026-03-09",
	} {
		got := []string{}
		for _, line := range reminders(t, usualSteps(t), lastDay) {
			parts := strings.Split(line, "\t")
			day, clock, _ := strings.Cut(parts[2], "T")
			if clock != "08:00:00+07:00" {
				t.Errorf("%s %s is at %s", lastDay, parts[1], clock)
			}
			got = append(got, parts[1]+" "+day)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s:\ngot  %s\nwant %s", lastDay, strings.Join(got, ", "), want)
		}
	}
}

// TestOwnSteps is what staff may ask for one obligation, as it is kept.
func TestOwnSteps(t *testing.T) {
	kept, err := json.Marshal(usualSteps(t))
	if err != nil {
		t.Fatal(err)
	}
	read, err := plan.ParseSteps(kept)
	if err != nil || !reflect.DeepEqual(read, usualSteps(t)) {
		t.Errorf("got %v, %v", read, err)
	}
	own, err := plan.ParseSteps([]byte(`[
		{"name": "D3", "working_days": 3, "to": ["approver"]},
		{"name": "Q1", "days": 4, "to": ["officers", "staff"]},
		{"name": "Q2", "days": 5, "to": ["staff"]},
		{"name": "T-2", "days": -2, "to": ["officers"]}]`))
	if err != nil {
		t.Fatal(err)
	}
	// 9 December 2026 is a Wednesday: Q1 is on a Sunday, and of those on Monday only Q2 is told, but not instead of D3.
	want := []string{
		"2026-12-09\tT-2\t2026-12-07T08:00:00+07:00\tofficers",
		"2026-12-09\tD3\t2026-12-14T08:00:00+07:00\tapprover",
		"2026-12-09\tQ2\t2026-12-14T08:00:00+07:00\tstaff,officers",
	}
	if got := reminders(t, own, "2026-12-09"); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if none, err := plan.ParseSteps([]byte("[]")); err != nil || len(reminders(t, none, "2026-12-09")) != 0 {
		t.Errorf("got %v, %v for no steps", none, err)
	}
	if _, err := own.For("9/12/2026", calendar(t), time.UTC); err == nil {
		t.Error("a day of another form is taken")
	}
}
