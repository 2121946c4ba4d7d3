package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// Limits are how long things are kept. The text of the consent promises the defaults of the settings.
type Limits struct {
	Dialog  Span // after which a conversation that waits for an answer is put aside
	Draft   Span // after which a form put aside, an unused file, a closed request, and what was said in web chats are deleted
	Entry   Span // after which a startup or an entry that its founder does not touch is erased
	Consent Span // after which the proofs of consent of somebody who was erased are deleted
}

// Dialogs is where dialogs are changed and removed; storage.Dialogs or storage.RedisDialogs.
type Dialogs interface {
	Load(ctx context.Context, a bot.Address) (*storage.Dialog, error)
	Save(ctx context.Context, d *storage.Dialog) error
	Remove(ctx context.Context, a bot.Address, before time.Time, effect storage.Effect) error
}

// Retention deletes what is over. It finds its work by what is due, so a run that was missed is made up for by the next,
// and several at once do no harm.
type Retention struct {
	Limits
	Store   *storage.Store
	Dialogs Dialogs
	Files   *storage.Files
	Rest    func(*storage.Session) // brings an idle dialog back to the menu
}

// How long dialogs stay that hold nothing.
const (
	emptyFor     = 24 * time.Hour // updates may be delivered again for so long
	tombstoneFor = time.Hour
)

// Run does all that is due at now, also when a part of it fails.
func (r Retention) Run(ctx context.Context, now time.Time) error {
	draft, entry := r.Draft.Before(now), r.Entry.Before(now)
	return errors.Join(
		r.eachIdle(ctx, storage.HeldInHand, r.Dialog.Before(now), r.rest),
		r.eachIdle(ctx, storage.HeldLater, draft, r.dropDrafts),
		r.eachIdle(ctx, storage.HeldNothing, now.Add(-emptyFor), r.remove),
		r.eachIdle(ctx, storage.HeldErased, now.Add(-tombstoneFor), r.removeTombstone),
		r.eraseStartups(ctx, entry),
		r.Store.EraseEntries(ctx, r.Files, entry),
		r.Store.ForgetRequests(ctx, r.Files, draft),
		r.Store.ForgetGuests(ctx, entry),
		r.Store.ForgetVotes(ctx, entry),
		r.Store.EraseLeftOver(ctx, r.Files, entry, now),
		r.Store.ForgetMessages(ctx, draft),
		r.Store.ForgetProofs(ctx, r.Consent.Before(now)),
		r.Files.Sweep(ctx, draft),
	)
}

// eachIdle does something with every dialog that holds this and was left before the given time. One that changes at the
// same moment is left to the next run.
func (r Retention) eachIdle(ctx context.Context, held storage.Held, before time.Time, do func(context.Context, bot.Address, time.Time) error) error {
	idle, err := r.Store.IdleDialogs(ctx, held, before)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range idle {
		switch err := do(ctx, a, before); {
		case storage.Unavailable(err):
			return fmt.Errorf("tidy idle dialogs: %w", err)
		case err != nil && !errors.Is(err, storage.ErrChanged):
			failed = fmt.Errorf("tidy an idle dialog: %w", err) // and go on: one must not keep the others
		}
	}
	return failed
}

func (r Retention) rest(ctx context.Context, a bot.Address, before time.Time) error {
	return r.change(ctx, a, before, func(d *storage.Dialog) { r.Rest(&d.Session) })
}

// dropDrafts also drops replies that could not be sent all that time.
func (r Retention) dropDrafts(ctx context.Context, a bot.Address, before time.Time) error {
	return r.change(ctx, a, before, func(d *storage.Dialog) { d.Session.Aside, d.Outbox = nil, storage.Outbox{} })
}

// change changes a dialog, if it is still idle.
func (r Retention) change(ctx context.Context, a bot.Address, before time.Time, change func(*storage.Dialog)) error {
	d, err := r.Dialogs.Load(ctx, a)
	if err != nil || d.At >= before.UnixMilli() {
		return err
	}
	change(d)
	return r.Dialogs.Save(ctx, d)
}

func (r Retention) remove(ctx context.Context, a bot.Address, before time.Time) error {
	return r.Dialogs.Remove(ctx, a, before, func(context.Context, *storage.Tx) error { return nil })
}

// removeTombstone erases the chat once more: a process that was held up may have written about it after the erasure.
func (r Retention) removeTombstone(ctx context.Context, a bot.Address, before time.Time) error {
	return r.Dialogs.Remove(ctx, a, before, func(ctx context.Context, tx *storage.Tx) error {
		return storage.EraseChat(ctx, tx, r.Files, a, storage.Session{})
	})
}

func (r Retention) eraseStartups(ctx context.Context, before time.Time) error {
	idle, err := r.Store.IdleStartups(ctx, before)
	if err != nil {
		return err
	}
	for _, id := range idle {
		err := r.Store.InTx(ctx, func(tx *storage.Tx) error { return storage.EraseStartup(ctx, tx, r.Files, id, before) })
		if err != nil {
			return err
		}
	}
	return nil
}
