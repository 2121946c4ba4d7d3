package main

import (
	"context"
	"log/slog"

	"khoinghiep/handlers"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
)

// readLimits reads how long things are kept, and names every mistake.
func readLimits(values map[string]string) (l scheduler.Limits, mistakes []error) {
	for _, s := range []struct {
		name string
		span *scheduler.Span
	}{
		{"RETENTION_DIALOG", &l.Dialog},
		{"RETENTION_DRAFT", &l.Draft},
		{"RETENTION_ENTRY", &l.Entry},
		{"RETENTION_CONSENT", &l.Consent},
	} {
		var err error
		*s.span, err = scheduler.ParseSpan(values[s.name])
		mistakes = append(mistakes, unless(err == nil, s.name+": phải là số và đơn vị: 24h (giờ), 90d (ngày), 24m (tháng) hoặc 5y (năm)"))
	}
	return l, mistakes
}

// jobs lists what is done by the clock. A job finds its work by what is due, so it runs more often than it has any: what a
// stopped service missed is made up for within minutes.
func (a *app) jobs() []scheduler.Job {
	list := []scheduler.Job{
		{Name: "retention", Spec: "17 * * * *", Run: a.retention().Run},
		{Name: "finished", Spec: "* * * * *", Run: scheduler.Finished{Store: a.store}.Run},
		{Name: "receiving", Spec: "@every 20s", Run: a.store.Beat},
		{Name: "closings", Spec: "* * * * *", Run: scheduler.Closings{Store: a.store}.Run},
		{Name: "judging", Spec: "*/5 8-16 * * *", Run: scheduler.Judging{Store: a.store, Calendar: a.agencies.plan.Calendar}.Run},
		{Name: "nudges", Spec: "*/10 * * * *", Run: scheduler.Nudges{Store: a.store, Forms: missed(a.engine.Router.Conversations())}.Run},
		{Name: "digest", Spec: "*/15 8-17 * * *", Run: scheduler.Digest{Store: a.store, Calendar: a.agencies.plan.Calendar}.Run},
		{Name: "submissions", Spec: "*/15 8-17 * * *", Run: scheduler.Submissions{Store: a.store, Calendar: a.agencies.plan.Calendar}.Run},
		{Name: "requests", Spec: "*/10 8-16 * * *", Run: scheduler.Requests{Store: a.store, Calendar: a.agencies.plan.Calendar}.Run},
		{Name: "lost answers", Spec: "*/2 * * * *", Run: scheduler.LostAnswers{Store: a.store}.Run},
		{Name: "event places", Spec: "* * * * *", Run: scheduler.EventPlaces{Store: a.store}.Run},
		{Name: "event reminders", Spec: "*/5 * * * *", Run: scheduler.EventReminders{Store: a.store}.Run},
		{Name: "event end", Spec: "*/5 * * * *", Run: scheduler.EventEnd{Store: a.store}.Run},
	}
	list = append(list, a.agencies.jobs()...)
	if a.zaloBot != nil {
		list = append(list, scheduler.Job{Name: "zalobot", Spec: "*/30 8-17 * * *", Run: a.warnOfUsage})
	}
	return list
}

// missed lists the conversations with a form of several questions that everyone may fill in: what people would be sorry to
// have left unfinished. What corrects something that is kept already has neither a label nor a code.
func missed(list []*handlers.Conversation) []string {
	names := []string{}
	for _, c := range list {
		if c.Form != nil && !c.Form.Single && c.Role == "" && c.Label+string(c.Code) != "" {
			names = append(names, c.Name)
		}
	}
	return names
}

// schedule runs what is done by the clock, in one replica at a time, until ctx is done.
func (a *app) schedule(ctx context.Context) {
	s := scheduler.Scheduler{
		Jobs: a.jobs(), Zone: a.engine.Clock().Location(), Runs: a.jobRuns,
	}
	if err := a.store.Exclusive(ctx, "schedule", s.Run); err != nil && ctx.Err() == nil {
		slog.Error("the schedule ended", "error", err)
	}
}

func (a *app) retention() scheduler.Retention {
	var dialogs scheduler.Dialogs = storage.NewDialogs(a.store)
	if a.redis != nil {
		dialogs = a.redis
	}
	return scheduler.Retention{Limits: a.config.retention, Store: a.store, Dialogs: dialogs, Files: a.files, Rest: a.engine.Router.Rest}
}
