package main

import (
	"context"
	"testing"

	"khoinghiep/storage/storagetest"
)

// TestZaloOutage is TestOutage on the Official Account: calls that Zalo gets no answer to in time come again.
func TestZaloOutage(t *testing.T) {
	t.Parallel()
	for _, o := range outages() {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			o.playOnZalo(t)
		})
	}
}

func (o outage) playOnZalo(t *testing.T) {
	s := servers{postgres: storagetest.NewPostgres(t)}
	cfg := testConfig(s.postgres.Database(t), "")
	if !o.noRedis {
		s.redis = storagetest.NewRedis(t)
		cfg.redisURL = s.redis.URL()
	}
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(cfg, server))
	saveWebhook(t, server, p.url)
	people := applicants(askedReview+1, zaloAccounts(server))
	o.play(t, s, []*program{p}, people, func(ctx context.Context, f *applicant) error { return f.writeUntil(ctx, busyLine) })
}
