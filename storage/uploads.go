package storage

import (
	"context"
	"fmt"
	"time"
)

// uploadsFor is longer than any platform keeps what was uploaded.
const uploadsFor = 30 * 24 * time.Hour

// Uploads remembers what a platform keeps of ours for one account. The keys are hashes of files, also of files that people
// sent; they are gone 30 days after the upload, with the next one.
type Uploads struct {
	store   *Store
	account string
}

// Uploads are those of an account, such as "zalo/3141592653589793238".
func (s *Store) Uploads(account string) *Uploads { return &Uploads{s, account} }

// Upload is the id kept under key, if that was after since; "" when there is none.
func (u *Uploads) Upload(ctx context.Context, key string, since time.Time) (id string, err error) {
	_, err = found(u.store.read.GetContext(ctx, &id, `SELECT id FROM uploads WHERE account = $1 AND content = $2 AND at > $3`,
		u.account, key, millis(since)))
	return id, wrap("find an upload", err)
}

// KeepUpload remembers the id of what was uploaded at a time.
func (u *Uploads) KeepUpload(ctx context.Context, key, id string, at time.Time) error {
	return u.store.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM uploads WHERE at < $1`, millis(at.Add(-uploadsFor))); err != nil {
			return fmt.Errorf("forget old uploads: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO uploads (account, content, id, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (account, content) DO UPDATE SET id = excluded.id, at = excluded.at`, u.account, key, id, millis(at))
		return wrap("keep an upload", err)
	})
}
