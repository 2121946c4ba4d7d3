// Package admin has the conversations about who may do what: roles, PINs, standing in for somebody, and the log of what
// was done.
package admin

import (
	"cmp"
	"context"

	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// act does something in the turn's transaction for whoever has the role at that moment. To others the word is unknown.
func act(t *handlers.Turn, role storage.Role, do func(ctx context.Context, tx *storage.Tx) error) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		allowed, err := storage.MayAct(ctx, tx, t.In.From, role, t.Now)
		if err != nil {
			return err
		}
		if !allowed {
			t.Refuse()
			return nil
		}
		return do(ctx, tx)
	})
}

// called is what somebody is called; people whose platform tells no name have none until an admin writes it down.
func called(name string) string { return cmp.Or(name, "người chưa có tên") }
