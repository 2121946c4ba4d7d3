package plan_test

import "testing"

func TestTargetsAreThoseOfTheDecision(t *testing.T) {
	periods := catalogue(t).Targets
	if len(periods) != 2 {
		t.Fatalf("%d periods", len(periods))
	}
	for _, c := range []struct {
		day, id   string
		low, high int64
		aim, none bool
	}{
		{"2022-01-01", "du_an_ho_tro", 100, 120, false, false},
		{"2025-12-31", "doanh_nghiep", 30, 35, false, false},
		{"2024-06-01", "goi_von", 1, 2, true, false},
		{"2024-06-01", "to_chuc_ho_tro", 12, 14, false, false},
		{"2024-06-01", "khu_dich_vu", 1, 2, false, false},
		{"2024-06-01", "nha_tu_van", 25, 30, false, false},
		{"2026-01-01", "du_an_ho_tro", 150, 160, false, false},
		{"2030-12-31", "doanh_nghiep", 55, 60, false, false},
		{"2028-06-01", "goi_von", 2, 3, true, false},
		{"2028-06-01", "to_chuc_ho_tro", 0, 0, false, true},
		{"2028-06-01", "khu_dich_vu", 0, 0, false, true},
		{"2028-06-01", "nha_tu_van", 40, 50, false, false},
	} {
		period, _ := periods.On(c.day)
		got, ok := period.Target(c.id)
		if !ok || got.Low != c.low || got.High != c.high || got.Aim != c.aim || got.None != c.none {
			t.Errorf("%s on %s: got %+v", c.id, c.day, got)
		}
		if got.None == (got.Low > 0) {
			t.Errorf("%s on %s: a target is either none or more than 0", c.id, c.day)
		}
	}
	for _, day := range []string{"2021-12-31", "2031-01-01"} {
		if p, ok := periods.On(day); ok {
			t.Errorf("%s is in %s", day, p.Name)
		}
	}
}
