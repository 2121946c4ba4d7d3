package main

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// turnLimit is far more than a turn takes: who waits that long waits for nothing.
const turnLimit = 2 * time.Minute

// play is a transcript being played on a running program.
type play struct {
	t      *testing.T
	app    *app
	now    *moment
	meet   func(a *app, name string) chat
	over   <-chan error
	people map[string]chat
	who    chat
	code   string // the one made or shown last
	ticket string // likewise
	ballot string // likewise, the code to vote by
	golden strings.Builder
}

// connector prepares a channel that tells over the end of each turn: what the program needs beside its own channels, and
// how people get to talk with the bot there.
type connector func(t *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat)

// replay plays a script on a program of its own, and gives what happened.
func replay(t *testing.T, cfg config, script []step, connect connector) string {
	t.Helper()
	return playThrough(t, cfg, script, connect).golden.String()
}

// playThrough is replay with the people who took part.
func playThrough(t *testing.T, cfg config, script []step, connect connector) *play {
	t.Helper()
	p, end := beginPlay(t, cfg, connect)
	defer end()
	for _, s := range script {
		p.step(s)
	}
	return p
}

// beginPlay starts a program to play on, until end.
func beginPlay(t *testing.T, cfg config, connect connector) (p *play, end func()) {
	t.Helper()
	over := make(chan error, 8)
	extra, meet := connect(t, over)
	now := &moment{at: time.Date(2026, time.November, 22, 2, 0, 0, 0, time.UTC)}
	cfg.filesDir, cfg.still = t.TempDir(), true
	a, err := newApp(t.Context(), cfg, now.get, extra...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	p = &play{t: t, app: a, now: now, meet: meet, over: over, people: map[string]chat{}}
	p.become("Lê Văn An")
	return p, func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ended: %v", err)
		}
	}
}

// step plays one line and writes down what came of it. A millisecond passes with each: nobody does two things at once, and
// rows are in the order of their age.
func (p *play) step(s step) {
	p.t.Helper()
	p.golden.WriteString(s.line + "\n")
	p.now.pass(time.Millisecond)
	if !p.arrange(s) {
		turns := p.who.do(p.spelled(s))
		if turns == 0 {
			p.golden.WriteString("(nothing reaches the bot)\n")
		}
		p.await(s, turns)
	}
	answers := p.who.unread()
	if s.quiet {
		for _, m := range answers {
			p.masked(m.lines())
		}
		return
	}
	for i, m := range answers {
		if i > 0 {
			p.golden.WriteString("\n")
		}
		p.golden.WriteString(p.masked(m.lines()))
	}
	p.golden.WriteString("\n")
}

// arrange carries out what happens beside the conversation, and tells whether that is all.
func (p *play) arrange(s step) bool {
	p.t.Helper()
	switch s.verb {
	case "":
	case "as":
		p.become(s.arg)
	case "wait":
		p.now.pass(duration(p.t, s.arg))
	case "golive":
		p.app.agencies.obligations.GoLive = s.arg
	case "obligation":
		oblige(p.t, p.app, s.arg)
	case "invite":
		p.invite(s.arg)
	case "contest":
		p.loadContest(s.arg)
	case "votes":
		p.castVotes(s.arg)
	case "errands":
		p.runErrands()
	case "notices":
		p.deliver()
	case "job":
		p.runJob(s.arg)
	default:
		return false
	}
	return true
}

// invite has a code made for a role, or for an officer of an agency.
func (p *play) invite(whom string) {
	p.t.Helper()
	if agency, ok := strings.CutPrefix(whom, "officer "); ok {
		p.code = inviteOfficer(p.t, p.app, agency)
		return
	}
	now := p.now.get()
	code, err := p.app.store.Invite(p.t.Context(), storage.Role(whom), now, now.Add(inviteFor))
	if err != nil {
		p.t.Fatal(err)
	}
	p.code = code
}

