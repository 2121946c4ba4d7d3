package scheduler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Quotas tells staff once a year which events the plan still wants: on the day that the quota names, or the working day
// before; what was missed is made up for within a month.
type Quotas struct {
	Store    *storage.Store
	Calendar *plan.Calendar
	Plan     *plan.Catalogue // see Obligations
	GoLive   string          // nothing is told before that day
}

// Run tells what is missing at now.
func (j Quotas) Run(ctx context.Context, now time.Time) error {
	if !atWork(j.Calendar, now) || now.Format(time.DateOnly) < j.GoLive {
		return nil
	}
	versions, err := plan.LoadedVersions(ctx, j.Store, j.Plan)
	if err != nil {
		return err
	}
	current := versions.On(now.Format(time.DateOnly))
	return j.Store.InTx(ctx, func(tx *storage.Tx) error {
		for _, q := range current.Quotas {
			if err := j.warn(ctx, tx, current, q, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (j Quotas) warn(ctx context.Context, tx *storage.Tx, c *plan.Catalogue, q plan.Quota, now time.Time) error {
	day, err := time.ParseInLocation("2/1/2006", fmt.Sprintf("%s/%d", q.Warn, now.Year()), now.Location())
	if q.Warn == "" || q.Every != plan.EveryYear || err != nil {
		return nil //nolint:nilerr // a day that is none in this year, such as 29/02
	}
	from := day
	if !j.Calendar.WorkingDay(day) {
		from = j.Calendar.AddWorkingDays(day, -1)
	}
	if now.Before(from) || now.After(day.AddDate(0, 1, 0)) {
		return nil
	}
	source := fmt.Sprintf("quota/%s/%d", q.ID, now.Year())
	told, err := storage.ToldBy(ctx, tx, source)
	if err != nil || len(told) > 0 {
		return err
	}
	text, err := missing(ctx, tx, c, q, now)
	if err != nil || text == "" {
		return err
	}
	return storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{Source: source, Queue: storage.QueueNotices, Again: true, Message: bot.Outgoing{
		Title: fmt.Sprintf("Định mức năm %d chưa đạt", now.Year()), Text: text,
		Buttons: []bot.Button{{Label: "Xem định mức", Data: fmt.Sprintf("dinhmuc:%d", now.Year()), Row: true}, {Label: "Ghi sự kiện", Data: "ghisukien:", Row: true}},
	}}, now)
}

// missing says what a quota still wants in the year of now; "" for nothing.
func missing(ctx context.Context, tx *storage.Tx, c *plan.Catalogue, q plan.Quota, now time.Time) (string, error) {
	held, err := storage.HeldEvents(ctx, tx, q.Task, fmt.Sprintf("%d-01-01", now.Year()), fmt.Sprintf("%d-12-31", now.Year()))
	if err != nil {
		return "", err
	}
	if q.By == plan.ByLead {
		return missingOfLeads(ctx, tx, c, q, held, now)
	}
	if len(held) >= q.Least {
		return "", nil
	}
	return fmt.Sprintf("%s (nhiệm vụ %s): cần ít nhất %d, đã ghi nhận %d.", q.Title, q.Task, q.Least, len(held)), nil
}

// missingOfLeads names the agencies that lead a task, or were chosen to, and have not held enough.
func missingOfLeads(ctx context.Context, tx *storage.Tx, c *plan.Catalogue, q plan.Quota, held []storage.HeldEvent, now time.Time) (string, error) {
	owing, err := storage.AgenciesWithTask(ctx, tx, q.Task, now.Year())
	if err != nil {
		return "", err
	}
	task, _ := c.Task(q.Task)
	for _, lead := range task.Leads {
		if found, choice := c.Resolve(lead, now.Format(time.DateOnly)); !choice {
			owing = append(owing, found...)
		}
	}
	agencies, err := storage.Agencies(ctx, tx)
	if err != nil {
		return "", err
	}
	names := []string{}
	for _, a := range agencies {
		n := 0
		for _, e := range held {
			if e.Agency == a.ID {
				n++
			}
		}
		if slices.Contains(owing, a.ID) && n < q.Least {
			names = append(names, a.Short)
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	return fmt.Sprintf("%s (nhiệm vụ %s): cần ít nhất %d mỗi năm. Chưa ghi nhận đủ: %s.", q.Title, q.Task, q.Least, strings.Join(names, "; ")), nil
}
