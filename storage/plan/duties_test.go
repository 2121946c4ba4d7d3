package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"khoinghiep/storage/plan"
)

// lines are what each lead owes for a year, written by hand from the decision.
func lines(year int) []string {
	department := map[int]string{
		2022: "1.2 1.3 1.7 2.1 2.2 2.3 2.4 2.5 3.2 4.3 4.5 4.6 4.7 5.1 5.2 6.1 6.3 7.2",
		2023: "1.1 1.2 1.3 1.7 2.2 2.3 2.4 2.5 3.1 3.2 3.3 4.1 4.3 4.4 4.5 4.6 4.7 5.1 5.2 6.1 6.3 7.2",
		2024: "1.1 1.2 1.3 1.7 2.2 2.3 2.4 2.5 3.2 3.3 4.4 4.5 4.7 5.1 5.2 6.1 6.3 7.2",
	}[year]
	if year >= 2025 {
		department = "1.1 1.2 1.3 1.7 2.2 2.3 2.4 2.5 3.2 3.3 4.5 4.7 5.1 5.2 6.1 6.3 7.2"
	}
	districts := "1.4 1.6 6.2"
	if year <= 2023 {
		districts = "1.4 1.6 4.2 6.2"
	}
	return []string{"SKHCN: " + department, "UBNDH: " + districts, "TINHDOAN: 1.5 1.6 5.4", "HLHPN: 1.6", "DHCD: 4.8", "CSGD: 5.3",
		"SCT: 7.1 7.2 7.3", "SNNPTNT: 7.2"}
}

func TestDutiesOfEveryYear(t *testing.T) {
	c := catalogue(t)
	for year := 2022; year <= 2030; year++ {
		want := []string{}
		if year > 2022 { // the plan for 2022 would have been due before there was one
			for _, line := range lines(year) {
				want = append(want, fmt.Sprintf("plan %d by %d-10-29 QĐ 827, V.12, Kế hoạch chi tiết năm %d, %s", year, year-1, year, line))
			}
		}
		for _, line := range lines(year) {
			want = append(want, fmt.Sprintf("report %d by %d-12-09 QĐ 827, V.12, Báo cáo kết quả năm %d, %s", year, year, year, line))
		}
		want = append(want, fmt.Sprintf("consolidated %d by %d-12-14 QĐ 827, V.1.d, Báo cáo tổng hợp năm %d, SKHCN: ", year, year, year))
		got := []string{}
		for _, d := range c.Duties(year) {
			got = append(got, fmt.Sprintf("%s %d by %s %s, %s, %s: %s", d.Kind, d.Year, d.LastDay, d.Clause, d.Title, d.Agency, strings.Join(d.Tasks, " ")))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%d: got\n%s\nwant\n%s", year, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if got := c.Duties(2021); len(got) > 0 {
		t.Errorf("got %v before the plan", got)
	}
}

// TestDeadlinesAreData has the other readings of the document.
func TestDeadlinesAreData(t *testing.T) {
	last := func(c *plan.Catalogue, kind plan.Kind) string {
		for _, d := range c.Duties(2026) {
			if d.Kind == kind {
				return d.LastDay
			}
		}
		return ""
	}
	c := parse(t, sample(t), "before: 10/12", "before: 10/12, inclusive: true, years: 1")
	if got := last(c, plan.ReportOfYear); got != "2027-12-10" {
		t.Errorf("got %s, want the year after, on the day itself", got)
	}
	if got := c.DutiesDue("2027-12-10", "2027-12-10"); len(got) != 8 || got[0].Year != 2026 {
		t.Errorf("got %v, want the reports of 2026", got)
	}
	c = parse(t, sample(t), "before: 10/12", "before: 01/01")
	if got := last(c, plan.ReportOfYear); got != "2025-12-31" {
		t.Errorf("got %s, want the last day of the year before", got)
	}
	for from, want := range map[string]int{"2022-12-09": 9, "2022-12-10": 1, "2022-12-15": 0} {
		if got := parse(t, sample(t), "from: 2022-06-27", "from: "+from).Duties(2022); len(got) != want {
			t.Errorf("from %s on, %d are due for 2022, want %d", from, len(got), want)
		}
	}
}

func TestDutiesDueWithinDays(t *testing.T) {
	c := catalogue(t)
	for _, test := range []struct {
		first, last string
		want        string
	}{
		{"2026-01-01", "2026-12-31", "plan 2027: 8, report 2026: 8, consolidated 2026: 1"},
		{"2026-10-29", "2026-10-29", "plan 2027: 8"},
		{"2026-10-30", "2026-12-08", ""},
		{"2026-12-09", "2027-10-29", "report 2026: 8, consolidated 2026: 1, plan 2028: 8"},
		{"2000-01-01", "2022-12-13", "plan 2023: 8, report 2022: 8"},
		{"2026-12-31", "2026-01-01", ""},
	} {
		got, count := []string{}, map[string]int{}
		for _, d := range c.DutiesDue(test.first, test.last) {
			what := fmt.Sprintf("%s %d", d.Kind, d.Year)
			if count[what]++; count[what] == 1 {
				got = append(got, what)
			}
		}
		for i, what := range got {
			got[i] = fmt.Sprintf("%s: %d", what, count[what])
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s to %s: got %v", test.first, test.last, got)
		}
	}
}
