package main

import (
	"context"
	"log/slog"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// clockwork is what is done by the clock about what agencies owe, and the plan as it knows it: days off and targets follow, see
// followPlan. What is due, jobs find by the versions as they are then.
type clockwork struct {
	plan        *plan.Current
	obligations scheduler.Obligations
	reminders   scheduler.Reminders
	progress    scheduler.Progress
	quotas      scheduler.Quotas
}

func newClockwork(ctx context.Context, cfg config, store *storage.Store, now time.Time) (c clockwork, err error) {
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return c, err
	}
	versions, err := plan.LoadedVersions(ctx, store, catalogue)
	if err != nil {
		return c, err
	}
	current, err := plan.NewCurrent(versions, now.Format(time.DateOnly))
	if err != nil {
		return c, err
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		return c, err
	}
	calendar := current.Calendar
	return clockwork{
		plan:        current,
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

// followEvery is how often each replica looks for versions of the plan that were loaded, and for a new day.
const followEvery = time.Minute

// followPlan has days off and targets follow the plan, until ctx is done.
func (a *app) followPlan(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.agencies.follow(ctx, a.store, a.engine.Clock()); err != nil && ctx.Err() == nil {
				slog.Warn("the plan is not followed yet", "error", err)
			}
		}
	}
}

func (c clockwork) follow(ctx context.Context, store *storage.Store, now time.Time) error {
	versions, err := plan.LoadedVersions(ctx, store, c.obligations.Plan)
	if err != nil {
		return err
	}
	c.plan.Follow(versions, now.Format(time.DateOnly))
	return nil
}

func validDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
