package zalo

import (
	"net/http"
	"sync"
	"time"

	"khoinghiep/bot"
)

// breather is how long calls wait once none remain. Packages allow so many a minute (100 with Growth, 2,000 with
// Comprehensive); where in its minute a call falls, Zalo does not say.
const breather = 10 * time.Second

// brake holds calls back while Zalo says that none remain, instead of having each of them refused.
type brake struct {
	mu    sync.Mutex
	until time.Time
}

// note reads what an answer says of calls that remain.
func (b *brake) note(h http.Header, now time.Time) {
	if h.Get("X-RateLimit-Remain") != "0" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.until = now.Add(breather)
}

// check gives a *bot.RateLimited while calls have to wait.
func (b *brake) check(now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.until) {
		return &bot.RateLimited{After: b.until.Sub(now)}
	}
	return nil
}
