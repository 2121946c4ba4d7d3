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
	if _, err := tx.ExecContext(ctx, `DELETE FROM entry_files WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike file of an entry: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE score_papers SET hash = NULL WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike scan of scores: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE request_messages SET hash = NULL WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike file of a request: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE achievements SET hash = '', file_name = '' WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike evidence: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE submissions SET hash = '', file_name = '' WHERE hash = $1`, id); err != nil {
		return false, fmt.Errorf("strike what an agency sent: %w", err)
	}
	return true, f.remove(id)
}

// unused is the condition on contents that nothing kept refers to.
const unused = `struck = 0 AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM achievements a WHERE a.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM submissions b WHERE b.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM entry_files e WHERE e.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM score_papers p WHERE p.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM request_messages m WHERE m.hash = files.hash)
	AND NOT EXISTS (SELECT 1 FROM announcements n WHERE n.file = files.hash)`

// Sweep removes the contents that nothing kept refers to and that last came in before the given time: those that were let go, and
// those of forms that were never sent. One that is being attached at this moment fails the sweep, and the next one does it.
func (f *Files) Sweep(ctx context.Context, before time.Time) error {
	return f.store.InTx(ctx, func(tx *Tx) error {
		removed := []string{}
		err := tx.SelectContext(ctx, &removed, `
			DELETE FROM files WHERE at < $1 AND `+unused+` RETURNING hash`, millis(before))
		if err != nil {
			return fmt.Errorf("find unused files: %w", err)
		}
		for _, id := range removed {
			if err := f.remove(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Release removes those of the contents that nothing kept refers to any more. Somebody else who sent the same content just now, in
// a form not sent yet, is asked to send it again.
func (f *Files) Release(ctx context.Context, tx *Tx, contents ...string) error {
	for _, id := range contents {
		ok, err := found(tx.GetContext(ctx, new(string), `
			DELETE FROM files WHERE hash = $1 AND `+unused+` RETURNING hash`, id))
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
