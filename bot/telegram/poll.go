package telegram

import (
	"context"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

const (
	batch    = 100                   // updates in one answer, Telegram's most
	minPause = 50 * time.Millisecond // after an answer that left something to do
	maxPause = time.Second           // after several that brought nothing new
)

// Poll hands updates to accept until ctx is done, then waits for those in hand and confirms them to Telegram; its error
// tells that this last step failed, so that settled updates will come again. It never gives up before: what goes wrong
// on the way is logged and tried again. A failed update comes again up to 1 s after those before it are answered; later ones
// may have been handed in by then, so keeping a chat in order is up to accept.
func (c *Channel) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	p := &poller{channel: c, accept: accept, done: make(chan outcome, batch), window: window{states: map[int]state{}}}
	for ctx.Err() == nil {
		p.round(ctx)
	}
	for p.window.busy() {
		p.finish(<-p.done)
	}
	return p.confirm(context.WithoutCancel(ctx))
}

// poller is one run of Poll. Only its goroutine touches it; accepted updates report through done.
type poller struct {
	channel  *Channel
	accept   func(bot.Incoming) <-chan error
	done     chan outcome
	window   window
	told     int           // the offset that Telegram got last
	pause    time.Duration // of the last round
	failures int           // requests that failed in a row
}

type outcome struct {
	id  int
	err error
}

// round is one request, what it brought, and the pause after it.
func (p *poller) round(ctx context.Context) {
	began := time.Now()
	offset := p.window.offset
	updates, err := p.channel.updates(ctx, offset, batch, p.channel.pollTimeout)
	if err != nil {
		p.failed(ctx, err)
		return
	}
	p.failures, p.told = 0, offset
	fresh := p.hand(updates)
	waited := len(updates) == 0 && time.Since(began) >= maxPause
	if fresh || waited {
		p.pause = 0
	}
	if !waited {
		p.pause = min(max(2*p.pause, minPause), maxPause)
		p.sleep(ctx, p.pause, p.moved)
	}
}

// moved tells that all that came is settled and the next request will say so. Before that, a request is answered at
// once with what we have already.
func (p *poller) moved() bool { return p.window.empty() && p.window.offset > p.told }

// hand gives accept what it does not have yet, and tells whether something came for the first time.
func (p *poller) hand(updates []tgbotapi.Update) (fresh bool) {
	now := time.Now()
	given := make([]handed, 0, len(updates))
	for _, u := range updates {
		if u.UpdateID <= 0 { // no update at all
			continue
		}
		hand, first := p.window.take(u.UpdateID)
		fresh = fresh || first
		if !hand {
			continue
		}
		in, ok := decode(u, now)
		if !ok { // nothing for us, so nothing to wait for
			p.window.finish(u.UpdateID, nil)
			continue
		}
		given = append(given, handed{u.UpdateID, p.accept(in)})
	}
	go p.await(given)
	return fresh
}

// handed is an update that accept has.
type handed struct {
	id      int
	settled <-chan error
}

// await reports how the updates end, in their order: Telegram cannot be told of a later one before, anyway.
func (p *poller) await(given []handed) {
	for _, h := range given {
		p.done <- outcome{h.id, <-h.settled}
	}
}

func (p *poller) finish(o outcome) {
	if o.err != nil { // whoever accepted it logs why; the reason may hold what a person wrote
		p.channel.log.Warn("telegram: an update is not settled and will be handed in again", "update", o.id)
	}
	p.window.finish(o.id, o.err)
}

// sleep takes what is reported until the time is over, enough says so, or ctx is done.
func (p *poller) sleep(ctx context.Context, wait time.Duration, enough func() bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for !enough() {
		select {
		case o := <-p.done:
			p.finish(o)
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		}
	}
}
