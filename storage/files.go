package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// FileLimit is the most bytes a file may have: what Telegram hands out to bots.
const FileLimit = 20 << 20

// Why a file is not taken or not given, in words for the person. Put wraps none of them: errors.Is finds them.
const (
	ErrFileTooBig  = viet.Problem("Tệp này lớn hơn 20 MB nên mình chưa nhận được. Bạn nén nhỏ lại, hoặc gửi đường dẫn tới tệp.")
	ErrFileEmpty   = viet.Problem("Tệp này trống. Bạn xem lại rồi gửi tệp khác giúp.")
	ErrFileKind    = viet.Problem("Mình nhận tệp PDF, Word, Excel, PowerPoint và ảnh JPG, PNG, WEBP, HEIC. Bạn đổi sang một loại đó rồi gửi lại; với video, bạn gửi đường dẫn.")
	ErrFileStruck  = viet.Problem("Cán bộ đã gỡ tệp này nên mình không nhận lại. Bạn gửi tệp khác, hoặc nhắn “gặp cán bộ”.")
	ErrFileMissing = viet.Problem("Tệp này không còn nữa. Bạn gửi lại tệp giúp.")
)

// Files keeps the contents of files in a folder, by their SHA-256: the same content is kept once. What is known of a
// content is in the table files; whose it is, in documents. Replicas share the folder as they share the database.
type Files struct {
	dir   string
	store *Store
}

// NewFiles keeps contents in dir, which is made when the first one comes.
func NewFiles(dir string, store *Store) *Files { return &Files{dir: dir, store: store} }

// Put keeps a content under the name that the person gave it. The ID of the result is the content's hash, its MIME type
// is what the content tells. What may not be kept is refused with a viet.Problem: a content over FileLimit, of another
// kind than Kind knows, struck by staff, or with a mark that Marked finds.
func (f *Files) Put(ctx context.Context, r io.Reader, name string) (bot.File, error) {
	if err := Marked(name); err != nil {
		return bot.File{}, err
	}
	temp, err := f.receive(r)
	if err != nil {
		return bot.File{}, err
	}
	defer func() { _, _ = temp.Close(), os.Remove(temp.Name()) }() // after a rename there is nothing left to remove
	file, err := examine(temp, name)
	if err != nil {
		return bot.File{}, err
	}
	return file, f.adopt(ctx, file, temp.Name(), time.Now())
}

// adopt moves a content to its place while its row is locked, so that nobody removes the content meanwhile.
func (f *Files) adopt(ctx context.Context, file bot.File, temp string, now time.Time) error {
	return f.store.InTx(ctx, func(tx *Tx) error {
		struck := 0
		err := tx.GetContext(ctx, &struck, `
			INSERT INTO files (hash, mime, size, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (hash) DO UPDATE SET at = excluded.at RETURNING struck`, file.ID, file.MIME, file.Size, millis(now))
		switch {
		case err != nil:
			return fmt.Errorf("keep file: %w", err)
		case struck == 1:
			return ErrFileStruck
		}
		place := f.path(file.ID)
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return fmt.Errorf("keep file: %w", err)
		}
		if err := os.Rename(temp, place); err != nil {
			return fmt.Errorf("keep file: %w", err)
		}
		return syncFolder(filepath.Dir(place))
	})
}

// Describe tells the type and size of the content with the hash id; a content has no name of its own. It fails with
// ErrFileMissing when there is none, or no more.
func (f *Files) Describe(ctx context.Context, id string) (bot.File, error) {
	file := bot.File{}
	err := f.store.read.GetContext(ctx, &file, `SELECT hash AS id, mime, size FROM files WHERE hash = $1 AND struck = 0`, id)
	switch ok, err := found(err); {
	case err != nil:
		return bot.File{}, fmt.Errorf("describe file: %w", err)
	case !ok:
		return bot.File{}, ErrFileMissing
	}
	return file, nil
}

// Open reads the content with the hash id; the caller closes it. It fails as Describe does.
func (f *Files) Open(ctx context.Context, id string) (io.ReadCloser, error) {
	if _, err := f.Describe(ctx, id); err != nil {
		return nil, err
	}
	content, err := os.Open(f.path(id))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, ErrFileMissing
	case err != nil:
		return nil, fmt.Errorf("open file: %w", err)
	}
	return content, nil
}

// path spreads contents over 65,536 folders; id is a hash from the table.
func (f *Files) path(id string) string { return filepath.Join(f.dir, id[:2], id[2:4], id) }
