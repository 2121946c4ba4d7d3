package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"khoinghiep/bot"
)

// Dialogs keeps dialogs in the database alone: a turn is one transaction.
type Dialogs struct{ store *Store }

// NewDialogs keeps the dialogs of store in its table.
func NewDialogs(store *Store) *Dialogs { return &Dialogs{store} }

// Load returns the dialog at a; an empty one when there is none yet.
func (s *Dialogs) Load(ctx context.Context, a bot.Address) (*Dialog, error) {
	row := dialogRow{}
	err := s.store.read.GetContext(ctx, &row, `SELECT epoch, version, state FROM dialogs WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat)
	ok, err := found(err)
	if err != nil {
		return nil, fmt.Errorf("load dialog: %w", err)
	}
	if !ok {
		row.Epoch = s.store.firstEpoch()
	}
	return row.dialog(a)
}

// Save replaces what d was loaded from, and gives d its new revision. It fails with ErrChanged when somebody else did so
// before. After any error d must be loaded again.
func (s *Dialogs) Save(ctx context.Context, d *Dialog) error { return s.Commit(ctx, d, nil) }

// Commit does what Save does, together with the effect, in one transaction.
func (s *Dialogs) Commit(ctx context.Context, d *Dialog, effect Effect) error {
	return s.store.InTx(ctx, func(tx *Tx) error {
		current, err := s.store.lockDialog(ctx, tx, d.Address)
		if err != nil {
			return err
		}
		if current.revision() != d.Revision {
			return ErrChanged
		}
		if effect != nil {
			if err := effect(ctx, tx); err != nil {
				return err
			}
		}
		d.Revision = d.Revision.next()
		return writeDialog(ctx, tx, d)
	})
}

// Unsent lists dialogs with replies that anybody may send now. Exact for holders that are gone; a holder still at work
// may be among them if its time ran out.
func (s *Dialogs) Unsent(ctx context.Context, now time.Time) ([]bot.Address, error) {
	return unsentInTable(ctx, s.store, now)
}

type dialogRow struct {
	Epoch, Version int64
	State          string
}

func (r dialogRow) revision() Revision { return Revision{r.Epoch, r.Version} }

func (r dialogRow) dialog(a bot.Address) (*Dialog, error) {
	d := &Dialog{Address: a, Revision: r.revision()}
	return d, d.decode([]byte(r.State))
}

// lockDialog returns the row of a, made when missing, locked until the transaction ends on either database:
// an upsert locks a row that it finds.
func (s *Store) lockDialog(ctx context.Context, tx *Tx, a bot.Address) (row dialogRow, err error) {
	err = tx.GetContext(ctx, &row, `
		INSERT INTO dialogs (channel, chat, epoch, version, state, updated_at) VALUES ($1, $2, $3, 0, '', 0)
		ON CONFLICT (channel, chat) DO UPDATE SET channel = excluded.channel
		RETURNING epoch, version, state`, a.Channel, a.Chat, s.firstEpoch())
	if err != nil {
		return row, fmt.Errorf("lock dialog: %w", err)
	}
	return row, nil
}

// writeDialog stores d over an older revision; a newer one in the table stays.
func writeDialog(ctx context.Context, q sqlx.ExecerContext, d *Dialog) error {
	state, err := d.encode()
	if err != nil {
		return err
	}
	return writeState(ctx, q, d, state)
}

// writeState is writeDialog for a dialog that is encoded already.
func writeState(ctx context.Context, q sqlx.ExecerContext, d *Dialog, state []byte) error {
	_, err := q.ExecContext(ctx, `
		UPDATE dialogs SET epoch = $3, version = $4, state = $5, unsent_at = $6, updated_at = $7, held = $8
		WHERE channel = $1 AND chat = $2 AND (epoch < $3 OR epoch = $3 AND version < $4)`,
		d.Address.Channel, d.Address.Chat, d.Revision.Epoch, d.Revision.Version, string(state), d.Outbox.dueAt(), d.At, d.held())
	if err != nil {
		return fmt.Errorf("write dialog: %w", err)
	}
	return nil
}

// dueAt is when the replies may be taken over, in Unix milliseconds; 0 when there are none.
func (o *Outbox) dueAt() int64 {
	if len(o.Replies) == 0 {
		return 0
	}
	return max(o.Until, 1)
}

func unsentInTable(ctx context.Context, s *Store, now time.Time) ([]bot.Address, error) {
	found := []bot.Address{}
	err := s.read.SelectContext(ctx, &found, `
		SELECT channel, chat FROM dialogs WHERE unsent_at > 0 AND unsent_at <= $1 ORDER BY unsent_at LIMIT 1000`, millis(now))
	if err != nil {
		return nil, fmt.Errorf("find unsent replies: %w", err)
	}
	return found, nil
}
