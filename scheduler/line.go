package scheduler

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"sync/atomic"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// line sends the deliveries of one channel.
type line struct {
	sender  *Sender
	channel bot.Channel
	ledger  storage.Ledger
	pace    *pace
	workers int // most deliveries on their way at once: a process that dies leaves no more than these in doubt
	ahead   int // most deliveries taken that still wait for their turn

	flying  int          // on their way
	waiting atomic.Int64 // those of them that wait for their turn
	landed  chan storage.Outcome
	pending []storage.Outcome // not kept yet
	replied atomic.Int64      // replies that the other replicas were not told of yet
}

const (
	flushEvery = 20 * time.Millisecond  // at most; so outcomes and claims are kept many at a time
	lookEvery  = 250 * time.Millisecond // how often the ledger is asked when nothing was due
	tidyEvery  = time.Second
	landIn     = 4 * time.Second // what is on its way gets so long when we stop
	keepIn     = 3 * time.Second // and keeping its outcome so long
	restartIn  = time.Second     // after a failure of the database
)

func newLine(s *Sender, ch bot.Channel) *line {
	perSecond := s.Rates[ch.Name()]
	// A send may take a fifth of a second before the rate suffers: Telegram's usual answer takes 50 to 100 ms.
	workers := 2 + int(math.Ceil(perSecond/5))
	return &line{
		sender: s, channel: ch, pace: newPace(perSecond), workers: workers, ahead: max(2, int(perSecond/10)), landed: make(chan storage.Outcome, workers),
		ledger: storage.Ledger{Store: s.Store, Owner: s.Owner, Channel: ch.Name(), Ways: s.Ways()},
	}
}

// run delivers whenever no other process does, until ctx is done.
func (l *line) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := l.ledger.Store.Exclusive(ctx, "deliver "+l.channel.Name(), l.work)
		if err != nil && ctx.Err() == nil {
			slog.Warn("delivering was interrupted", "channel", l.channel.Name(), "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(restartIn):
		}
	}
}

// work delivers until ctx is done or the database fails. Whatever was on its way has landed when it returns.
func (l *line) work(ctx context.Context) error {
	flights, ground := context.WithCancel(context.WithoutCancel(ctx))
	defer ground()
	defer l.land(ctx, ground)
	if err := l.begin(ctx); err != nil {
		return err
	}
	tidied := time.Now()
	for ctx.Err() == nil {
		busy, err := l.flush(ctx, flights)
		if err == nil && time.Since(tidied) > tidyEvery {
			tidied, err = time.Now(), l.ledger.Store.FinishAnnouncements(ctx, l.sender.Clock())
		}
		if err != nil {
			return err
		}
		l.rest(ctx, busy)
	}
	return nil
}

// begin keeps what an earlier time left to keep, and settles what is in doubt.
func (l *line) begin(ctx context.Context) error {
	if _, err := l.exchange(ctx, 0); err != nil {
		return err
	}
	if err := l.ledger.Recover(ctx, l.sender.Clock()); err != nil {
		return fmt.Errorf("recover deliveries: %w", err)
	}
	return nil
}

// flush keeps what landed and lets as many start as may; busy says that there is more to do at once.
func (l *line) flush(ctx, flights context.Context) (busy bool, err error) {
	most := min(l.workers-l.flying, l.ahead-int(l.waiting.Load()))
	if l.pace.held() {
		most = 0
	}
	taken, err := l.exchange(ctx, most)
	if err != nil {
		return false, err
	}
	for _, d := range taken.list {
		l.flying++
		l.waiting.Add(1)
		go func() { l.landed <- l.fly(flights, ctx, d) }()
	}
	return taken.more || most <= 0 && l.flying > 0, nil
}

type taken struct {
	list []storage.Delivery
	more bool
}

// exchange gives the ledger the outcomes and gets deliveries.
func (l *line) exchange(ctx context.Context, most int) (t taken, err error) {
	if len(l.pending) == 0 && most <= 0 {
		return taken{}, nil
	}
	t.list, t.more, err = l.ledger.Flush(ctx, l.sender.Clock(), l.pending, most)
	if err != nil {
		return taken{}, fmt.Errorf("exchange deliveries: %w", err)
	}
	l.pending = nil
	return t, nil
}

// rest waits for a moment, or longer when there is nothing to do, and takes in what lands meanwhile.
func (l *line) rest(ctx context.Context, busy bool) {
	enough := time.After(flushEvery)
	if !busy && l.flying == 0 {
		enough = time.After(lookEvery)
	}
	for {
		select {
		case o := <-l.landed:
			l.take(o)
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (l *line) take(o storage.Outcome) {
	l.flying--
	l.pending = append(l.pending, o)
	l.sender.Metrics.outcomes.WithLabelValues(l.channel.Name(), string(o.State)).Inc()
}

// land waits for what is on its way, a while, then cuts it off, and keeps what became of it. What cannot be kept now is
// kept by the next work.
func (l *line) land(ctx context.Context, cutOff context.CancelFunc) {
	late := time.AfterFunc(landIn, cutOff)
	defer late.Stop()
	for l.flying > 0 {
		l.take(<-l.landed)
	}
	keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepIn)
	defer cancel()
	if _, err := l.exchange(keeping, 0); err != nil {
		slog.Warn("outcomes are not kept yet", "channel", l.channel.Name(), "count", len(l.pending), "error", err)
	}
}
