// Package scheduler does what nobody asks for at the moment it is done: sending, reminding, deleting what is kept for long
// enough.
package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/robfig/cron/v3"
)

// Job is something done again and again.
type Job struct {
	Name string
	Spec string // when: minute, hour, day, month and weekday, as in crontab(5), or "@every 20s"
	Run  func(ctx context.Context, now time.Time) error
}

// Scheduler runs jobs by the clock. A job that still runs when its time comes again is skipped that time; one that panics
// is logged, and runs again when its time comes.
type Scheduler struct {
	Jobs []Job
	Zone *time.Location
	Runs *prometheus.CounterVec // how often, by job and outcome: ok or failed
}

// NewRuns registers the counter of a scheduler.
func NewRuns(r prometheus.Registerer) *prometheus.CounterVec {
	runs := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "khoinghiep_jobs_total", Help: "Scheduled jobs that were run, by job and outcome.",
	}, []string{"job", "outcome"})
	r.MustRegister(runs)
	return runs
}

// Run keeps the schedule until ctx is done, and returns when no job runs any more; ctx ends the jobs in hand. It fails
// for a specification that cannot be read.
func (s Scheduler) Run(ctx context.Context) error {
	// SkipIfStillRunning has to be the outer one: a panic that reached it would have the job skipped for ever.
	c := cron.New(cron.WithLocation(s.Zone), cron.WithLogger(logger{}),
		cron.WithChain(cron.SkipIfStillRunning(logger{}), cron.Recover(logger{})))
	for _, job := range s.Jobs {
		if _, err := c.AddFunc(job.Spec, func() { s.do(ctx, job) }); err != nil {
			return fmt.Errorf("schedule %s: %w", job.Name, err)
		}
	}
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return nil
}

func (s Scheduler) do(ctx context.Context, job Job) {
	outcome := "failed"
	defer func() { s.Runs.WithLabelValues(job.Name, outcome).Inc() }() // also after a panic
	if err := job.Run(ctx, time.Now().In(s.Zone)); err != nil {
		slog.Error("a scheduled job failed", "job", job.Name, "error", err)
		return
	}
	outcome = "ok"
}

// logger has cron write to slog.
type logger struct{}

// Info is about every start and wait.
func (logger) Info(what string, details ...any) {
	slog.Debug("the scheduler goes on", append([]any{"what", what}, details...)...)
}

// Error is about panics.
func (logger) Error(err error, what string, details ...any) {
	slog.Error("a scheduled job went wrong", append([]any{"what", what, "error", err}, details...)...)
}
