package viet_test

import (
	"testing"
	"time"

	"khoinghiep/bot/viet"
)

// TestDaysAsPeopleSayThem is on Friday, 27 November 2026.
func TestDaysAsPeopleSayThem(t *testing.T) {
	today := time.Date(2026, 11, 27, 23, 30, 0, 0, time.FixedZone("", 7*3600))
	for _, c := range []struct{ typed, coming, past string }{
		{"hôm nay", "2026-11-27", "2026-11-27"},
		{"Mai", "2026-11-28", "2026-11-28"},
		{"ngày kia", "2026-11-29", "2026-11-29"},
		{"HÔM QUA", "2026-11-26", "2026-11-26"},
		{"28/11", "2026-11-28", "2025-11-28"},
		{"27/11", "2026-11-27", "2026-11-27"},
		{"1-12", "2026-12-01", "2025-12-01"},
		{"5/1", "2027-01-05", "2026-01-05"},
		{"ngày 5 tháng 1", "2027-01-05", "2026-01-05"},
		{"29/2", "2028-02-29", "2024-02-29"},
		{"ngày 30", "2026-11-30", "2026-10-30"},
		{"ngày 20", "2026-12-20", "2026-11-20"},
		{"ngày 31", "2026-12-31", "2026-10-31"},
		{"mùng 3", "2026-12-03", "2026-11-03"},
		{"5/12/26", "2026-12-05", "2026-12-05"},
		{"thứ Sáu", "2026-12-04", "2026-11-20"},
		{"thứ 2", "2026-11-30", "2026-11-23"},
		{"thu nam", "2026-12-03", "2026-11-26"},
		{"chủ nhật", "2026-11-29", "2026-11-22"},
		{"CN tuần sau", "2026-12-06", "2026-12-06"},
		{"thứ 3 tuần này", "2026-11-24", "2026-11-24"},
		{"thứ hai tuần tới", "2026-11-30", "2026-11-30"},
		{"thứ tư tuần trước", "2026-11-18", "2026-11-18"},
		{"15/12/2026", "2026-12-15", "2026-12-15"},
	} {
		for what, got := range map[string][2]string{
			"coming": {viet.ComingDay(c.typed, today), c.coming},
			"past":   {viet.PastDay(c.typed, today), c.past},
		} {
			if iso, err := viet.Date(got[0]); iso != got[1] || err != nil {
				t.Errorf("%q, %s: %q is %q, %v; want %s", c.typed, what, got[0], iso, err, got[1])
			}
		}
	}
	for _, typed := range []string{"", "6", "sáu", "thứ 8", "một", "ngày 32", "ngày 0", "tuần sau", "31/2", "28/13", "mai mốt", "05/03/200"} {
		if iso, err := viet.Date(viet.ComingDay(typed, today)); err == nil {
			t.Errorf("%q was taken for %s", typed, iso)
		}
	}
	if _, err := viet.Date(viet.ComingDay("31/2", today)); err == nil || err.Error() == noDate {
		t.Errorf("31/2: %v; it should say how many days February has", err)
	}
}

var noDate = func() string { _, err := viet.Date("x"); return err.Error() }()

func FuzzNearDays(f *testing.F) {
	for _, seed := range []string{"28/11", "mai", "thứ sáu tuần sau", "ngày 31", "29/2", "5/12/26", "00/00"} {
		f.Add(seed, int64(1795737600))
	}
	f.Fuzz(func(t *testing.T, s string, today int64) {
		now := time.Unix(today%4_000_000_000, 0)
		for _, read := range []func(string, time.Time) string{viet.ComingDay, viet.PastDay} {
			full := read(s, now)
			if again := read(full, now); again != full {
				t.Errorf("%q is %q, which is %q", s, full, again)
			}
			_, _ = viet.Date(full)
		}
	})
}
