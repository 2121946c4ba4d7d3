package planning

import (
	"context"

	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// hears takes what staff type for the answer to what they were asked, but for the name of another conversation, which leaves
// the question.
func hears(take func(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error) func(ctx context.Context, t *handlers.Turn) error {
	return func(ctx context.Context, t *handlers.Turn) error {
		if steered, err := t.Steer(ctx); steered || err != nil {
			return err
		}
		t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return take(ctx, tx, t) })
		return nil
	}
}
