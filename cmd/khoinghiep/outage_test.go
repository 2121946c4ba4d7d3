package main

import (
	"context"
	"net/http"
	"testing"

	"khoinghiep/storage/storagetest"
)

// busyLine begins what people read while storage is out of reach.
const busyLine = "Hệ thống đang bận"

// servers are what goes away.
type servers struct {
	postgres *storagetest.Postgres
	redis    *storagetest.Redis // nil: dialogs are in the database alone
}

// outage is a failure of a server, with people in the middle of their registrations.
type outage struct {
	name    string
	noRedis bool
	before  func(servers) // early in the registrations
	begin   func(servers)
	end     func(servers) // nil: it is over at once, and nobody notices
}

func outages() []outage {
	return []outage{
		{name: "Redis flushed", begin: func(s servers) { s.redis.Flush() }},
		{name: "Redis restored from an old snapshot", before: func(s servers) { s.redis.Snapshot() },
			begin: func(s servers) { s.redis.Stop(); s.redis.Start() }},
		{name: "Redis stopped", begin: func(s servers) { s.redis.Stop() }, end: func(s servers) { s.redis.Start() }},
		{name: "Redis hangs", begin: func(s servers) { s.redis.Pause() }, end: func(s servers) { s.redis.Resume() }},
		{name: "PostgreSQL stopped", begin: func(s servers) { s.postgres.Stop() }, end: func(s servers) { s.postgres.Start() }},
		{name: "PostgreSQL stopped, no Redis", noRedis: true, begin: func(s servers) { s.postgres.Stop() }, end: func(s servers) { s.postgres.Start() }},
	}
}

// TestOutage lets servers fail while people register, each at another question. What the database had before is never asked
// again; people read one line if they have to wait; and everybody gets to the end without a restart of ours.
func TestOutage(t *testing.T) {
	t.Parallel()
	for _, o := range outages() {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			o.play(t)
		})
	}
}

func (o outage) play(t *testing.T) {
	s := servers{postgres: storagetest.NewPostgres(t)}
	cfg := testConfig(s.postgres.Database(t), "")
	if !o.noRedis {
		s.redis = storagetest.NewRedis(t)
		cfg.redisURL = s.redis.URL()
	}
	server := newPlatform(t)
	p := startProgram(t, onTelegram(cfg, server, "webhook"))
	server.Duplicate(1, p.hook())
	people := applicants(server, askedReview+1)

	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, 0) })
	if o.before != nil {
		o.before(s)
	}
	for i, f := range people {
		mustAll(t, people[i:i+1], func(ctx context.Context, _ *applicant) error { return f.answerUntil(ctx, i) })
	}
	if s.redis != nil {
		p.awaitDrain(t)
	}
	o.begin(s)
	if o.end != nil {
		sitOut(t, p, people)
		o.end(s)
		eventually(t, "readiness", func() bool { return p.readiness() == http.StatusOK })
	}
	mustAll(t, people, register)
	checkKept(t, p.app.store, people)
	for _, f := range people {
		if told := f.titled(busyLine); told > 1 {
			t.Errorf("%s was told %d times that we are busy", f.Name, told)
		}
	}
}

// sitOut has everybody write on until nothing can be kept any more and they are told.
func sitOut(t *testing.T, p *program, people []*applicant) {
	t.Helper()
	eventually(t, "unreadiness", func() bool { return p.readiness() == http.StatusServiceUnavailable })
	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.writeUntil(ctx, busyLine) })
}

// TestPollingComesBack loses PostgreSQL, and with it the lock that lets one replica poll: nobody need be told, as nothing is
// fetched meanwhile, but everybody goes on afterwards.
func TestPollingComesBack(t *testing.T) {
	t.Parallel()
	postgres, server := storagetest.NewPostgres(t), newPlatform(t)
	p := startProgram(t, onTelegram(testConfig(postgres.Database(t), ""), server, "poll"))
	people := applicants(server, 4)
	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName) })
	postgres.Stop()
	eventually(t, "unreadiness", func() bool { return p.readiness() == http.StatusServiceUnavailable })
	for _, f := range people {
		f.Send("trợ giúp")
	}
	postgres.Start()
	mustAll(t, people, register)
	checkKept(t, p.app.store, people)
}
