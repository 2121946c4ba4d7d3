package scheduler_test

import (
	"context"
	"strings"
	"testing"

	"khoinghiep/storage"
)

// assign assigns the tasks in what an agency owes to units that "an" and "binh" answer for: "binh" for both.
func (a *agenda) assign(agency string, units map[string]string) {
	a.t.Helper()
	begin, o := december(1, 7), a.owed[agency]
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		if _, err := storage.MakeObligation(ctx, tx, &o, []string{"1.1", "1.2", "1.3", "1.7"}, begin); err != nil {
			return err
		}
		list := []storage.Agency{{ID: "A", Name: "Phòng A", Short: "Phòng A", Parent: agency}, {ID: "B", Name: "Phòng B", Short: "Phòng B", Parent: agency}}
		if err := storage.SaveAgencies(ctx, tx, list, begin); err != nil {
			return err
		}
		for _, officer := range []storage.AgencyOfficer{{Person: a.people["an"], Agency: "A"}, {Person: a.people["binh"], Agency: "A"}, {Person: a.people["binh"], Agency: "B"}} {
			if err := storage.AddOfficer(ctx, tx, officer.Person, officer.Agency, false, begin); err != nil {
				return err
			}
		}
		for task, unit := range units {
			if _, err := storage.AssignLine(ctx, tx, storage.Line{Obligation: o.ID, Task: task}, unit); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestUnitsAreRemindedOfTheirTasks has officers of units reminded with all else that is theirs, in one message, and no more once
// they told of their tasks or have them no more.
func TestUnitsAreRemindedOfTheirTasks(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			return storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: storage.Department, Name: "Sở Khoa học và Công nghệ", Short: "Sở KH&CN"}}, december(1, 7))
		})
		a.owe(december(1, 7), storage.Department, "TINHDOAN")
		a.assign(storage.Department, map[string]string{"1.1": "A", "1.2": "A", "1.3": "B"})
		got := a.run(december(2, 8))
		m := got["an"]
		if want := "Kính gửi Phòng A. Hạn ghi tình hình nhiệm vụ 1.1, 1.2 trong báo cáo kết quả năm 2026 (QĐ 827, V.12): hết thứ Tư, ngày 09/12/2026, còn 5 ngày làm việc."; m.Text != want {
			t.Errorf("got %q, want %q", m.Text, want)
		}
		if m.Title != "Nhắc hạn ghi nhiệm vụ 1.1, 1.2" || len(m.Buttons) != 2 || m.Buttons[0].Data != "nhiemvu:"+a.owed[storage.Department].Code || m.Template.Params["don_vi"] != "Phòng A" {
			t.Errorf("got %+v", m)
		}
		if text := got["binh"].Text; !strings.Contains(text, "- Tỉnh Đoàn Quảng Ngãi. Báo cáo kết quả năm 2026 (QĐ 827, V.12)") ||
			!strings.Contains(text, "- Phòng A. Tình hình nhiệm vụ 1.1, 1.2, 1.3 trong báo cáo kết quả năm 2026 (QĐ 827, V.12)") {
			t.Errorf("who serves two units and an agency reads %q", text)
		}
		a.in(func(ctx context.Context, tx *storage.Tx) error { // the message was not sent yet
			lines, err := storage.LinesOf(ctx, tx, a.owed[storage.Department].ID)
			if err != nil {
				return err
			}
			lines[0].Status = storage.LineDone
			if _, err := storage.KeepLine(ctx, tx, lines[0], december(2, 9)); err != nil {
				return err
			}
			_, err = storage.AssignLine(ctx, tx, lines[2], "")
			return err
		})
		got = a.run(december(2, 10))
		if text := got["an"].Text; !strings.Contains(text, "nhiệm vụ 1.2 trong") || strings.Contains(got["binh"].Text, "1.3") {
			t.Errorf("told of a task, they read %q, and %q", text, got["binh"].Text)
		}
	})
}
