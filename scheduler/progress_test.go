package scheduler_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// runAll has two replicas do a job, and gives what is queued for staff, who is told nothing twice.
func (a *agenda) runAll(job func(ctx context.Context, now time.Time) error, now time.Time) string {
	a.t.Helper()
	for range 2 {
		if err := job(a.t.Context(), now); err != nil {
			a.t.Fatal(err)
		}
	}
	got := a.queued()
	a.send()
	if got["staff"].Text != got["approver"].Text || len(got) > 2 {
		a.t.Errorf("%s: told are %v", now, got)
	}
	m := got["staff"]
	return strings.TrimSpace(m.Text + "\n" + strings.Join(labels(m), ", "))
}

// TestStaffHearOfProgress in the weeks before and after 9 December 2026, a Wednesday. The 7th is a Monday.
func TestStaffHearOfProgress(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		job := scheduler.Progress{Store: a.store, Calendar: a.job.Calendar}
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			return storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "HLHPN", Name: "Hội LHPN", Short: "Hội LHPN"}}, december(1, 7))
		})
		expect := func(now time.Time, want string) {
			t.Helper()
			if got := a.runAll(job.Run, now); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", now, got, want)
			}
		}
		november := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, vietnam) }
		expect(november(23, 8), "")
		a.owe(november(23, 9), "SCT", "TINHDOAN", "HLHPN")
		const seen = "\nXem tiến độ = tiendo:"
		const all = "- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026: 0/3 đã gửi; chưa gửi: Hội LHPN; Sở CT; Tỉnh Đoàn."
		const idle = "\nChưa có cán bộ đầu mối nên chưa ai được nhắc: Hội LHPN."
		expect(november(30, 7), "")
		expect(november(30, 9), all+idle+seen+", Mời cán bộ đầu mối = donvi:") // Monday
		expect(december(1, 8), "")
		expect(december(2, 8), all+seen) // the last week begins
		a.submit("SCT", december(2, 9))
		expect(december(3, 16), "- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026: 1/3 đã gửi; chưa gửi: Hội LHPN; Tỉnh Đoàn."+seen)
		expect(december(3, 17), "")
		expect(december(5, 9), "") // Saturday
		expect(december(10, 8), "- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026: 1/3 đã gửi; quá hạn: Hội LHPN; Tỉnh Đoàn."+idle+seen+
			", Mời cán bộ đầu mối = donvi:") // Monday's, which was missed
		expect(december(11, 8), "")
		a.submit("HLHPN", december(11, 9))
		a.submit("TINHDOAN", december(11, 9))
		expect(december(14, 8), "")
	})
}

// recordEvents has the plan's task 1.6 be led by a commune, too, which was chosen, and some events held.
func (a *agenda) recordEvents(now time.Time) {
	a.t.Helper()
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "HLHPN", Name: "Hội LHPN", Short: "Hội LHPN"}, {ID: "xa-21484", Name: "UBND xã Ba Tơ", Short: "UBND xã Ba Tơ"}}, now)
		if err != nil {
			return err
		}
		chosen := storage.Obligation{Source: "plan/2028/xa-21484", Kind: storage.PlanObligation, Year: 2028, Agency: "xa-21484", DueOn: "2027-10-29"}
		if _, err := storage.MakeObligation(ctx, tx, &chosen, []string{"1.6"}, now); err != nil {
			return err
		}
		for i, e := range []storage.HeldEvent{{Agency: "TINHDOAN", Task: "1.6", Day: "2028-03-01"}, {Agency: "SKHCN", Task: "2.2", Day: "2028-05-01"}, {Agency: "HLHPN", Task: "1.6", Day: "2027-12-31"}} {
			e.Source = fmt.Sprint("SK-", i)
			if _, err := storage.RecordHeldEvent(ctx, tx, e, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestStaffHearWhichEventsAreMissing(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		catalogue, err := plan.LoadCatalogue()
		if err != nil {
			t.Fatal(err)
		}
		job := scheduler.Quotas{Store: a.store, Calendar: a.job.Calendar, Plan: catalogue, GoLive: "2028-01-01"}
		at := func(year int, month time.Month, day, hour int) time.Time {
			return time.Date(year, month, day, hour, 0, 0, 0, vietnam)
		}
		a.recordEvents(at(2028, 6, 1, 8))
		for _, silent := range []time.Time{
			at(2027, 9, 30, 8), // before the service began
			at(2028, 9, 28, 8), at(2028, 9, 29, 7),
			at(2028, 11, 1, 8), // a month late is too late
		} {
			if got := a.runAll(job.Run, silent); got != "" {
				t.Errorf("%s: %q", silent, got)
			}
		}
		a.runAll(job.Run, at(2028, 9, 29, 8)) // the 30th is a Saturday
		told := a.bodies("staff")
		for _, want := range []string{"Chưa ghi nhận đủ: Hội LHPN; UBND xã Ba Tơ.", "(nhiệm vụ 2.2): cần ít nhất 2, đã ghi nhận 1."} {
			if !strings.Contains(told, want) {
				t.Errorf("not told: %s\nin %s", want, told)
			}
		}
		if got := a.runAll(job.Run, at(2028, 10, 2, 8)); got != "" {
			t.Errorf("again %q", got)
		}
	})
}

// bodies are all messages to a person.
func (a *agenda) bodies(name string) string {
	a.t.Helper()
	list := []string{}
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &list, `SELECT body FROM deliveries WHERE person_id = $1`, a.people[name])
	})
	return strings.Join(list, "\n")
}
