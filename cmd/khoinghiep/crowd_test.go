package main

import (
	"context"
	"testing"
	"time"
)

// TestCrowd has 100 people give four answers each without waiting for the questions, by both ways of delivery.
func TestCrowd(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		for _, mode := range []string{"poll", "webhook"} {
			for _, latency := range []time.Duration{0, 30 * time.Millisecond} {
				t.Run(mode+" "+latency.String(), func(t *testing.T) { crowd(t, empty(), telegramStage{newPlatform(t)}, mode, latency) })
			}
		}
	})
}

func crowd(t *testing.T, cfg config, platform stage, mode string, latency time.Duration) {
	platform.Latency(latency)
	p := startProgram(t, platform.settings(cfg, mode, 1000))
	platform.callInTurn(t, p.url)
	people := applicants(100, accountsOn(platform))
	mustAll(t, people, registerInHaste)
	checkKept(t, p.app.store, people)
}

// registerInHaste is register with four answers before their questions have come.
func registerInHaste(ctx context.Context, f *applicant) error {
	if err := f.answerUntil(ctx, askedName); err != nil {
		return err
	}
	for _, q := range f.questions()[askedName:askedField] {
		f.send(q.says)
	}
	f.answered = askedField
	return register(ctx, f)
}
