package scheduler

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps what is sent on a channel within its rate, and still when the platform asks for it.
type pace struct {
	limiter *rate.Limiter

	mu    sync.Mutex
	until time.Time // the platform wants nothing before
}

// newPace keeps a rate, less a hundredth, at most 0.3 a second: that is room for a reply, which does not wait, and for a line
// that is now slow and now fast by 10 ms. So at 30 a second, with one reply among them, 31 are the most in any. A few may go
// at once at high rates, up to 30 ms of them, as no timer is exact.
func newPace(perSecond float64) *pace {
	return &pace{limiter: rate.NewLimiter(rate.Limit(perSecond-min(0.3, perSecond/100)), max(1, int(perSecond/33)))}
}

var errHeld = errors.New("the platform asked to wait")

// wait returns when the next message may be sent; errHeld: nobody knows when.
func (p *pace) wait(ctx context.Context) error {
	if p.held() {
		return errHeld
	}
	if err := p.limiter.Wait(ctx); err != nil {
		return err //nolint:wrapcheck // that ctx is done
	}
	if p.held() {
		return errHeld
	}
	return nil
}

// took counts messages that did not wait: those that wait do so the longer, but by no more than a second, which is what
// platforms look at.
func (p *pace) took(messages int) {
	for range messages {
		if r := p.limiter.Reserve(); r.Delay() > time.Second {
			r.Cancel()
			return
		}
	}
}

// hold has everything that waits be still for a while.
func (p *pace) hold(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(d); until.After(p.until) {
		p.until = until
	}
}

func (p *pace) held() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Before(p.until)
}
