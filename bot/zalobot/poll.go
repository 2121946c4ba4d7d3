package zalobot

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"khoinghiep/bot"
)

const (
	minPause   = 50 * time.Millisecond // after an answer at once that brought nothing new
	maxPause   = time.Second           // after several of them, and before an update is handed in again
	maxBackoff = 30 * time.Second      // between requests that fail
)

// Poll hands updates to accept, one after another, until ctx is done. It is for development only, because fetching an
// update acknowledges it [2+]: one that comes while the program stops or dies is lost, as is one that is not settled by
// then. While the program runs, an update that fails is handed in again each second. What goes wrong with fetching is
// logged and tried again; the error is always nil.
func (c *Channel) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	p := &poller{channel: c, accept: accept}
	for ctx.Err() == nil {
		p.round(ctx)
	}
	return nil
}

// poller is one run of Poll.
type poller struct {
	channel  *Channel
	accept   func(bot.Incoming) <-chan error
	last     string        // id of the update that was handed in last
	pause    time.Duration // of the last round
	failures int           // requests that failed in a row
}

// round is one request, what it brought, and the pause after it. An idle one ends with code 408 [2+].
func (p *poller) round(ctx context.Context) {
	began := time.Now()
	in, ok, err := p.channel.fetch(ctx)
	if err != nil && code(err) != http.StatusRequestTimeout {
		p.failed(ctx, err)
		return
	}
	p.failures = 0
	fresh := ok && in.ID != p.last
	if ok {
		p.last = in.ID
		p.settle(ctx, in)
	}
	if fresh || time.Since(began) >= maxPause {
		p.pause = 0
		return
	}
	p.pause = min(max(2*p.pause, minPause), maxPause)
	sleep(ctx, p.pause)
}

// fetch takes the next update from Zalo, which then has it no more; ok is false when it holds nothing for us. Zalo knows no
// offset and gives one update a call [2+].
func (c *Channel) fetch(ctx context.Context) (in bot.Incoming, ok bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.pollTimeout+callTimeout)
	defer cancel()
	request := struct {
		Timeout int `json:"timeout"` // documented as a string, shown as a number [?]
	}{int(c.pollTimeout.Seconds())}
	raw, err := c.do(ctx, "getUpdates", request)
	if err != nil {
		return bot.Incoming{}, false, err
	}
	var e event
	fill(&e, raw)
	in, ok = decode(e, time.Now())
	return in, ok, nil
}

// settle hands an update in until it is settled or ctx is done; nobody else has it any more.
func (p *poller) settle(ctx context.Context, in bot.Incoming) {
	for {
		err := <-p.accept(in)
		if err == nil {
			return
		}
		// Whoever accepted it logs why; the reason may hold what a person wrote.
		p.channel.log.Warn("zalobot: an update is not settled and will be handed in again", "update", in.ID)
		if !sleep(ctx, maxPause) {
			p.channel.log.Warn("zalobot: an update is lost", "update", in.ID)
			return
		}
	}
}

// failed logs why updates cannot be fetched and waits before the next try, up to 30 s, with jitter.
func (p *poller) failed(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	wait := min(maxBackoff, 500*time.Millisecond<<min(p.failures, 10))
	wait = wait/2 + rand.N(wait/2)
	p.failures++
	advice := "will try again"
	var limited *bot.RateLimited
	switch {
	case errors.As(err, &limited):
		wait = limited.After
	case code(err) == http.StatusUnauthorized:
		advice, wait = "Zalo does not know this token: ask Zalo Bot Manager for it", maxBackoff
	}
	p.channel.log.Warn("zalobot: cannot fetch updates", "err", err, "advice", advice, "wait", wait)
	sleep(ctx, wait)
}

// sleep passes d; false: ctx was done before.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
