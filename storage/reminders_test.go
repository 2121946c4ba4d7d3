package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

const firstMorning = "remind/2026-11-09"

// remind tells people the step T-30 of obligations in one message each, as the job does.
func (r *registry) remind(people []int64, owed ...storage.Obligation) {
	r.t.Helper()
	moment := r.now.Add(-time.Minute).UnixMilli()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		for _, person := range people {
			n := storage.Notice{Source: firstMorning, Person: person, Message: bot.Outgoing{Text: "Nhắc hạn"}, Queue: storage.QueueReminders}
			if err := storage.Notify(ctx, tx, n, r.now); err != nil {
				return err
			}
			for _, o := range owed {
				told := storage.Reminder{Obligation: o.ID, Step: "T-30", Moment: moment, Person: person, Source: firstMorning}
				if err := storage.KeepReminder(ctx, tx, told, r.now); err != nil {
					return err
				}
			}
		}
		for _, o := range owed {
			if err := storage.SetNextReminder(ctx, tx, o.ID, moment, r.now.AddDate(0, 0, 16).UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// queued lists who has a message that waits.
func (r *registry) queued() (people []int64) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &people, `SELECT person_id FROM deliveries WHERE state = 'queued' ORDER BY person_id`)
	})
	return people
}

// due lists the agencies of which something is to be looked for now.
func (r *registry) due() (agencies []string) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		list, err := storage.DueObligations(ctx, tx, r.now)
		for _, o := range list {
			agencies = append(agencies, o.Agency)
		}
		slices.Sort(agencies)
		return err
	})
	return agencies
}

// told lists the people who were told of an obligation, and were not taken it back.
func (r *registry) told(o storage.Obligation) (people []int64) {
	r.t.Helper()
	r.in(func(ctx context.Context, tx *storage.Tx) error {
		list, err := storage.RemindersOf(ctx, tx, o.ID, 0)
		for _, reminder := range list {
			people = append(people, reminder.Person)
		}
		return err
	})
	return people
}

// happenings are what takes reminders of an obligation back.
func happenings() map[string]func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
	return map[string]func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error{
		"it was sent": func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
			_, err := storage.Submit(ctx, tx, o, &storage.Submission{Draft: "draft", Document: "1"}, anChat, r.now)
			return err
		},
		"staff stopped it": func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
			_, err := storage.StopObligation(ctx, tx, o, r.now)
			return err
		},
		"staff accepted a day": func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
			a := storage.Answer{Obligation: o.ID, Person: r.an, Kind: storage.AnswerPromise, Day: "2026-12-20"}
			if err := storage.AddAnswer(ctx, tx, &a, r.now); err != nil {
				return err
			}
			_, err := storage.DecideAnswer(ctx, tx, o, &a, storage.AnswerAccepted, r.binh, "", r.now)
			return err
		},
		"it is not theirs": func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
			a := storage.Answer{Obligation: o.ID, Person: r.an, Kind: storage.AnswerNotOurs}
			if err := storage.AddAnswer(ctx, tx, &a, r.now); err != nil {
				return err
			}
			_, err := storage.DecideAnswer(ctx, tx, o, &a, storage.AnswerAccepted, r.binh, "", r.now)
			return err
		},
		"its steps changed": func(ctx context.Context, tx *storage.Tx, r *registry, o *storage.Obligation) error {
			_, err := storage.SetReminderSteps(ctx, tx, o, "T-7", r.now)
			return err
		},
	}
}

// TestAReminderNotSentYetIsTakenBack has one officer with two agencies' reports in the message, and one with the first
// alone, when something happens to the first report.
func TestAReminderNotSentYetIsTakenBack(t *testing.T) {
	for what, happen := range happenings() {
		t.Run(strings.ReplaceAll(what, " ", "_"), func(t *testing.T) {
			onEachRegistry(t, func(t *testing.T, r *registry) {
				one, other := r.owe("SCT"), r.owe("TINHDOAN")
				r.now = r.now.AddDate(0, 0, 7)
				r.remind([]int64{r.an}, one)
				r.remind([]int64{r.binh}, one, other)
				if got := r.queued(); !slices.Equal(got, []int64{r.an, r.binh}) || len(r.due()) != 0 {
					t.Fatalf("queued for %v", got)
				}
				one = r.as(one)
				r.in(func(ctx context.Context, tx *storage.Tx) error { return happen(ctx, tx, r, &one) })
				r.expectUntold(one, other)
			})
		})
	}
}

