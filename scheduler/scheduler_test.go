package scheduler_test

import (
	"context"
	"errors"
	"maps"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/scheduler"
)

// schedule runs one job at every full hour of Vietnam for as long as told, in the time of a bubble, and gives the counter.
func schedule(t *testing.T, lasting time.Duration, run func(ctx context.Context, now time.Time) error) *prometheus.Registry {
	t.Helper()
	counted := prometheus.NewRegistry()
	ctx, stop := context.WithCancel(t.Context())
	s := scheduler.Scheduler{
		Jobs: []scheduler.Job{{Name: "job", Spec: "0 * * * *", Run: run}},
		Zone: time.FixedZone("ICT", 7*60*60), Runs: scheduler.NewRuns(counted),
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	time.Sleep(lasting)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("the schedule ended: %v", err)
	}
	return counted
}

// expect compares how often the job ended in each way.
func expect(t *testing.T, counted *prometheus.Registry, want map[string]float64) {
	t.Helper()
	families, err := counted.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			got[m.GetLabel()[1].GetValue()] = m.GetCounter().GetValue() // labels are in the order of their names
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestJobsRunByTheClockOfTheZone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := schedule(t, 3*time.Hour+time.Minute, func(_ context.Context, now time.Time) error {
			if name, _ := now.Zone(); now.Minute() != 0 || name != "ICT" {
				t.Errorf("run at %s", now)
			}
			return nil
		})
		expect(t, runs, map[string]float64{"ok": 3})
	})
}

func TestJobThatFailsOrPanicsRunsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		runs := schedule(t, 3*time.Hour+time.Minute, func(context.Context, time.Time) error {
			switch n.Add(1) {
			case 1:
				panic("bad")
			case 2:
				return errors.New("worse")
			}
			return nil
		})
		expect(t, runs, map[string]float64{"failed": 2, "ok": 1})
	})
}

func TestJobThatStillRunsIsSkippedAndEndsWithTheSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := schedule(t, 4*time.Hour+time.Minute, func(ctx context.Context, _ time.Time) error {
			<-ctx.Done()
			return nil
		})
		expect(t, runs, map[string]float64{"ok": 1})
	})
}

func TestUnreadableSpecificationIsRefused(t *testing.T) {
	s := scheduler.Scheduler{Jobs: []scheduler.Job{{Name: "job", Spec: "sometimes"}}, Zone: time.UTC}
	if err := s.Run(t.Context()); err == nil {
		t.Error("no error")
	}
}
