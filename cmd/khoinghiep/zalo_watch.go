package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"khoinghiep/bot/zalo"
	"khoinghiep/handlers/staff"
	"khoinghiep/storage"
)

const renewEvery = 10 * time.Minute

// watchZalo keeps the tokens fresh until ctx is done. Every replica does: a lock makes it one refresh.
func (a *app) watchZalo(ctx context.Context) {
	if a.zalo == nil {
		return
	}
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	for {
		if err := a.renewZalo(ctx, a.engine.Clock()); err != nil && ctx.Err() == nil {
			slog.Error("Zalo's tokens are not fresh", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// renewZalo refreshes the tokens if they are old. That the consent is lost, staff hear once a day, by day, in their other
// chats.
func (a *app) renewZalo(ctx context.Context, now time.Time) error {
	err := a.zalo.Renew(ctx)
	if !errors.Is(err, zalo.ErrGrantLost) || !storage.LongDay.Open(now) {
		return err
	}
	alarm := a.store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := storage.RaiseAlarm(ctx, tx, grantName(a.config.zalo), a.zalo.Name(), staff.ZaloLostErrand, now)
		return err
	})
	return errors.Join(err, alarm)
}
