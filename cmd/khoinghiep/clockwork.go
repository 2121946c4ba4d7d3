package main

import (
	"context"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// clockwork is what is done by the clock about what agencies owe, and the plan as it knows it: days off, names and targets
// of a version that is loaded later count from the next start on. What is due, jobs find by the versions as they are then.
type clockwork struct {
	versions    plan.Versions
	calendar    *plan.Calendar
	obligations scheduler.Obligations
	reminders   scheduler.Reminders
	progress    scheduler.Progress
	quotas      scheduler.Quotas
}

func newClockwork(ctx context.Context, cfg config, store *storage.Store) (c clockwork, err error) {
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return c, err
	}
	versions, err := scheduler.VersionsOf(ctx, store, catalogue)
	if err != nil {
		return c, err
	}
	calendar, err := plan.LoadCalendar(versions...)
	if err != nil {
		return c, err
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		return c, err
	}
	return clockwork{
		versions: versions, calendar: calendar,
		obligations: scheduler.Obligations{Store: store, Plan: catalogue, GoLive: cfg.goLive},
		reminders:   scheduler.Reminders{Store: store, Calendar: calendar, Steps: steps},
		progress:    scheduler.Progress{Store: store, Calendar: calendar},
		quotas:      scheduler.Quotas{Store: store, Calendar: calendar, Plan: catalogue, GoLive: cfg.goLive},
	}, nil
}

// jobs lists them for cron: obligations before people are reminded of them.
func (c clockwork) jobs() []scheduler.Job {
	return []scheduler.Job{
		{Name: "obligations", Spec: "*/10 * * * *", Run: c.obligations.Run},
		{Name: "reminders", Spec: "*/5 8-16 * * *", Run: c.reminders.Run},
		{Name: "progress", Spec: "*/15 8-16 * * *", Run: c.progress.Run},
		{Name: "quotas", Spec: "20 8-16 * * *", Run: c.quotas.Run},
	}
}

func validDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
