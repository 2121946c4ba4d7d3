package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"khoinghiep/storage/storagetest"
)

// clockVariable makes the test binary serve with a clock that says this hour of the day, in Vietnam, when it starts.
const clockVariable = "KHOINGHIEP_TEST_HOUR"

func TestMain(m *testing.M) {
	if hour := os.Getenv(clockVariable); hour != "" {
		os.Exit(serveAt(hour))
	}
	storagetest.Main(m)
}

// serveAt is "serve" with a clock of its own: at night people are not written to first, and tests run at night.
func serveAt(hour string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	cfg, err := configure(console{os.Stdin, os.Stdout, os.Getenv})
	if err == nil {
		var a *app
		if a, err = newApp(ctx, cfg, clockAt(hour)); err == nil {
			err = a.run(ctx)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// clockAt is a clock that goes on from an hour of the present day in Vietnam, "15:04".
func clockAt(hour string) func() time.Time {
	zone := time.FixedZone("ICT", 7*60*60)
	start := time.Now()
	at, err := time.ParseInLocation("2006-01-02 15:04", start.In(zone).Format("2006-01-02 ")+hour, zone)
	if err != nil {
		panic(err)
	}
	return func() time.Time { return at.Add(time.Since(start)) }
}
