package handlers

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// look sends what waits in the outbox, if it is ours to send.
func (l *lane) look() {
	ctx, cancel := context.WithTimeout(l.engine.ctx, turnTimeout)
	defer cancel()
	if len(l.sent) == 0 {
		l.dialog = nil // somebody else may have changed it
	}
	if _, err := l.load(ctx); err != nil {
		slog.Debug("look for unsent replies", "error", err)
	}
}

// note stores that the replies were sent. When somebody else changed the dialog meanwhile, it is loaded again: they may
// have left us more to send.
func (l *lane) note() {
	ctx, cancel := context.WithTimeout(l.engine.ctx, turnTimeout)
	defer cancel()
	d, err := l.load(ctx)
	if err == nil {
		err = l.saved(l.save(ctx, d))
	}
	if err != nil && !errors.Is(err, storage.ErrChanged) {
		l.wait(100 * time.Millisecond)
	}
}

// send sends the replies that are ours to send, in order, as far as the platform lets us.
func (l *lane) send() {
	for l.dialog != nil && l.dialog.Outbox.Mine(l.engine.Owner, l.engine.Clock()) && l.engine.ctx.Err() == nil {
		if !l.hold() {
			return
		}
		err := l.deliver(l.dialog.Outbox.Replies[0])
		l.engine.Metrics.sends.WithLabelValues(l.address.Channel, outcome(err)).Inc()
		if errors.Is(err, bot.ErrUnreachable) {
			l.lose()
		}
		if again := retryAfter(err, l.dialog.Outbox.Tries); again > 0 {
			l.postpone(again)
			return
		}
		l.sent[l.dialog.Outbox.Replies[0].Key] = true
		l.dialog.Outbox.Sent()
	}
}

// hold makes sure that we have the sole right to send for as long as one message may take.
func (l *lane) hold() bool {
	now := l.engine.Clock()
	o := &l.dialog.Outbox
	if o.Holder == l.engine.Owner && time.UnixMilli(o.Until).Sub(now) > sendTimeout {
		return true
	}
	o.Hold(l.engine.Owner, now.Add(holdFor))
	return l.store() == nil
}

// postpone leaves the outbox to whoever looks for unsent replies when the time has come.
func (l *lane) postpone(after time.Duration) {
	o := &l.dialog.Outbox
	o.Tries++
	o.Hold("", l.engine.Clock().Add(after))
	if err := l.store(); err != nil {
		slog.Debug("postpone replies", "error", err)
	}
}

func (l *lane) store() error {
	ctx, cancel := context.WithTimeout(l.engine.ctx, turnTimeout)
	defer cancel()
	return l.saved(l.save(ctx, l.dialog))
}

func (l *lane) save(ctx context.Context, d *storage.Dialog) error {
	return l.engine.Dialogs.Save(ctx, d)
}

// deliver sends one message, in the place of an earlier one where the channel can. An old message that can no longer be
// changed is no reason for silence: the new one is sent as any other.
func (l *lane) deliver(r storage.Reply) error {
	ctx, cancel := context.WithTimeout(l.engine.ctx, sendTimeout)
	defer cancel()
	if editor, ok := l.channel.(bot.Editor); ok && r.Replace != "" {
		if editor.Edit(ctx, l.address.Chat, r.Replace, r.Outgoing) == nil {
			return nil
		}
	}
	_, err := l.engine.Send(ctx, l.channel, l.address.Chat, r.Outgoing)
	if err != nil {
		slog.Warn("a reply was not sent", "channel", l.address.Channel, "error", err)
	}
	return err
}

// lose has nobody write here until the person does.
func (l *lane) lose() {
	ctx, cancel := context.WithTimeout(l.engine.ctx, turnTimeout)
	defer cancel()
	err := l.engine.Store.InTx(ctx, func(tx *storage.Tx) error { return storage.LoseChat(ctx, tx, l.address, l.engine.Clock()) })
	if err != nil {
		slog.Debug("mark a chat as unreachable", "error", err)
	}
}

// retryAfter says how long to wait before the same message is tried again; 0: never. A message of unknown fate is sent
// again: a person who gets an answer twice is better off than one who gets none.
func retryAfter(err error, tries int) time.Duration {
	var limited *bot.RateLimited
	switch {
	case err == nil, errors.Is(err, bot.ErrUnreachable), errors.Is(err, bot.ErrRejected):
		return 0
	case errors.As(err, &limited):
		return max(limited.After, time.Second)
	}
	return min(time.Second<<min(tries, 9), 5*time.Minute)
}

func outcome(err error) string {
	var limited *bot.RateLimited
	switch {
	case err == nil:
		return "sent"
	case errors.Is(err, bot.ErrUnreachable):
		return "unreachable"
	case errors.Is(err, bot.ErrRejected):
		return "rejected"
	case errors.As(err, &limited):
		return "limited"
	case errors.Is(err, bot.ErrUnknown):
		return "unknown"
	}
	return "failed"
}
