package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// lane runs the turns of one address, in order, and sends the replies. It lives while there is something to do.
type lane struct {
	engine  *Engine
	channel bot.Channel
	address bot.Address
	wake    chan struct{}
	queue   []task // guarded by Engine.mu

	dialog *storage.Dialog // as it stands in storage but for what was sent since; nil: load it
	sent   map[string]bool // keys of replies that went out and are still in storage's outbox
	outage outage
	busy   atomic.Int64 // since when a turn runs, Unix milliseconds; 0: none does
}

// task is an update to handle, or without one: see whether replies wait to be sent.
type task struct {
	in   *bot.Incoming
	done chan<- error
}

func newLane(e *Engine, a bot.Address) *lane {
	return &lane{engine: e, channel: e.channels[a.Channel], address: a, wake: make(chan struct{}, 1), sent: map[string]bool{}}
}

func (l *lane) run() {
	for {
		t, ok := l.next()
		switch {
		case ok && t.in == nil:
			l.look()
		case ok:
			t.done <- l.settle(*t.in)
		case len(l.sent) > 0 && l.engine.ctx.Err() == nil:
			l.note()
		case l.leave():
			return
		}
		l.send()
	}
}

// next takes the first task, waiting a moment for one while something sent is not noted yet: the next turn notes it for free.
func (l *lane) next() (task, bool) {
	enough := time.After(linger)
	for {
		if t, ok := l.take(); ok || len(l.sent) == 0 {
			return t, ok
		}
		select {
		case <-l.wake: // perhaps by a task that was taken already
			continue
		case <-l.engine.closing:
		case <-enough:
		}
		return l.take()
	}
}

func (l *lane) take() (t task, ok bool) {
	l.engine.mu.Lock()
	defer l.engine.mu.Unlock()
	if len(l.queue) == 0 {
		return t, false
	}
	t, l.queue = l.queue[0], l.queue[1:]
	return t, true
}

// leave ends the lane unless a task came meanwhile.
func (l *lane) leave() bool {
	l.engine.mu.Lock()
	defer l.engine.mu.Unlock()
	if len(l.queue) > 0 {
		return false
	}
	delete(l.engine.lanes, l.address)
	return true
}

// load returns the dialog, without the replies that this lane knows to be sent.
func (l *lane) load(ctx context.Context) (*storage.Dialog, error) {
	if l.dialog != nil {
		return l.dialog, nil
	}
	d, err := l.engine.Dialogs.Load(ctx, l.address)
	if err != nil {
		return nil, err
	}
	d.Outbox.Drop(func(key string) bool { return l.sent[key] })
	l.inherit(ctx, d)
	l.dialog = d
	return d, nil
}

// inherit frees the replies that a dead process holds, so that nobody waits for its time to run out.
func (l *lane) inherit(ctx context.Context, d *storage.Dialog) {
	now := l.engine.Clock()
	if !d.Outbox.HeldByOther(l.engine.Owner, now) {
		return
	}
	if alive, err := l.engine.Store.Alive(ctx, d.Outbox.Holder); err == nil && !alive {
		d.Outbox.Hold("", now)
	}
}

// saved says that storage has the dialog as it is, so that everything sent is noted; after an error it must be loaded again.
func (l *lane) saved(err error) error {
	if err != nil {
		l.dialog = nil
		return err
	}
	clear(l.sent)
	return nil
}

// settle handles an update until it is settled: again at once when a race was lost, later when storage is unavailable,
// three times when the fault is ours. It gives up only when the engine must stop.
func (l *lane) settle(in bot.Incoming) error {
	begin := time.Now()
	l.busy.Store(begin.UnixMilli())
	defer l.busy.Store(0)
	faults := 0
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		err := l.attempt(in, l.engine.Router.Decide)
		switch {
		case err == nil:
			l.outage.over()
			l.engine.Metrics.turn("ok", time.Since(begin))
			return nil
		case errors.Is(err, errRepeated):
			l.engine.Metrics.turn("repeated", time.Since(begin))
			return nil
		case l.engine.ctx.Err() != nil:
			return errClosed
		case errors.Is(err, storage.ErrChanged):
			pause = time.Millisecond // decide again
		case errors.Is(err, errSending): // and decide again
		case storage.Unavailable(err):
			l.outage.tell(l, err)
		default:
			if faults++; faults == 3 {
				return l.bury(in, err)
			}
		}
		if !l.wait(pause) {
			return errClosed
		}
	}
}

// wait reports false when the engine stops meanwhile: an update that waits for storage is then left to be delivered again.
func (l *lane) wait(d time.Duration) bool {
	select {
	case <-l.engine.ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// errRepeated means that the update was handled before.
var errRepeated = errors.New("a redelivery")

type decision func(ctx context.Context, t *Turn) error

// attempt is one turn: load, decide, keep.
func (l *lane) attempt(in bot.Incoming, decide decision) error {
	ctx, cancel := context.WithTimeout(l.engine.ctx, turnTimeout)
	defer cancel()
	d, err := l.load(ctx)
	if err != nil {
		return err
	}
	if d.Handled.Has(in.ID) {
		return errRepeated
	}
	t := newTurn(l.engine, l.channel, in, d)
	if err := guard(ctx, t, decide); err != nil {
		l.dialog = nil
		return err
	}
	if t.erased && d.Outbox.HeldByOther(l.engine.Owner, t.Now) {
		l.dialog = nil
		return errSending
	}
	return l.keep(ctx, t, d)
}

// errSending puts a turn that erases off until the process that sends to this chat is done: what it sends may be kept
// by the channel, as in the web chat's log, and must not come after the erasure.
var errSending = errors.New("another process is sending to this chat")

// keep stores what the turn decided.
func (l *lane) keep(ctx context.Context, t *Turn, d *storage.Dialog) error {
	if t.effect == nil {
		t.finish(d)
		return l.saved(l.engine.Dialogs.Save(ctx, d))
	}
	err := l.engine.Dialogs.Commit(ctx, d, func(ctx context.Context, tx *storage.Tx) error {
		if err := t.effect(ctx, tx); err != nil {
			return err
		}
		t.finish(d)
		return nil
	})
	return l.saved(err)
}

// guard turns a panic into an error.
func guard(ctx context.Context, t *Turn, decide decision) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("a turn panicked", "channel", t.In.From.Channel, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return decide(ctx, t)
}

// bury puts an update aside that cannot be handled, and tells the person.
func (l *lane) bury(in bot.Incoming, cause error) error {
	slog.Error("an update is put aside", "channel", in.From.Channel, "error", cause)
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		err := l.engine.Store.Bury(l.engine.ctx, in, cause, l.engine.Clock())
		if err == nil {
			err = l.attempt(in, func(_ context.Context, t *Turn) error { t.Say(bot.Outgoing{Text: apology}); return nil })
		}
		if err == nil || errors.Is(err, errRepeated) {
			l.engine.Metrics.turn("dead", 0)
			return nil
		}
		if !l.wait(pause) {
			return errClosed
		}
	}
}

// typing shows that we are at work when a turn takes long.
func (l *lane) typing(ctx context.Context, now time.Time) {
	since := l.busy.Load()
	if typist, ok := l.channel.(bot.Typist); ok && since > 0 && now.UnixMilli()-since > slowTurn.Milliseconds() {
		typist.Typing(ctx, l.address.Chat)
	}
}
