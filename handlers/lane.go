package handlers

import (
	"context"
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
	if t, ok := l.take(); ok || len(l.sent) == 0 {
		return t, ok
	}
	enough := time.After(linger)
	for {
		select {
		case <-l.wake: // perhaps by a task that was taken already
			if t, ok := l.take(); ok {
				return t, ok
			}
		case <-l.engine.closing:
			return l.take()
		case <-enough:
			return l.take()
		}
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

// typing shows that we are at work when a turn takes long.
func (l *lane) typing(ctx context.Context, now time.Time) {
	since := l.busy.Load()
	if typist, ok := l.channel.(bot.Typist); ok && since > 0 && now.UnixMilli()-since > slowTurn.Milliseconds() {
		typist.Typing(ctx, l.address.Chat)
	}
}
