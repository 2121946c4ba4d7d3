package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// Strike removes a content for good: it is no longer given to anybody, and refused when it comes again. What it was called
// goes from the documents of all startups. No rollback brings a content back; the transaction is then to be run again.
// ok is false when there is no such content, or no more.
func (f *Files) Strike(ctx context.Context, tx *Tx, id string) (ok bool, err error) {
	result, err := tx.ExecContext(ctx, `UPDATE files SET struck = 1 WHERE hash = $1 AND struck = 0`, id)
	if err != nil {
		return false, fmt.Errorf("strike file: %w", err)
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		return false, wrap("strike file", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM documents WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike document: %w", err)
	}
	return true, f.remove(id)
}

// Sweep removes the contents that no startup has and that last came in before the given time: those that were let go, and
// those of forms that were never sent. One that is being attached at this moment fails the sweep, and the next one does it.
func (f *Files) Sweep(ctx context.Context, before time.Time) error {
	return f.store.InTx(ctx, func(tx *Tx) error {
		unused := []string{}
		err := tx.SelectContext(ctx, &unused, `
			DELETE FROM files WHERE struck = 0 AND at < $1 AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.hash = files.hash)
			RETURNING hash`, millis(before))
		if err != nil {
			return fmt.Errorf("find unused files: %w", err)
		}
		for _, id := range unused {
			if err := f.remove(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// release removes those of the contents that no startup has any more. Somebody else who sent the same content just now, in
// a form not sent yet, is asked to send it again.
func (f *Files) release(ctx context.Context, tx *Tx, contents []string) error {
	for _, id := range contents {
		ok, err := found(tx.GetContext(ctx, new(string), `
			DELETE FROM files WHERE hash = $1 AND struck = 0 AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.hash = files.hash)
			RETURNING hash`, id))
		if err != nil {
			return fmt.Errorf("let go of file: %w", err)
		}
		if !ok {
			continue
		}
		if err := f.remove(id); err != nil {
			return err
		}
	}
	return nil
}

func (f *Files) remove(id string) error {
	if err := os.Remove(f.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove file: %w", err)
	}
	return nil
}
