package storage_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// registry is a database with two agencies, each with an officer.
type registry struct {
	t     *testing.T
	store *storage.Store
	now   time.Time
	an    int64 // answers for SCT
	binh  int64 // for SCT and TINHDOAN
}

var anChat = bot.Address{Channel: "test", Chat: "an"}

func newRegistry(t *testing.T, s *storage.Store) *registry {
	t.Helper()
	r := &registry{t: t, store: s, now: time.Date(2026, time.November, 2, 8, 0, 0, 0, time.UTC)}
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		agencies := []storage.Agency{{ID: "SCT", Name: "Sở Công Thương", Short: "Sở CT"}, {ID: "TINHDOAN", Name: "Tỉnh Đoàn Quảng Ngãi", Short: "Tỉnh Đoàn"}}
		if err := storage.SaveAgencies(ctx, tx, agencies, r.now); err != nil {
			return err
		}
		if r.an, err = storage.EnsurePerson(ctx, tx, anChat, r.now); err != nil {
			return err
		}
		if r.binh, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "test", Chat: "binh"}, r.now); err != nil {
			return err
		}
		for _, o := range []storage.AgencyOfficer{{Person: r.an, Agency: "SCT"}, {Person: r.binh, Agency: "SCT"}, {Person: r.binh, Agency: "TINHDOAN"}} {
			if err := storage.AddOfficer(ctx, tx, o.Person, o.Agency, o.Head, r.now); err != nil {
				return err
			}
		}
		return nil
	})
	return r
}

// onEachRegistry runs a test on both databases.
func onEachRegistry(t *testing.T, test func(t *testing.T, r *registry)) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) { test(t, newRegistry(t, s)) })
}

func (r *registry) in(f func(ctx context.Context, tx *storage.Tx) error) {
	r.t.Helper()
	tx(r.t, r.store, f)
}

// owe has an agency owe the report of 2026.
func (r *registry) owe(agency string, tasks ...string) (o storage.Obligation) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		o = yearlyReport(agency)
		_, err := storage.MakeObligation(ctx, tx, &o, tasks, r.now)
		return err
	})
	return o
}

func yearlyReport(agency string) storage.Obligation {
	return storage.Obligation{
		Source: "report/2026/" + agency, Kind: storage.ReportObligation, Year: 2026, Agency: agency,
		Title: "Báo cáo kết quả năm 2026", Clause: "QĐ 827, V.12", DueOn: "2026-12-09",
	}
}

// as is the obligation as it is kept.
func (r *registry) as(o storage.Obligation) (kept storage.Obligation) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		kept, _, err = storage.FindObligation(ctx, tx, o.Code)
		return err
	})
	return kept
}

func (r *registry) submit(o *storage.Obligation, draft string) (s storage.Submission, ok bool) {
	r.t.Helper()
	s = storage.Submission{Draft: draft, Document: "12/BC-SCT", DocumentOn: "2026-12-01"}
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.Submit(ctx, tx, o, &s, anChat, r.now)
		return err
	})
	return s, ok
}

func TestAnObligationIsMadeOnceWithTheTasksOfAllWhoBecameItsAgency(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		first := r.owe("SCT", "7.1", "7.3")
		var replicas sync.WaitGroup
		for range 3 {
			replicas.Go(func() { r.owe("SCT", "7.2", "7.1") })
		}
		replicas.Wait()
		second := r.owe("SCT")
		if second != first || first.Code != "NV-2026-0001" || first.Owner != "Sở Công Thương" || first.State != storage.ObligationOpen {
			t.Errorf("made %+v, then %+v", first, second)
		}
		tasks := []string{}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			lines, err := storage.LinesOf(ctx, tx, first.ID)
			for _, l := range lines {
				tasks = append(tasks, l.Task)
			}
			return err
		})
		if want := []string{"7.1", "7.2", "7.3"}; !slices.Equal(tasks, want) {
			t.Errorf("tasks %v, want %v", tasks, want)
		}
	})
}

// TestReplicasMakeOneObligation begins with none.
func TestReplicasMakeOneObligation(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		var replicas sync.WaitGroup
		made := make([]storage.Obligation, 4)
		for i := range made {
			replicas.Go(func() { made[i] = r.owe("SCT", "7.1") })
		}
		replicas.Wait()
		for _, o := range made {
			if o.ID != made[0].ID || o.ID == 0 {
				t.Errorf("made %+v and %+v", o, made[0])
			}
		}
	})
}

