package scheduler_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// submit has an agency send the report of 2026, or what it sent again.
func (d *desk) submit(agency, draft string, at time.Time) {
	d.t.Helper()
	d.inTx(func(ctx context.Context, tx *storage.Tx) error {
		if err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: agency, Name: agency, Short: agency}}, at); err != nil {
			return err
		}
		o := storage.Obligation{Source: "report/2026/" + agency, Kind: storage.ReportObligation, Year: 2026, Agency: agency, DueOn: "2026-12-09"}
		if _, err := storage.MakeObligation(ctx, tx, &o, nil, at); err != nil {
			return err
		}
		s := storage.Submission{Draft: draft, Document: "45/BC", DocumentOn: "2026-11-20"}
		_, err := storage.Submit(ctx, tx, &o, &s, bot.Address{Channel: "telegram", Chat: agency}, at)
		return err
	})
}

// accept has staff accept all that waits.
func (d *desk) accept(at time.Time) {
	d.t.Helper()
	d.inTx(func(ctx context.Context, tx *storage.Tx) error {
		waiting, err := storage.WaitingSubmissions(ctx, tx, 0, 10)
		if err != nil {
			return err
		}
		for _, w := range waiting {
			s, o, _, err := storage.FindSubmission(ctx, tx, w.Code)
			if err != nil {
				return err
			}
			if _, err := storage.DecideSubmission(ctx, tx, &o, &s, 1, "", at); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestStaffAreToldOnceOfWhatAgenciesSent goes through days on which submissions come. The 23rd is a Monday, and the 24th a holiday.
func TestStaffAreToldOnceOfWhatAgenciesSent(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		d := newDesk(t, s)
		calendar, err := plan.LoadCalendar()
		if err != nil {
			t.Fatal(err)
		}
		job := scheduler.Submissions{Store: s, Calendar: calendar}
		expect := func(at time.Time, want string) {
			t.Helper()
			before := len(d.told())
			for range 2 {
				if err := job.Run(t.Context(), at); err != nil {
					t.Fatal(err)
				}
			}
			if got := d.told()[before:]; len(got) > 1 || len(got) == 0 != (want == "") || len(got) == 1 && got[0] != want {
				t.Errorf("%s: told %q, want %q", at, got, want)
			}
		}
		expect(local(23, 8), "")
		d.submit("SCT", "1", local(23, 9))
		expect(local(23, 10), "") // waits for the afternoon
		expect(local(23, 15), "1 bản gửi chờ anh/chị xem.")
		d.submit("TINHDOAN", "2", local(23, 16))
		expect(local(24, 9), "")
		expect(local(25, 7), "")
		expect(local(25, 8), "2 bản gửi chờ anh/chị xem.")
		d.submit("SCT", "3", local(25, 9)) // corrected
		expect(local(25, 14), "2 bản gửi chờ anh/chị xem.")
		expect(local(26, 8), "")
		d.submit("HLHPN", "4", local(26, 9))
		d.accept(local(26, 10))
		expect(local(26, 14), "") // seen already
	})
}