// expectUntold holds that nobody is told of two obligations any more, and that what is open of them is looked for again.
func (r *registry) expectUntold(one, other storage.Obligation) {
	r.t.Helper()
	if got := r.queued(); len(got) != 0 {
		r.t.Errorf("still queued for %v", got)
	}
	if people := append(r.told(one), r.told(other)...); len(people) != 0 {
		r.t.Errorf("noted as told to %v", people)
	}
	want := []string{"SCT", "TINHDOAN"}
	if one.State != storage.ObligationOpen {
		want = want[1:]
	}
	if got := r.due(); !slices.Equal(got, want) {
		r.t.Errorf("to be looked for: %v, want %v", got, want)
	}
}

func TestAReminderThatWasSentStays(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		one, other := r.owe("SCT"), r.owe("TINHDOAN")
		r.remind([]int64{r.binh}, one, other)
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'sent'`)
			return err
		})
		one = r.as(one)
		r.submit(&one, "draft")
		if !slices.Equal(r.told(one), []int64{r.binh}) || !slices.Equal(r.told(other), []int64{r.binh}) || len(r.due()) != 0 {
			t.Errorf("told %v and %v, due %v", r.told(one), r.told(other), r.due())
		}
	})
}

// TestWhatWasNotSentInItsTimeIsToldAnew also for what the sender gave up, as its time was over.
func TestWhatWasNotSentInItsTimeIsToldAnew(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		r.remind([]int64{r.an, r.binh}, o)
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			if _, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'expired' WHERE person_id = $1`, r.an); err != nil {
				return err
			}
			return storage.RetellReminders(ctx, tx, "remind/2026-10-01", firstMorning)
		})
		if got := r.told(o); len(got) != 2 {
			t.Errorf("the messages of this morning are taken back: told %v", got)
		}
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			return storage.RetellReminders(ctx, tx, "remind/2026-10-01", "remind/2026-11-10")
		})
		if got := r.told(o); len(got) != 0 || len(r.queued()) != 0 || !slices.Equal(r.due(), []string{"SCT"}) {
			t.Errorf("told %v, queued %v, due %v", got, r.queued(), r.due())
		}
		if kept := r.as(o); kept.ToldAt >= r.now.Add(-time.Minute).UnixMilli() {
			t.Errorf("the step counts as told: %+v", kept)
		}
	})
}

// TestWhoAnswersNoLongerForAnAgencyIsNotTold of it; what they answer for still is told to them, and to others everything.
func TestWhoAnswersNoLongerForAnAgencyIsNotTold(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		one, other := r.owe("SCT"), r.owe("TINHDOAN")
		r.remind([]int64{r.an}, one)
		r.remind([]int64{r.binh}, one, other)
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.RemoveOfficer(ctx, tx, r.binh, "SCT")
			if !ok {
				t.Error("not removed")
			}
			return err
		})
		if got := r.queued(); !slices.Equal(got, []int64{r.an}) || !slices.Equal(r.told(one), []int64{r.an}) {
			t.Errorf("queued for %v, told %v", got, r.told(one))
		}
		if got := r.due(); !slices.Equal(got, []string{"SCT", "TINHDOAN"}) {
			t.Errorf("to be looked for: %v", got)
		}
	})
}

// TestWhoWasRemindedTodayOfWhatWasMissed is told by when it was, not by when it was to be.
func TestWhoWasRemindedTodayOfWhatWasMissed(t *testing.T) {
	onEachRegistry(t, func(t *testing.T, r *registry) {
		o := r.owe("SCT")
		r.in(func(ctx context.Context, tx *storage.Tx) error {
			missed := storage.Reminder{Obligation: o.ID, Step: "T-7", Moment: r.now.AddDate(0, 0, -1).UnixMilli(), Person: r.an, Source: "remind/1"}
			if err := storage.KeepReminder(ctx, tx, missed, r.now); err != nil {
				return err
			}
			for since, want := range map[time.Time][]int64{r.now: {r.an}, r.now.Add(time.Second): {}} {
				if got, err := storage.RemindedSince(ctx, tx, o.ID, since); !slices.Equal(got, want) || err != nil {
					t.Errorf("since %s: %v, %v", since, got, err)
				}
			}
			return nil
		})
	})
}
