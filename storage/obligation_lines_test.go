package storage_test

import (
	"context"
	"testing"

	"khoinghiep/storage"
)

// TestAssigningATaskTellsNothingOfIt has staff assign a task before and after its agency tells of it.
func TestAssigningATaskTellsNothingOfIt(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT", "7.1")
		line := func() storage.Line {
			var lines []storage.Line
			r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
				lines, err = storage.LinesOf(ctx, tx, o.ID)
				return err
			})
			return lines[0]
		}
		assign := func(task, unit string) (ok bool) {
			r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.AssignLine(ctx, tx, o.ID, task, unit)
				return err
			})
			return ok
		}
		if !assign("7.1", "TTUD") || assign("9.9", "TTUD") {
			t.Error("not the task of the obligation alone is assigned")
		}
		if want := (storage.Line{Obligation: o.ID, Task: "7.1", Unit: "TTUD"}); line() != want {
			t.Errorf("assigned, it is %+v", line())
		}
		told := storage.Line{Obligation: o.ID, Task: "7.1", Status: storage.LineDone, Narrative: "Đã mở 2 lớp", Person: r.an}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.KeepLine(ctx, tx, told, r.now)
			return err
		})
		told.Unit, told.At = "TTUD", r.now.UnixMilli()
		if line() != told {
			t.Errorf("told, it is %+v", line())
		}
		assign("7.1", "")
		if told.Unit = ""; line() != told {
			t.Errorf("taken from the unit, it is %+v", line())
		}
	})
}
