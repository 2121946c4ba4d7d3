package main

import (
	"context"
	"log/slog"
	"runtime/debug"
	"time"
)

func serve(ctx context.Context, c console, _ []string) error {
	cfg, err := configure(c)
	if err != nil {
		return err
	}
	if c.getenv("GOGC") == "" {
		// Little is alive between turns (about 10 MB), so the collector would run many times a second under load: some 30 MB
		// more memory for a sixth of the CPU, see BenchmarkTurns.
		debug.SetGCPercent(400)
	}
	a, err := newApp(ctx, cfg, time.Now)
	if err != nil {
		return err
	}
	if len(a.channels) == 1 {
		slog.Info("only the web chat is served: neither Zalo nor Telegram is configured")
	}
	return a.run(ctx)
}
