package storage_test

import (
	"context"
	"slices"
	"testing"

	"khoinghiep/storage"
)

// line is the first task of an obligation as it is kept.
func (r *registry) line(o storage.Obligation) storage.Line {
	r.t.Helper()
	lines := []storage.Line{}
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		lines, err = storage.LinesOf(ctx, tx, o.ID)
		return err
	})
	return lines[0]
}

func (r *registry) assign(l storage.Line, unit string) (ok bool) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.AssignLine(ctx, tx, l, unit)
		return err
	})
	return ok
}

func (r *registry) tell(l storage.Line) (ok bool) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.KeepLine(ctx, tx, l, r.now)
		return err
	})
	return ok
}

// TestAssigningATaskTellsNothingOfIt has staff assign a task before and after its agency tells of it.
func TestAssigningATaskTellsNothingOfIt(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT", "7.1")
		if !r.assign(r.line(o), "TTUD") || r.assign(storage.Line{Obligation: o.ID, Task: "9.9"}, "TTUD") {
			t.Error("not the task of the obligation alone is assigned")
		}
		if want := (storage.Line{Obligation: o.ID, Task: "7.1", Unit: "TTUD"}); r.line(o) != want {
			t.Errorf("assigned, it is %+v", r.line(o))
		}
		told := storage.Line{Obligation: o.ID, Task: "7.1", Unit: "TTUD", Status: storage.LineDone, Narrative: "Đã mở 2 lớp", Person: r.an}
		if told.At = r.now.UnixMilli(); !r.tell(told) || r.line(o) != told {
			t.Errorf("told, it is %+v", r.line(o))
		}
		r.assign(told, "")
		if told.Unit = ""; r.line(o) != told {
			t.Errorf("taken from the unit, it is %+v", r.line(o))
		}
	})
}

// TestATaskIsOfTheUnitThatHasIt has somebody tell of a task, and staff assign it, as it was before staff assigned it to another unit.
func TestATaskIsOfTheUnitThatHasIt(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT", "7.1")
		r.assign(r.line(o), "TTUD")
		seen := r.line(o)
		r.assign(seen, "DV-2026-0001")
		seen.Narrative = "Đã mở 2 lớp"
		if r.tell(seen) || r.assign(seen, "DV-2026-0002") {
			t.Error("a unit tells of a task that it has no more, or it is assigned twice")
		}
		if want := (storage.Line{Obligation: o.ID, Task: "7.1", Unit: "DV-2026-0001"}); r.line(o) != want {
			t.Errorf("it is %+v", r.line(o))
		}
	})
}

// TestTasksOfUnitsComeInTheOrderOfTheirLastDays lists the tasks of two units, of which one is told of and some are of what is settled.
func TestTasksOfUnitsComeInTheOrderOfTheirLastDays(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		late, stopped, told := r.oweIn("2026-12-09"), r.oweIn("2025-12-09"), r.oweIn("2026-12-20")
		for _, o := range []storage.Obligation{late, stopped, told, r.oweIn("2026-11-09")} {
			for task, unit := range map[string]string{"7.1": "TTUD", "7.2": "DV-2026-0001", "7.3": "DV-2026-0002"} {
				r.assign(storage.Line{Obligation: o.ID, Task: task}, unit)
			}
		}
		r.tell(storage.Line{Obligation: told.ID, Task: "7.1", Unit: "TTUD", Figures: "2 lớp"})
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.StopObligation(ctx, tx, &stopped, r.now)
			return err
		})
		want := []string{"2026-11-09 7.1", "2026-11-09 7.2", "2026-12-09 7.1", "2026-12-09 7.2", "2026-12-20 7.2", "2026-12-20 7.1", "2025-12-09 7.1", "2025-12-09 7.2"}
		if got := r.assigned(99, "TTUD", "DV-2026-0001"); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := r.assigned(1, "TTUD"); !slices.Equal(got, want[:1]) {
			t.Errorf("the first is %q", got)
		}
		if got := append(r.assigned(99, "SCT"), r.assigned(99)...); len(got) != 0 {
			t.Errorf("others have %q", got)
		}
	})
}

// oweIn has an agency owe a report of three tasks until a day.
func (r *registry) oweIn(due string) storage.Obligation {
	r.t.Helper()
	o := yearlyReport("SCT")
	o.Source, o.DueOn = o.Source+due, due
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.MakeObligation(ctx, tx, &o, []string{"7.1", "7.2", "7.3"}, r.now)
		return err
	})
	return o
}

// assigned lists the tasks of units, with the last days.
func (r *registry) assigned(most int, units ...string) (got []string) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		lines, err := storage.LinesAssignedTo(ctx, tx, units, most)
		for _, l := range lines {
			got = append(got, l.In.DueOn+" "+l.Task)
		}
		return err
	})
	return got
}
