package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"khoinghiep/storage/plan"
)

// TestVersionsFollowOneAnother has one from December 2026 on, with a report due later and without task 1.2, and one that
// is in force from the same day but was loaded later. The report of 2026 stays with the version of that year's beginning.
func TestVersionsFollowOneAnother(t *testing.T) {
	changed := strings.NewReplacer("version: 827-2022", "version: next", "from: 2022-06-27", "from: 2026-12-01", "before: 10/12", "before: 21/12",
		"  - {id: \"1.2\"", "  # {id: \"1.2\"").Replace(string(sample(t)))
	same := strings.NewReplacer("version: next", "version: later", "before: 21/12", "before: 20/12").Replace(changed)
	versions, err := plan.LoadVersions(changed, same)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2020-01-01": "827-2022", "2026-11-30": "827-2022", "2026-12-01": "later", "2040-01-01": "later"} {
		if got := versions.On(day).Version; got != want {
			t.Errorf("%s: got %s, want %s", day, got, want)
		}
	}
	got := []string{}
	for _, d := range versions.DutiesDue("2025-12-01", "2027-12-31") {
		if d.Agency == "SKHCN" {
			got = append(got, fmt.Sprintf("%s %d by %s, 1.2 %t", d.Kind, d.Year, d.LastDay, slices.Contains(d.Tasks, "1.2")))
		}
	}
	want := []string{
		"report 2025 by 2025-12-09, 1.2 true",
		"consolidated 2025 by 2025-12-14, 1.2 false",
		"plan 2027 by 2026-10-29, 1.2 true",
		"report 2026 by 2026-12-09, 1.2 true",
		"consolidated 2026 by 2026-12-14, 1.2 false",
		"plan 2028 by 2027-10-29, 1.2 false",
		"consolidated 2027 by 2027-12-14, 1.2 false",
		"report 2027 by 2027-12-19, 1.2 false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if _, err := plan.LoadVersions(changed, "version: broken"); err == nil {
		t.Error("a broken version is taken")
	}
}
