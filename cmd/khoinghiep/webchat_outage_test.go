package main

import (
	"context"
	"testing"

	"khoinghiep/storage/storagetest"
)

// TestWebChatOutage is TestOutage in the web chat on two replicas.
func TestWebChatOutage(t *testing.T) {
	t.Parallel()
	for _, o := range outages() {
		if o.noRedis {
			continue
		}
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			o.playOnWeb(t)
		})
	}
}

func (o outage) playOnWeb(t *testing.T) {
	s := servers{postgres: storagetest.NewPostgres(t), redis: storagetest.NewRedis(t)}
	cfg := testConfig(s.postgres.Database(t), s.redis.URL())
	programs := []*program{startProgram(t, cfg), startProgram(t, cfg)}
	people := applicants(askedReview+1, webAccounts(t, newWebReplicas(t, programs[0].url, programs[1].url), once))
	notice := func(ctx context.Context, f *applicant) error { return f.writeUntil(ctx, busyLine) }
	if o.noLog {
		notice = answerInVain
	}
	o.play(t, s, programs, people, notice)
}

// answerInVain gives one answer, which goes on being sent once the page has seen that it is refused.
func answerInVain(ctx context.Context, f *applicant) error {
	if err := f.answerNext(ctx); err != nil {
		return err
	}
	for a := f.account.(*webAccount); a.refusals.Load() == 0; {
		rest(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
