// Package handlers decides: it routes one turn of a conversation and runs turns so that nothing is lost, doubled or
// answered out of order. What all roles share is here; conversations are in founder, agency and staff.
package handlers

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// Dialogs is where conversations stand between turns: storage.Dialogs in the database alone, or storage.RedisDialogs.
// Save and Commit fail with storage.ErrChanged when the dialog is no longer what was loaded; after any error it must be
// loaded again.
type Dialogs interface {
	Load(ctx context.Context, a bot.Address) (*storage.Dialog, error)
	Save(ctx context.Context, d *storage.Dialog) error
	Commit(ctx context.Context, d *storage.Dialog, effect storage.Effect) error
	Unsent(ctx context.Context, now time.Time) ([]bot.Address, error)
}

// Config is what an Engine works with.
type Config struct {
	Channels  []bot.Channel
	Dialogs   Dialogs
	Store     *storage.Store
	Files     *storage.Files
	Links     *storage.FileLinks
	Router    *Router
	Owner     string        // names this process among the replicas
	Ways      []storage.Way // in which people may be written to first
	PublicURL string        // where pages of this service are; "" when people cannot reach them
	Clock     func() time.Time
	Metrics   *Metrics
	// Send sends a reply at once, and knows what else is sent on the channel. nil: Channel.Send, which does not.
	Send func(ctx context.Context, ch bot.Channel, chat string, m bot.Outgoing) (messageID string, err error)
}

// Engine runs turns: those of one address one after another, in order; those of many addresses at once.
type Engine struct {
	Config
	channels map[string]bot.Channel
	ctx      context.Context // ends when turns in hand must stop
	abort    context.CancelFunc
	closing  chan struct{} // closed when no more updates are taken

	mu     sync.Mutex
	closed bool
	lanes  map[bot.Address]*lane
	work   sync.WaitGroup
}

// Limits of one turn and of what follows it.
const (
	turnTimeout = 10 * time.Second
	sendTimeout = 8 * time.Second         // one message to a platform
	holdFor     = 20 * time.Second        // how long whoever committed replies has the sole right to send them
	linger      = 250 * time.Millisecond  // how long a lane waits for the next update before it notes what it sent
	sweepEvery  = time.Second             // how often replies that nobody sends any more are looked for
	slowTurn    = 1500 * time.Millisecond // after which "typing…" is shown
)

var errClosed = errors.New("the service is stopping")

// NewEngine makes an engine; Close ends it.
func NewEngine(c Config) *Engine {
	if c.Send == nil {
		c.Send = func(ctx context.Context, ch bot.Channel, chat string, m bot.Outgoing) (string, error) {
			return ch.Send(ctx, chat, m)
		}
	}
	e := &Engine{Config: c, channels: map[string]bot.Channel{}, lanes: map[bot.Address]*lane{}, closing: make(chan struct{})}
	e.ctx, e.abort = context.WithCancel(context.Background())
	for _, ch := range c.Channels {
		e.channels[ch.Name()] = ch
	}
	e.work.Go(e.sweep)
	return e
}

// Accept takes one update. The channel yields once: nil when the update is settled for good and the platform may be told
// so, an error when it must be delivered again.
func (e *Engine) Accept(in bot.Incoming) <-chan error {
	done := make(chan error, 1)
	ch, known := e.channels[in.From.Channel]
	if !known || !in.Private {
		done <- nil // groups are not answered
		return done
	}
	if in.Kind == bot.Delivered {
		go func() { done <- e.settleReceipts(in) }()
		return done
	}
	if acker, ok := ch.(bot.Acker); ok && in.Ack != "" {
		go e.acknowledge(acker, in)
	}
	if !e.push(in.From, task{in: &in, done: done}) {
		done <- errClosed
	}
	return done
}

// settleReceipts needs no turn: nobody said anything, and once more does no harm.
func (e *Engine) settleReceipts(in bot.Incoming) error {
	ctx, cancel := context.WithTimeout(e.ctx, turnTimeout)
	defer cancel()
	return e.Store.SettleReceipts(ctx, in.From, in.Receipts, e.Clock())
}

func (e *Engine) acknowledge(acker bot.Acker, in bot.Incoming) {
	ctx, cancel := context.WithTimeout(e.ctx, sendTimeout)
	defer cancel()
	acker.Ack(ctx, in)
}

// push puts a task into the lane of its address, and starts the lane when it is the first one.
func (e *Engine) push(a bot.Address, t task) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || e.channels[a.Channel] == nil { // a channel that is no longer configured
		return false
	}
	l, ok := e.lanes[a]
	if !ok {
		l = newLane(e, a)
		e.lanes[a] = l
		e.work.Go(l.run)
	}
	l.queue = append(l.queue, t)
	select {
	case l.wake <- struct{}{}:
	default:
	}
	return true
}

// Waiting is how many updates wait for their turn.
func (e *Engine) Waiting() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, l := range e.lanes {
		n += len(l.queue)
	}
	return n
}

// sweep looks, again and again, for what nobody does any more, and has the lanes do it.
func (e *Engine) sweep() {
	e.sweepUntil(e.Clock().Add(holdFor)) // also what dead processes still hold
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.closing:
			return
		case <-tick.C:
			e.Sweep()
			e.showTyping()
		}
	}
}

// Sweep has errands run, and replies sent that nobody sends any more.
func (e *Engine) Sweep() { e.sweepUntil(e.Clock()) }

func (e *Engine) sweepUntil(due time.Time) {
	ctx, cancel := context.WithTimeout(e.ctx, turnTimeout)
	defer cancel()
	e.runErrands(ctx)
	unsent, err := e.Dialogs.Unsent(ctx, due)
	if err != nil {
		slog.Debug("look for unsent replies", "error", err)
		return
	}
	for _, a := range unsent {
		e.push(a, task{})
	}
}

// showTyping tells people whose turn takes long that it is being worked on.
func (e *Engine) showTyping() {
	e.mu.Lock()
	lanes := slices.Collect(maps.Values(e.lanes))
	e.mu.Unlock()
	ctx, cancel := context.WithTimeout(e.ctx, sendTimeout)
	defer cancel()
	for _, l := range lanes {
		l.typing(ctx, time.Now())
	}
}

// runErrands gives errands to the lanes of their addresses. One that is in a lane already is handled twice at most, to
// the effect of once.
func (e *Engine) runErrands(ctx context.Context) {
	list, err := e.Store.Errands(ctx)
	if err != nil {
		slog.Debug("look for errands", "error", err)
		return
	}
	for _, errand := range list {
		e.Accept(errand.Incoming(e.Clock()))
	}
}

// Close takes no more updates, finishes those in hand and the replies to them, and stops whatever is not finished when
// ctx is done. What is not finished was not settled: the platform delivers it again.
func (e *Engine) Close(ctx context.Context) {
	e.mu.Lock()
	if !e.closed {
		e.closed = true
		close(e.closing)
	}
	e.mu.Unlock()
	finished := make(chan struct{})
	go func() { e.work.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-ctx.Done():
	}
	e.abort()
	<-finished
}