func TestASubmissionTakesThePlaceOfTheOneBefore(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		first, ok := r.submit(&o, "draft-1")
		again, okAgain := r.submit(&o, "draft-1")
		second, okSecond := r.submit(&o, "draft-2")
		if !ok || !okAgain || !okSecond || again.Code != first.Code || second.Code == first.Code {
			t.Errorf("sent %+v, %+v, %+v", first, again, second)
		}
		if o.State != storage.ObligationSent || o.NextAt != 0 {
			t.Errorf("the obligation is %+v", o)
		}
		if r.accept(o, first) || r.as(o).State != storage.ObligationSent {
			t.Errorf("what was replaced is accepted")
		}
	})
}

// accept has staff accept a submission to an obligation as they saw both.
func (r *registry) accept(o storage.Obligation, s storage.Submission) (ok bool) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.DecideSubmission(ctx, tx, &o, &s, r.an, "", r.now)
		return err
	})
	return ok
}

func TestASubmissionIsAcceptedOnceAndAsItWasSeen(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		s, _ := r.submit(&o, "draft")
		stale := o
		stale.Revision--
		if r.accept(stale, s) {
			t.Error("accepted as it was before")
		}
		if !r.accept(o, s) || r.accept(o, s) || r.accept(r.as(o), s) {
			t.Error("not accepted once")
		}
		if kept := r.as(o); kept.State != storage.ObligationAccepted || kept.Settled == 0 || kept.NextAt != 0 {
			t.Errorf("accepted %+v", kept)
		}
		kept := r.as(o)
		if _, ok := r.submit(&kept, "draft-2"); ok {
			t.Error("sent after it was accepted")
		}
	})
}

func TestWhatIsReturnedIsOpenAndMakesNotUpForStepsThatPassed(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		s, _ := r.submit(&o, "draft")
		r.now = r.now.AddDate(0, 0, 7)
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.DecideSubmission(ctx, tx, &o, &s, r.an, "Thiếu phụ lục.", r.now)
			return err
		})
		if now := r.now.UnixMilli(); o.State != storage.ObligationOpen || o.NextAt != now || o.ToldAt != now || s.State != storage.SubmissionReturned {
			t.Errorf("returned %+v, %+v", o, s)
		}
	})
}

func TestAnAnswerIsDecidedOnce(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		answer := func(kind storage.AnswerKind, day string) storage.Answer {
			a := storage.Answer{Obligation: o.ID, Person: r.an, Kind: kind, Day: day, Reason: "vì " + string(kind)}
			r.in(func(ctx context.Context, tx *storage.Tx) error { return storage.AddAnswer(ctx, tx, &a, r.now) })
			return a
		}
		decide := func(o *storage.Obligation, a storage.Answer, state storage.AnswerState) (ok bool) {
			r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.DecideAnswer(ctx, tx, o, &a, state, r.binh, "", r.now)
				return err
			})
			return ok
		}
		if seen := answer(storage.AnswerSeen, ""); seen.State != storage.AnswerAccepted {
			t.Errorf("what needs no decision is %+v", seen)
		}
		replaced, promise := answer(storage.AnswerPromise, "2026-12-15"), answer(storage.AnswerPromise, "2026-12-18")
		stale := o
		if decide(&o, replaced, storage.AnswerAccepted) || !decide(&o, promise, storage.AnswerAccepted) || decide(&o, promise, storage.AnswerDeclined) {
			t.Error("an answer was not decided once")
		}
		if o.Last() != "2026-12-18" || r.as(o).Promised != "2026-12-18" {
			t.Errorf("promised %+v", o)
		}
		notOurs := answer(storage.AnswerNotOurs, "")
		if decide(&stale, notOurs, storage.AnswerAccepted) {
			t.Error("decided about an obligation that changed")
		}
		if !decide(&o, notOurs, storage.AnswerAccepted) || o.State != storage.ObligationStopped || o.NextAt != 0 {
			t.Errorf("still owed: %+v", o)
		}
		if decide(&o, answer(storage.AnswerPromise, "2026-12-20"), storage.AnswerAccepted) || r.as(o).State != storage.ObligationStopped {
			t.Error("a day was accepted for what is not owed")
		}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			open, err := storage.OpenAnswers(ctx, tx, 0, 9)
			if len(open) > 0 {
				t.Errorf("staff are asked about what is not owed: %+v", open)
			}
			return err
		})
	})
}

// choices lists what waits for staff to choose.
func (r *registry) choices() (open []storage.Choice) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		open, err = storage.OpenChoices(ctx, tx)
		return err
	})
	return open
}

