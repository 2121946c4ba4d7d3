package scheduler_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// TestManySendWhatOneMessageRemindsThemOf has the officers of many agencies, of whom one answers for all, send what a message
// that waits tells all at once, while the job runs on two replicas. Nobody waits for another in a circle.
func TestManySendWhatOneMessageRemindsThemOf(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		const many = 12
		for day := 2; day < 5; day++ {
			list := a.oweTogether(many, day)
			a.run(december(day, 8))
			var all sync.WaitGroup
			for i, o := range list {
				all.Go(func() { a.sendAs(o, fmt.Sprint("officer ", i), day) })
			}
			for range 2 {
				all.Go(func() {
					if err := a.job.Run(t.Context(), december(day, 9)); err != nil {
						t.Errorf("the job: %v", err)
					}
				})
			}
			all.Wait()
			if m, ok := a.run(december(day, 10))["binh"]; ok {
				t.Errorf("reminded of what was sent: %s", m.Text)
			}
		}
	})
}

// oweTogether has many agencies owe something due on the 9th, which "binh" answers for.
func (a *agenda) oweTogether(many, day int) (list []storage.Obligation) {
	a.t.Helper()
	now := december(day, 7)
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		for i := range many {
			agency := storage.Agency{ID: fmt.Sprintf("A%d-%d", day, i), Name: fmt.Sprint("Sở ", i), Short: fmt.Sprint("Sở ", i)}
			if err := storage.SaveAgencies(ctx, tx, []storage.Agency{agency}, now); err != nil {
				return err
			}
			if err := storage.AddOfficer(ctx, tx, a.people["binh"], agency.ID, false, now); err != nil {
				return err
			}
			o := storage.Obligation{Source: "report/2026/" + agency.ID, Kind: storage.ReportObligation, Year: 2026, Agency: agency.ID, Title: "Báo cáo", DueOn: fmt.Sprintf("2026-12-%02d", day+7)}
			if _, err := storage.MakeObligation(ctx, tx, &o, nil, now.AddDate(0, 0, -1)); err != nil {
				return err
			}
			list = append(list, o)
		}
		return nil
	})
	return list
}

// sendAs has somebody send what is owed.
func (a *agenda) sendAs(o storage.Obligation, chat string, day int) {
	err := a.store.InTx(a.t.Context(), func(tx *storage.Tx) error {
		s := storage.Submission{Draft: o.Code, Document: "12/BC"}
		ok, err := storage.Submit(a.t.Context(), tx, &o, &s, bot.Address{Channel: "telegram", Chat: chat}, december(day, 9))
		if err == nil && !ok {
			err = fmt.Errorf("%s is settled", o.Code)
		}
		return err
	})
	if err != nil {
		a.t.Errorf("send %s: %v", o.Code, err)
	}
}
