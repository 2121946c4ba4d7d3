package scheduler_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// makers are two replicas with the job that makes obligations.
type makers struct {
	t     *testing.T
	store *storage.Store
	job   scheduler.Obligations
}

func newMakers(t *testing.T, s *storage.Store) *makers {
	t.Helper()
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return &makers{t: t, store: s, job: scheduler.Obligations{Store: s, Plan: catalogue, GoLive: "2026-11-01"}}
}

func (m *makers) in(f func(ctx context.Context, tx *storage.Tx) error) {
	m.t.Helper()
	if err := m.store.InTx(m.t.Context(), func(tx *storage.Tx) error { return f(m.t.Context(), tx) }); err != nil {
		m.t.Fatal(err)
	}
}

// run has both replicas run at once, twice.
func (m *makers) run(now time.Time) {
	m.t.Helper()
	for range 2 {
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if err := m.job.Run(m.t.Context(), now); err != nil {
					m.t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

// owed lists the sources of all obligations, with how many tasks are in each, and of the choices, in brackets.
func (m *makers) owed() []string {
	m.t.Helper()
	list := []string{}
	m.in(func(ctx context.Context, tx *storage.Tx) error {
		rows := []struct {
			Source string
			Tasks  int
		}{}
		err := tx.SelectContext(ctx, &rows, `SELECT source, (SELECT COUNT(*) FROM obligation_lines l WHERE l.obligation_id = o.id) AS tasks FROM obligations o ORDER BY source`)
		if err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fmt.Sprint(r.Source, " ", r.Tasks))
		}
		open, err := storage.OpenChoices(ctx, tx)
		for _, c := range open {
			list = append(list, fmt.Sprintf("[%s %s of %d]", c.Source, strings.Join(c.Tasks, " "), len(c.Proposed)))
		}
		return err
	})
	return list
}

func TestObligationsAreMadeAhead(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		m := newMakers(t, s)
		m.run(day("2026-10-09")) // the plans for 2027, due before, are not made
		if got := m.owed(); len(got) != 0 {
			t.Errorf("made %q", got)
		}
		m.run(day("2026-10-10"))
		want := []string{
			"report/2026/HLHPN 1", "report/2026/SCT 3", "report/2026/SKHCN 17", "report/2026/SNNMT 1", "report/2026/TINHDOAN 3",
			"[report/2026/CSGD 5.3 of 0]", "[report/2026/DHCD 4.8 of 3]", "[report/2026/UBNDH 1.4 1.6 6.2 of 96]",
		}
		if got := m.owed(); !slices.Equal(got, want) {
			t.Errorf("made\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		m.run(day("2026-10-15"))
		if got := m.owed(); len(got) != len(want)+1 || got[0] != "consolidated/2026/SKHCN 0" {
			t.Errorf("then made %q", got)
		}
		m.in(func(ctx context.Context, tx *storage.Tx) error {
			agencies, err := storage.Agencies(ctx, tx)
			names := map[string]string{}
			for _, a := range agencies {
				names[a.ID] = a.Name
			}
			if names["UBNDH"]+names["SNNPTNT"]+names["STTTT"] != "" || names["SNNMT"] == "" || names["xa-21484"] != "UBND xã Ba Tơ" || names["TTUD"] == "" {
				t.Errorf("agencies are %v", names)
			}
			return err
		})
	})
}

// TestDistrictsAreChosenFromUntilTheyWereNoMore has the service live in 2024 already.
func TestDistrictsAreChosenFromUntilTheyWereNoMore(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		m := newMakers(t, s)
		m.job.GoLive = "2024-10-01"
		m.run(day("2024-10-20"))
		m.run(day("2025-10-20"))
		made := m.owed()
		for _, want := range []string{"[plan/2025/UBNDH 1.4 1.6 6.2 of 13]", "[plan/2026/UBNDH 1.4 1.6 6.2 of 96]"} {
			if !slices.Contains(made, want) {
				t.Errorf("no %q in %q", want, made)
			}
		}
	})
}

// TestWhatMergedIsOneObligation has a plan in which two agencies of its beginning are one by now.
func TestWhatMergedIsOneObligation(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		m := newMakers(t, s)
		changed := *m.job.Plan // which is everybody's
		changed.Successions = append(slices.Clip(changed.Successions), plan.Succession{From: "SCT", To: "TINHDOAN", On: "2026-12-09"})
		m.job.Plan = &changed
		m.run(day("2026-11-20"))
		if got := m.owed(); !slices.Contains(got, "report/2026/TINHDOAN 6") || slices.Contains(got, "report/2026/SCT 3") {
			t.Errorf("made %q", got)
		}
	})
}

// TestTheVersionAtThePeriodsBeginningDecides loads another version, in force from March 2027: the report of 2027 stays with
// the first, and so does what was made already; the plan for 2028 is of the new one.
func TestTheVersionAtThePeriodsBeginningDecides(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		m := newMakers(t, s)
		m.run(day("2026-11-20"))
		before := m.owed()
		m.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.LoadPlan(ctx, tx, storage.PlanVersion{Version: "99-2027", From: "2027-03-01", Body: laterPlan}, day("2026-11-20"))
			return err
		})
		m.run(day("2026-11-20"))
		if got := m.owed(); !slices.Equal(got, before) {
			t.Errorf("loading changed what is owed:\n%q\n%q", before, got)
		}
		m.run(day("2027-12-01"))
		made := m.owed()
		if !slices.Contains(made, "plan/2028/SCT 1") || !slices.Contains(made, "report/2027/SCT 3") {
			t.Errorf("made %q", made)
		}
	})
}

// TestAnotherVersionMakesNothingTwice loads a version that begins before what was made already.
func TestAnotherVersionMakesNothingTwice(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		m := newMakers(t, s)
		m.run(day("2026-11-20"))
		before := m.owed()
		m.in(func(ctx context.Context, tx *storage.Tx) error {
			body := strings.Replace(laterPlan, "from: 2027-03-01", "from: 2025-12-01", 1)
			_, err := storage.LoadPlan(ctx, tx, storage.PlanVersion{Version: "99-2027", From: "2025-12-01", Body: body}, day("2026-11-20"))
			return err
		})
		m.run(day("2026-11-20"))
		want := slices.Clone(before)
		if i := slices.Index(want, "report/2026/SCT 3"); i >= 0 {
			want[i] = "report/2026/SCT 4" // the task that only the other version has
		}
		if got := m.owed(); !slices.Equal(got, want) {
			t.Errorf("owed\n%q\nwant\n%q", got, want)
		}
	})
}

const laterPlan = `version: 99-2027
name: "Kế hoạch mới"
document: "QĐ 99"
citation: "Quyết định số 99/QĐ-UBND"
from: 2027-03-01
agencies:
  - {id: SCT, kind: department, name: "Sở Công Thương", short: "Sở CT"}
groups:
  - {id: "1", title: "Một"}
tasks:
  - {id: "1.1", title: "Việc một", clause: III.1.1, leads: [SCT], time: yearly}
deadlines:
  - {kind: plan, title: "Kế hoạch chi tiết năm", clause: V.12, from: leads, to: [SCT], before: 30/10, years: -1}
  - {kind: report, title: "Báo cáo kết quả năm", clause: V.12, from: leads, to: [SCT], before: 10/12}
`
