package main

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestStaffWhoRemindAtTheSameTimeRemindOnce on PostgreSQL, where their turns go on side by side.
func TestStaffWhoRemindAtTheSameTimeRemindOnce(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.PostgresURL(t), "")
	cfg.still = true
	begun, morning := time.Now(), time.Date(2026, time.December, 15, 9, 0, 0, 0, time.FixedZone("", 7*60*60))
	h := openHallAt(t, cfg, func() time.Time { return morning.Add(time.Since(begun)) })
	h.say("officer", inviteOfficer(t, h.app, "SCT"))
	owed := storage.Obligation{Source: "report/2026/SCT", Kind: storage.ReportObligation, Year: 2026, Agency: "SCT", Title: "Báo cáo kết quả năm 2026", DueOn: "2026-12-09"}
	h.inTx(func(tx *storage.Tx) error {
		_, err := storage.MakeObligation(t.Context(), tx, &owed, nil, morning)
		return err
	})
	presses := []func(){}
	for i := range 8 {
		code, err := h.app.store.Invite(t.Context(), storage.Staff, morning, morning.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		chat := fmt.Sprint("staff ", i)
		h.say(chat, code)
		presses = append(presses, func() { h.do(chat, bot.Incoming{Button: []string{"tiendo:nhactre", "tiendo:nhac:" + owed.Code}[i%2]}) })
	}
	var all sync.WaitGroup
	for _, press := range presses {
		all.Go(press)
	}
	all.Wait()
	h.inTx(func(tx *storage.Tx) error {
		told, err := storage.RemindersOf(t.Context(), tx, owed.ID, 0)
		if len(told) != 1 {
			t.Errorf("reminded %d times", len(told))
		}
		return err
	})
}
