package main

import (
	"context"
	"net/http"
	"slices"
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
	noLog   bool          // nor can the web chat say anything meanwhile: its log is out of reach, too
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
		{name: "PostgreSQL stopped", noLog: true, begin: func(s servers) { s.postgres.Stop() }, end: func(s servers) { s.postgres.Start() }},
		{name: "PostgreSQL stopped, no Redis", noRedis: true, begin: func(s servers) { s.postgres.Stop() }, end: func(s servers) { s.postgres.Start() }},
	}
}

// TestOutage lets servers fail while people register, each at another question. What the database had before is never asked
// again; people read one line if they have to wait; and everybody gets to the end without a restart of ours.
func TestOutage(t *testing.T) {
	t.Parallel()
	for _, o := range outages() {
		for name, open := range stages() {
			t.Run(o.name+", on "+name, func(t *testing.T) {
				t.Parallel()
				o.playOn(t, open(t))
			})
		}
	}
}

func (o outage) playOn(t *testing.T, platform stage) {
	s := servers{postgres: storagetest.NewPostgres(t)}
	cfg := testConfig(s.postgres.Database(t), "")
	if !o.noRedis {
		s.redis = storagetest.NewRedis(t)
		cfg.redisURL = s.redis.URL()
	}
	p := startProgram(t, platform.settings(cfg, "webhook", 1000))
	platform.callInTurn(t, p.url)
	people := applicants(askedReview+1, accountsOn(platform))
	o.play(t, s, []*program{p}, people, func(ctx context.Context, f *applicant) error { return f.writeUntil(ctx, busyLine) })
}

// play has the servers fail under the replicas of a program; notice writes on until a person learns of it.
func (o outage) play(t *testing.T, s servers, replicas []*program, people []*applicant, notice func(context.Context, *applicant) error) {
	t.Helper()
	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, 0) })
	if o.before != nil {
		o.before(s)
	}
	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, slices.Index(people, f)) })
	for _, p := range replicas {
		if s.redis != nil {
			p.awaitDrain(t)
		}
	}
	o.begin(s)
	if o.end != nil {
		awaitReadiness(t, replicas, http.StatusServiceUnavailable)
		mustAll(t, people, notice) // nothing can be kept any more
		o.end(s)
		awaitReadiness(t, replicas, http.StatusOK)
	}
	mustAll(t, people, register)
	checkKept(t, replicas[0].app.store, people)
	for _, f := range people {
		if told := f.titled(busyLine); told > 1 {
			t.Errorf("%s was told %d times that we are busy", f.name, told)
		}
	}
}

func awaitReadiness(t *testing.T, replicas []*program, status int) {
	t.Helper()
	for _, p := range replicas {
		eventually(t, "readiness "+http.StatusText(status), func() bool { return p.readiness() == status })
	}
}

// TestPollingComesBack loses PostgreSQL, and with it the lock that lets one replica poll: nobody need be told, as nothing is
// fetched meanwhile, but everybody goes on afterwards.
func TestPollingComesBack(t *testing.T) {
	t.Parallel()
	postgres, server := storagetest.NewPostgres(t), newPlatform(t)
	p := startProgram(t, onTelegram(testConfig(postgres.Database(t), ""), server, "poll"))
	people := applicants(4, telegramAccounts(server))
	mustAll(t, people, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName) })
	postgres.Stop()
	eventually(t, "unreadiness", func() bool { return p.readiness() == http.StatusServiceUnavailable })
	for _, f := range people {
		f.send("trợ giúp")
	}
	postgres.Start()
	mustAll(t, people, register)
	checkKept(t, p.app.store, people)
}
