package main

import (
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// clockwork is what is done by the clock about what agencies owe.
type clockwork struct {
	obligations scheduler.Obligations
	reminders   scheduler.Reminders
	progress    scheduler.Progress
	quotas      scheduler.Quotas
}

func newClockwork(cfg config, store *storage.Store) (c clockwork, err error) {
	calendar, err := plan.LoadCalendar()
	if err != nil {
		return c, err
	}
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return c, err
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		return c, err
	}
	return clockwork{
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
