package main

import (
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestALoadedPlanIsFollowedByARunningService loads a version with other days off and another target, from the next day on, while the
// service runs.
func TestALoadedPlanIsFollowedByARunningService(t *testing.T) {
	t.Parallel()
	now := &moment{at: time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("", 7*60*60))}
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.still = true
	h := openHallAt(t, cfg, now.get)
	code, err := h.app.store.Invite(t.Context(), storage.Staff, now.get(), now.get().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	h.say("an", code)
	file := planFile(t, "version: 827-2022", "version: 900-2026", "from: 2022-06-27", "from: 2026-11-24", "Nhà tư vấn được cấp chứng nhận", "Cố vấn được cấp chứng nhận",
		"\nperiods:", "\ndays_off: [{year: 2026, certainty: final, closed: [2026-12-09]}]\nperiods:")
	if _, err := khoinghiep(t, map[string]string{"DATABASE_URL": cfg.databaseURL}, "plan", "load", file); err != nil {
		t.Fatal(err)
	}
	for day, want := range []string{"Nhà tư vấn được cấp chứng nhận", "Cố vấn được cấp chứng nhận"} {
		if err := h.app.agencies.follow(t.Context(), h.app.store, h.app.engine.Clock()); err != nil {
			t.Fatal(err)
		}
		if got := h.does("an", stepOf("chỉ tiêu", "")); !strings.Contains(got, want) {
			t.Errorf("%d days after it was loaded: %s", day, got)
		}
		now.pass(24 * time.Hour)
	}
	if h.app.agencies.plan.Calendar.WorkingDay(time.Date(2026, time.December, 9, 8, 0, 0, 0, time.UTC)) {
		t.Error("a day off of the loaded version is worked on")
	}
	h.inTx(func(tx *storage.Tx) error {
		lines, err := storage.AuditLog(t.Context(), tx, storage.AuditFilter{Action: "load-plan"}, 0, 2)
		if len(lines) != 1 || lines[0].Subject != "900-2026" || lines[0].Person != 0 {
			t.Errorf("the audit log has %+v", lines)
		}
		return err
	})
}
