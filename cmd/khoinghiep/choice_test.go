package main

import (
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestNobodyOwesByAButtonThatWasMadeUp has staff choose an agency that there is not.
func TestNobodyOwesByAButtonThatWasMadeUp(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.still, cfg.goLive = true, "2026-11-22"
	h := openHallAt(t, cfg, func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("", 7*60*60)) })
	now := h.app.engine.Clock()
	if err := h.app.agencies.obligations.Run(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	code, err := h.app.store.Invite(t.Context(), storage.Staff, now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	h.say("an", code)
	for _, step := range []struct{ button, want string }{
		{"mo:report:2026:UBNDH", "Đã chọn 0 đơn vị."}, {"chon:NOBODY", "Đã chọn 1 đơn vị."}, {"xong", "Đã chọn 0 đơn vị."},
	} {
		if got := h.does("an", bot.Incoming{Button: "chonnguoi:" + step.button}); !strings.Contains(got, step.want) {
			t.Errorf("%s: %s", step.button, got)
		}
	}
	h.inTx(func(tx *storage.Tx) error {
		_, open, err := storage.FindChoice(t.Context(), tx, "report/2026/UBNDH")
		if !open {
			t.Error("the choice is made")
		}
		return err
	})
}
