package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// A dialog that holds nothing is removed in the end, tombstones of erased ones after an hour. What somebody still has of
// the old dialog, a drain or a turn that was held up or a snapshot of Redis, must not come back when the person writes
// again, so a new dialog must be newer than every old one of its address. It is, since an epoch begins at the hour: a new
// dialog begins at the present hour, and no dialog is removed before the hour has passed its epoch. Each recovery moves
// the epoch on by one, so that a dialog that was recovered often stays some hours longer. This holds as long as the
// clocks of the replicas differ by less than what is left of the hour.

// firstEpoch is the epoch of a dialog that begins now.
func (s *Store) firstEpoch() int64 { return hourOf(s.clock()) }

// Remove deletes the dialog at a, and runs the effect in the same transaction, if the dialog holds nothing and its person
// last did something before the given time. Else it changes nothing.
func (s *Dialogs) Remove(ctx context.Context, a bot.Address, before time.Time, effect Effect) error {
	return s.store.InTx(ctx, func(tx *Tx) error {
		_, err := s.store.removeDialog(ctx, tx, a, before, effect)
		return err
	})
}

// Remove deletes the dialog at a, in the table and in Redis, and runs the effect in the same transaction, if the dialog
// holds nothing and its person last did something before the given time. Else, and while Redis has a newer value, it
// changes nothing.
func (s *RedisDialogs) Remove(ctx context.Context, a bot.Address, before time.Time, effect Effect) error {
	srv, err := s.life.server(ctx)
	if err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *Tx) error {
		removed, err := s.store.removeDialog(ctx, tx, a, before, effect)
		if removed == nil || err != nil {
			return err
		}
		return s.dropValue(ctx, srv, removed)
	})
}

// removeDialog gives the dialog that it removed; nil for none.
func (s *Store) removeDialog(ctx context.Context, tx *Tx, a bot.Address, before time.Time, effect Effect) (*Dialog, error) {
	row, err := s.lockDialog(ctx, tx, a)
	if err != nil {
		return nil, err
	}
	d, err := row.dialog(a)
	if err != nil {
		return nil, err
	}
	empty := d.held() == HeldNothing || d.held() == HeldErased
	if !empty || d.At >= millis(before) || d.Revision.Epoch >= s.firstEpoch() {
		return nil, nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM dialogs WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat); err != nil {
		return nil, fmt.Errorf("remove dialog: %w", err)
	}
	return d, effect(ctx, tx)
}

// dropValue deletes the value of a removed dialog from Redis. Whoever loads the dialog after that waits for the row that
// the transaction holds. If the transaction fails in the end, the value is recovered from the row.
func (s *RedisDialogs) dropValue(ctx context.Context, srv *server, removed *Dialog) error {
	d, err := s.get(ctx, removed.Address)
	if err != nil {
		return err
	}
	if removed.Revision.Less(d.Revision) || d.stored != (header{}) && d.stored.Frozen != unfrozen {
		return ErrChanged
	}
	name := d.Address.String()
	done, err := srv.drop.EvalSha(ctx, s.rdb, []string{keyPrefix + name, keyDirty, keyUnsent}, d.stored.String(), name).Int()
	switch {
	case s.life.ended(srv, err):
		return ErrChanged
	case err != nil:
		return fmt.Errorf("drop dialog from Redis: %w", err)
	case done == 0:
		return ErrChanged
	}
	return nil
}
