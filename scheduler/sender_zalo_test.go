package scheduler_test

import (
	"net/http"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// Everything that Zalo may answer, and the state that it ends in. Nothing that may have arrived is sent again by itself, as
// Zalo charges for it. The clock passes an hour after each round.
func TestWhateverZaloAnswersEndsInTheRightState(t *testing.T) {
	always := func(code int) func(int) *zalotest.Fault { return zalotest.Always(zalotest.Refuse(code)) }
	once := func(f zalotest.Fault) func(int) *zalotest.Fault { return zalotest.First(1, f) }
	for name, c := range map[string]struct {
		answers  func(n int) *zalotest.Fault
		waits    bool // everything for Zalo does
		rounds   int  // after the first
		state    storage.DeliveryState
		reason   string
		attempts int64
		received int
	}{
		"taken":                     {state: storage.DeliverySent, received: 1},
		"too many calls":            {answers: always(-32), waits: true, state: storage.DeliveryQueued},
		"at night":                  {answers: always(-234), waits: true, state: storage.DeliveryQueued},
		"the package ended":         {answers: always(-224), waits: true, state: storage.DeliveryQueued},
		"the token is refused":      {answers: always(-216), waits: true, state: storage.DeliveryQueued},
		"a proxy's 429":             {answers: zalotest.Always(zalotest.Page(http.StatusTooManyRequests)), waits: true, state: storage.DeliveryQueued},
		"502, then taken":           {answers: once(zalotest.Page(http.StatusBadGateway)), rounds: 1, state: storage.DeliverySent, attempts: 1, received: 1},
		"502 for ever":              {answers: zalotest.Always(zalotest.Page(http.StatusBadGateway)), rounds: 9, state: storage.DeliveryFailed, reason: storage.TriedTooOften, attempts: 8},
		"a code of later years":     {answers: once(zalotest.Refuse(-999)), rounds: 1, state: storage.DeliverySent, attempts: 1, received: 1},
		"cut, but taken":            {answers: once(zalotest.Fault{Cut: true, Done: true}), rounds: 2, state: storage.DeliveryUnknown, reason: storage.CutOff, received: 1},
		"cut, and not taken":        {answers: once(zalotest.Fault{Cut: true}), rounds: 2, state: storage.DeliveryUnknown, reason: storage.CutOff},
		"no answer, but taken":      {answers: once(zalotest.Fault{Hang: true, Done: true}), rounds: 2, state: storage.DeliveryUnknown, reason: storage.CutOff, received: 1},
		"an answer that is no JSON": {answers: once(zalotest.Fault{Done: true, Body: "<oops"}), rounds: 2, state: storage.DeliveryUnknown, reason: storage.CutOff, received: 1},
		"not a follower":            {answers: always(-213), state: storage.DeliveryUnreachable, reason: storage.NoChat},
		"banned or away":            {answers: always(-227), state: storage.DeliveryUnreachable, reason: storage.NoChat},
		"restricted by the person":  {answers: always(-244), state: storage.DeliveryUnreachable, reason: storage.NoChat},
		"the window is closed":      {answers: always(-230), state: storage.DeliveryUnreachable, reason: storage.WindowClosed},
		"the quota is used up":      {answers: always(-211), state: storage.DeliveryUnreachable, reason: storage.WindowClosed},
		"too long":                  {answers: always(-210), state: storage.DeliveryFailed, reason: storage.Refused},
		"against the policy":        {answers: always(-248), state: storage.DeliveryFailed, reason: storage.Refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			p, platform := w.onZalo(false)
			platform.Fail(zalotest.PathMessage, c.answers)
			w.notify(p, "report/1", func(n *storage.Notice) { n.Again, n.Hours = true, storage.AnyHour })
			if c.waits {
				stop := w.start()
				w.eventually("a call", func() bool { return platform.Calls(zalotest.PathMessage) > 0 })
				stop()
			} else {
				for range c.rounds + 1 {
					w.deliver()
					w.pass(time.Hour)
				}
			}
			row, received := w.row(p), p.Received()
			if row["state"] != string(c.state) || row["reason"] != c.reason || row["attempts"] != c.attempts || received != c.received {
				t.Errorf("%v (%v) after %v attempts, and %d came; want %s (%s) after %d, and %d", row["state"], row["reason"], row["attempts"], received, c.state, c.reason, c.attempts, c.received)
			}
		})
	}
}
