package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// back has people told of things again who do something here after they could not be reached.
func (r *Router) back(t *Turn) {
	if !t.Session.Away || t.In.Kind == bot.Errand || t.In.Kind == bot.Left || t.In.Kind == bot.HumanTookOver {
		return
	}
	t.Session.Away = false
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return storage.SetReachable(ctx, tx, t.In.From, true) })
}
