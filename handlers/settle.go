package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

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
		case errors.Is(err, storage.ErrSending): // and decide again
		case storage.Unavailable(err):
			l.outage.tell(l, begin, err)
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
	if err := l.guard(func() error { return decide(ctx, t) }); err != nil {
		l.dialog = nil
		return err
	}
	if t.erased && d.Outbox.HeldByOther(l.engine.Owner, t.Now) {
		l.dialog = nil
		return storage.ErrSending
	}
	return l.keep(ctx, t, d)
}

// keep stores what the turn decided.
func (l *lane) keep(ctx context.Context, t *Turn, d *storage.Dialog) error {
	if t.effect == nil {
		t.finish(d)
		return l.saved(l.engine.Dialogs.Save(ctx, d))
	}
	err := l.engine.Dialogs.Commit(ctx, d, func(ctx context.Context, tx *storage.Tx) error {
		if err := l.guard(func() error { return t.effect(ctx, tx) }); err != nil {
			return err
		}
		t.finish(d)
		return nil
	})
	return l.saved(err)
}

// guard turns a panic into an error: what one person sends must not stop the service for all.
func (l *lane) guard(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("a turn panicked", "channel", l.address.Channel, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return do()
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