func TestAChoiceIsMadeOnceAndJoinsWhatIsOwedAnyway(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		c := storage.Choice{
			Source: "report/2026/UBNDH", Kind: storage.ReportObligation, Year: 2026, Agency: "UBNDH", Tasks: storage.Texts{"1.6", "6.2"},
			Title: "Báo cáo kết quả năm 2026", Clause: "QĐ 827, V.12", DueOn: "2026-12-09", Proposed: storage.Texts{"SCT", "TINHDOAN"},
		}
		anyway := r.owe("TINHDOAN", "1.5")
		await := func() {
			r.in(func(ctx context.Context, tx *storage.Tx) error { return storage.AwaitChoice(ctx, tx, c, r.now) })
		}
		choose := func(agency string) (ok bool) {
			r.in(func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.MakeChoice(ctx, tx, c.Source, []string{agency}, r.an, r.now)
				return err
			})
			return ok
		}
		await()
		await()
		if open := r.choices(); len(open) != 1 || open[0].Source != c.Source || !slices.Equal(open[0].Proposed, c.Proposed) {
			t.Errorf("open are %+v", open)
		}
		if !choose("TINHDOAN") || choose("SCT") {
			t.Error("not chosen once")
		}
		await() // by a later run of the job
		if open := r.choices(); len(open) != 0 {
			t.Errorf("open again: %+v", open)
		}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			owed, err := storage.ObligationsFor(ctx, tx, storage.ReportObligation, 2026)
			if err != nil {
				return err
			}
			lines, err := storage.LinesOf(ctx, tx, anyway.ID)
			if len(owed) != 1 || owed[0].ID != anyway.ID || len(lines) != 3 {
				t.Errorf("owed %+v with %+v", owed, lines)
			}
			return err
		})
	})
}

func TestStaffsNamesOutliveThePlans(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		own := storage.Agency{Name: "Phòng Quản lý khoa học", Short: "P. QLKH", Parent: storage.Department}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			if err := storage.AddAgency(ctx, tx, &own, r.now); err != nil {
				return err
			}
			return storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: own.ID, Name: "Khác"}, {ID: "SCT", Name: "Sở Công Thương mới", Short: "SCTM"}}, r.now)
		})
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			units, err := storage.UnitsOf(ctx, tx, storage.Department)
			if err != nil {
				return err
			}
			renamed, _, err := storage.FindAgency(ctx, tx, "SCT")
			if !slices.Equal(units, []storage.Agency{own}) || renamed.Name != "Sở Công Thương mới" {
				t.Errorf("units %+v, renamed %+v", units, renamed)
			}
			return err
		})
	})
}

func TestEventsCountOnceForTheirSource(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			for i, e := range []storage.HeldEvent{
				{Source: "SK-2026-0001", Agency: "SCT", Task: "1.6", Day: "2026-12-31"},
				{Source: "SK-2026-0001", Agency: "SCT", Task: "1.6", Day: "2026-12-31"},
				{Source: "SK-2026-0002", Agency: "SCT", Task: "2.2", Day: "2026-05-01"},
				{Source: "SK-2027-0001", Agency: "SCT", Task: "1.6", Day: "2027-01-01"},
			} {
				if ok, err := storage.RecordHeldEvent(ctx, tx, e, r.now); err != nil || ok != (i != 1) {
					t.Errorf("event %d: %v, %v", i, ok, err)
				}
			}
			list, err := storage.HeldEvents(ctx, tx, "1.6", "2026-01-01", "2026-12-31")
			if len(list) != 1 || list[0].Source != "SK-2026-0001" {
				t.Errorf("events %+v", list)
			}
			return err
		})
	})
}

// TestWhatWasStoppedWhileItWaitedWaitsAgain once it is opened again, and is not decided about before.
func TestWhatWasStoppedWhileItWaitedWaitsAgain(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		s, _ := r.submit(&o, "draft")
		decide := func(want bool) {
			t.Helper()
			r.in(func(ctx context.Context, tx *storage.Tx) error {
				ok, err := storage.DecideSubmission(ctx, tx, &o, &s, r.binh, "", r.now)
				if ok != want {
					t.Errorf("decided: %t", ok)
				}
				return err
			})
		}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.StopObligation(ctx, tx, &o, r.now)
			return err
		})
		decide(false)
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.ReopenObligation(ctx, tx, &o, r.now)
			return err
		})
		if o.State != storage.ObligationSent || o.NextAt != 0 {
			t.Errorf("opened again it is %+v", o)
		}
		decide(true)
	})
}
