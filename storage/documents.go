package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
)

// Documents lists the files of a startup in the order in which they came, without what staff struck.
func (s *Store) Documents(ctx context.Context, startup int64) ([]bot.File, error) {
	list := []bot.File{}
	err := s.read.SelectContext(ctx, &list, documents, startup)
	return list, wrap("list documents", err)
}

// DocumentsOf is Store.Documents inside tx.
func DocumentsOf(ctx context.Context, tx *Tx, startup int64) ([]bot.File, error) {
	list := []bot.File{}
	err := tx.SelectContext(ctx, &list, documents, startup)
	return list, wrap("list documents", err)
}

const documents = `SELECT d.hash AS id, d.name, f.mime, f.size, f.mime LIKE 'image/%' AS image
	FROM documents d JOIN files f ON f.hash = d.hash WHERE d.startup_id = $1 AND f.struck = 0 ORDER BY d.id`

// SetDocuments makes files the ones of s, in the place of those it had, and keeps the change in its history. Whether s
// may be changed, ReviseStartup says. A content that is gone or struck is left out. The contents of files that are let go
// stay until Files.Sweep.
func SetDocuments(ctx context.Context, tx *Tx, s Startup, files []bot.File, now time.Time) error {
	before := []bot.File{}
	if err := tx.SelectContext(ctx, &before, documents, s.ID); err != nil {
		return fmt.Errorf("read documents: %w", err)
	}
	for _, f := range before {
		if slices.ContainsFunc(files, func(kept bot.File) bool { return kept.ID == f.ID }) {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM documents WHERE startup_id = $1 AND hash = $2`, s.ID, f.ID); err != nil {
			return fmt.Errorf("let go of document: %w", err)
		}
	}
	for i, f := range files {
		if err := addDocument(ctx, tx, s, f, now.Add(time.Duration(i)*time.Millisecond)); err != nil {
			return err
		}
	}
	after := []bot.File{}
	if err := tx.SelectContext(ctx, &after, documents, s.ID); err != nil {
		return fmt.Errorf("read documents: %w", err)
	}
	return addChange(ctx, tx, s.ID, Change{Field: "documents", Old: names(before), New: names(after), Person: s.Person, At: millis(now)})
}

func addDocument(ctx context.Context, tx *Tx, s Startup, f bot.File, at time.Time) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO documents (id, startup_id, hash, person_id, name, at)
		SELECT CAST($6 AS BIGINT), CAST($1 AS BIGINT), hash, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
		FROM files WHERE hash = $2 AND struck = 0
		ON CONFLICT (startup_id, hash) DO NOTHING`, s.ID, f.ID, s.Person, f.Name, millis(at), NewID(at))
	return wrap("keep document", err)
}

func names(files []bot.File) string {
	list := []string{}
	for _, f := range files {
		list = append(list, f.Name)
	}
	return strings.Join(list, ", ")
}

// StartupDocument is a file with the startup it belongs to.
type StartupDocument struct {
	ID      int64
	Code    string // of the startup
	Project string // its name
	Hash    string
	Name    string // as the founder sent it; may be empty
	Size    int64  // bytes
}

const startupDocuments = `SELECT d.id, s.code, s.name AS project, d.hash, d.name, f.size
	FROM documents d JOIN files f ON f.hash = d.hash JOIN startups s ON s.id = d.startup_id WHERE f.struck = 0`

// RecentDocuments lists the files of all startups that are not withdrawn, from the newest on, skipping the first ones.
func RecentDocuments(ctx context.Context, tx *Tx, skip, most int) ([]StartupDocument, error) {
	list := []StartupDocument{}
	err := tx.SelectContext(ctx, &list, startupDocuments+` AND s.status <> $3 ORDER BY d.id DESC LIMIT $2 OFFSET $1`, skip, most, StatusWithdrawn)
	return list, wrap("list documents", err)
}

// FindDocument finds a file of a startup; ok is false when it is gone or struck.
func FindDocument(ctx context.Context, tx *Tx, id int64) (d StartupDocument, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &d, startupDocuments+` AND d.id = $1`, id))
	return d, ok, wrap("find document", err)
}