// runErrands has errands run until there are none left and all they brought about is sent.
func (p *play) runErrands() {
	p.t.Helper()
	eventually(p.t, "the errands are run", func() bool { return atRest(p.t.Context(), p.app) })
}

// deliver has the sender work until nothing is due.
func (p *play) deliver() {
	p.t.Helper()
	ctx, stop := context.WithCancel(p.t.Context())
	var working sync.WaitGroup
	working.Go(func() { p.app.sender.Run(ctx) })
	eventually(p.t, "the notices are sent", func() bool {
		n, err := p.app.store.WaitingDeliveries(ctx, p.app.engine.Clock())
		return n == 0 && err == nil
	})
	stop()
	working.Wait()
	p.runErrands() // those of chats that are gone
}

func (p *play) runJob(name string) {
	p.t.Helper()
	for _, job := range p.app.jobs() {
		if job.Name == name {
			if err := job.Run(p.t.Context(), p.app.engine.Clock()); err != nil {
				p.t.Fatalf("run %s: %v", name, err)
			}
			return
		}
	}
	p.t.Fatalf("no job is named %q", name)
}

var (
	shownCode   = regexp.MustCompile(`\b[B-Z]{4}-[B-Z]{4}-[B-Z]{4}-[B-Z]{4}\b|\b[B-Z]{16}\b`)
	shownTicket = regexp.MustCompile(`Vé: [B-Z]{4}-[B-Z]{4}-[B-Z]{2}\b|/ve/[B-Z]{10}\b`)
	shownBallot = regexp.MustCompile(`BC-[A-Z2-7]{7}\b`)
	shownLink   = regexp.MustCompile(`/f/[0-9a-f]{64}/\d+/[0-9a-f]{64}`) // to a file, signed with a key of each play's own
)

// masked takes codes, tickets and signatures, which are random, out of what is written down, and remembers the last of each.
func (p *play) masked(text string) string {
	text = shownLink.ReplaceAllString(text, "/f/(link)")
	text = shownTicket.ReplaceAllStringFunc(text, func(shown string) string {
		p.ticket = shown[len("/ve/"):]
		if before, ticket, ok := strings.Cut(shown, " "); ok {
			p.ticket = ticket
			return before + " (ticket)"
		}
		return "/ve/(ticket)"
	})
	text = shownBallot.ReplaceAllStringFunc(text, func(shown string) string {
		p.ballot = shown
		return "BC-(code)"
	})
	return shownCode.ReplaceAllStringFunc(text, func(word string) string {
		code, ok := storage.NormalCode(word)
		if !ok {
			return word
		}
		p.code = code
		return "(code)"
	})
}

// spelled puts in what a script cannot spell out.
func (p *play) spelled(s step) step {
	switch {
	case s.verb == "nfd":
		s.verb, s.arg = "type", norm.NFD.String(s.arg)
	case s.verb == "code":
		s.verb, s.arg = "type", p.code
	case s.verb == "ticket":
		s.verb, s.arg = "type", p.ticket
	case s.verb == "ballot":
		s.verb, s.arg = "type", p.ballot
	case s.verb == "start" && s.arg == "ballot":
		s.arg = "binhchon-" + p.ballot
	case s.verb == "start" && s.arg == "ticket":
		s.arg = "soatve-" + strings.ReplaceAll(p.ticket, "-", "")
	case s.verb == "sheet":
		s.data, s.arg = sheet(p.t, s.arg), s.arg+".xlsx"
	case s.verb == "start" && s.arg == "code":
		s.arg = p.code
	}
	return s
}

// await waits for the end of the turns that a step brought about.
func (p *play) await(s step, turns int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), turnLimit)
	defer cancel()
	for range turns {
		select {
		case err := <-p.over:
			if err != nil {
				p.t.Fatalf("after %q: %v", s.line, err)
			}
		case <-ctx.Done():
			p.t.Fatalf("after %q: the turn does not end", s.line)
		}
	}
}

func (p *play) become(name string) {
	if p.people[name] == nil {
		p.people[name] = p.meet(p.app, name)
	}
	p.who = p.people[name]
}
