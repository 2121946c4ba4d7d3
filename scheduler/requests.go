package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Requests reminds staff of questions that wait for an answer: after one working day whoever took it, or else all staff;
// after two the approvers, and whoever took it. Of steps that were missed, the latest alone goes out.
type Requests struct {
	Store    *storage.Store
	Calendar *plan.Calendar
}

// Reminders are for the hours in which somebody is there to act on them.
const (
	officeOpens  = 8
	officeCloses = 17
)

// atWork reports whether offices are open at t, by the clock where t is told.
func atWork(c *plan.Calendar, t time.Time) bool {
	return c.WorkingDay(t) && officeOpens <= t.Hour() && t.Hour() < officeCloses
}

// Run reminds of all that is due at now, in the zone of now. The ledger keeps it to once for each wait and step.
func (j Requests) Run(ctx context.Context, now time.Time) error {
	if !atWork(j.Calendar, now) {
		return nil
	}
	waiting, err := j.Store.WaitingRequests(ctx, now.AddDate(0, 0, -1)) // no working day is shorter
	if err != nil {
		return err
	}
	for _, r := range waiting {
		if step := j.step(r, now); step > 0 {
			if err := j.Store.InTx(ctx, func(tx *storage.Tx) error { return remind(ctx, tx, r, step, now) }); err != nil {
				return fmt.Errorf("remind of request %s: %w", r.Code, err)
			}
		}
	}
	return nil
}

// step is for how many working days the request waits: 0, 1, or 2 and more.
func (j Requests) step(r storage.Request, now time.Time) int {
	since := time.UnixMilli(r.WaitingAt).In(now.Location())
	for step := 2; step > 0; step-- {
		if !now.Before(j.Calendar.AddWorkingDays(since, step)) {
			return step
		}
	}
	return 0
}

func remind(ctx context.Context, tx *storage.Tx, r storage.Request, step int, now time.Time) error {
	n := storage.Notice{
		Source: fmt.Sprintf("request/%s/waiting/%d/%d", r.Code, r.WaitingAt, step), Queue: storage.QueueReminders, Again: true,
		Message: bot.Outgoing{
			Title:   "Yêu cầu " + r.Code,
			Text:    fmt.Sprintf("Người hỏi chờ trả lời đã %d ngày làm việc. Anh/chị xem giúp.", step),
			Buttons: []bot.Button{{Label: "Mở yêu cầu", Data: "yeucau:" + r.Code, Row: true}},
		},
	}
	people, err := audience(ctx, tx, r, step, now)
	if err != nil {
		return err
	}
	for _, n.Person = range people {
		if err := storage.Notify(ctx, tx, n, now); err != nil {
			return err
		}
	}
	return nil
}

// audience is who hears of a step; never who asks, who may be staff themselves.
func audience(ctx context.Context, tx *storage.Tx, r storage.Request, step int, now time.Time) (people []int64, err error) {
	switch {
	case step == 2:
		people, err = storage.PeopleWith(ctx, tx, storage.Approver, now)
	case r.Staff == 0:
		people, err = storage.PeopleWith(ctx, tx, storage.Staff, now)
	}
	if r.Staff != 0 && !slices.Contains(people, r.Staff) {
		people = append(people, r.Staff)
	}
	return slices.DeleteFunc(people, func(id int64) bool { return id == r.Person }), err
}
