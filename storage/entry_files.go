package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// EntryFile is a file of an entry.
type EntryFile struct {
	Item string // of the dossier
	bot.File
}

// EntryFiles lists the files of an entry in the order in which they came, without what staff struck.
func EntryFiles(ctx context.Context, tx *Tx, entry int64) ([]EntryFile, error) {
	list := []EntryFile{}
	err := tx.SelectContext(ctx, &list, `SELECT e.item, e.hash AS id, e.name, f.mime, f.size, f.mime LIKE 'image/%' AS image
		FROM entry_files e JOIN files f ON f.hash = e.hash WHERE e.entry_id = $1 AND f.struck = 0 ORDER BY e.id`, entry)
	return list, wrap("list files of an entry", err)
}

// SetEntryFiles makes files the ones of an item, in the place of those it had. A content that is gone or struck is left
// out. The contents of files that are let go stay until Files.Sweep.
func SetEntryFiles(ctx context.Context, tx *Tx, e Entry, item string, files []bot.File, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM entry_files WHERE entry_id = $1 AND item = $2`, e.ID, item); err != nil {
		return fmt.Errorf("let go of files of an entry: %w", err)
	}
	for _, f := range files {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO entry_files (id, entry_id, item, hash, person_id, name, at)
			SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), hash, CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS BIGINT)
			FROM files WHERE hash = $4 AND struck = 0 ON CONFLICT (entry_id, item, hash) DO NOTHING`,
			NewID(now), e.ID, item, f.ID, e.Person, f.Name, millis(now))
		if err != nil {
			return fmt.Errorf("keep file of an entry: %w", err)
		}
	}
	return nil
}
