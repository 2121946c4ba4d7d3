package main

import (
	"context"
	"log/slog"
	"time"
)

func serve(ctx context.Context, c console, _ []string) error {
	cfg, err := configure(c)
	if err != nil {
		return err
	}
	a, err := newApp(ctx, cfg, time.Now)
	if err != nil {
		return err
	}
	if len(a.channels) == 0 {
		slog.Warn("no chat platform is configured: set TELEGRAM_TOKEN, or try `khoinghiep demo`")
	}
	return a.run(ctx)
}
