package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
)

// RequestMessage is a text or a file that was said in a request.
type RequestMessage struct {
	ID     int64
	Person int64  `db:"person_id"` // who said it: who asks, or else staff
	Text   string // "": it is a file
	File   bot.File
	At     int64 // Unix milliseconds
}

// AddRequestMessage keeps what m.Person says in an open request, and fills in ID and At; r is the request as it is then. Who
// asks waits from then on, until staff say something. ok is false when m.Person neither asked nor took the request, or it
// is closed.
func AddRequestMessage(ctx context.Context, tx *Tx, code string, m *RequestMessage, now time.Time) (r Request, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `UPDATE requests SET updated_at = $3,
		waiting_at = CASE WHEN person_id <> $2 THEN 0 WHEN waiting_at = 0 THEN CAST($3 AS BIGINT) ELSE waiting_at END
		WHERE code = $1 AND closed_at = 0 AND $2 IN (person_id, staff_id) RETURNING `+requestColumns, code, m.Person, millis(now)))
	if !ok || err != nil {
		return r, false, wrap("find request to add to", err)
	}
	m.ID, m.At = NewID(now), millis(now)
	_, err = tx.ExecContext(ctx, `INSERT INTO request_messages (id, request_id, person_id, text, hash, name, at)
		VALUES ($1, $2, $3, $4, (SELECT hash FROM files WHERE hash = $5 AND struck = 0), $6, $7)`,
		m.ID, r.ID, m.Person, m.Text, m.File.ID, m.File.Name, m.At)
	return r, err == nil, wrap("keep message of a request", err)
}

// RequestMessages lists the last messages of a request, in the order in which they came. Of a file that was struck, the
// name alone is left.
func RequestMessages(ctx context.Context, tx *Tx, request int64, most int) ([]RequestMessage, error) {
	rows := []struct {
		RequestMessage
		Hash string
		Name string
		MIME string
	}{}
	err := tx.SelectContext(ctx, &rows, `SELECT m.id, m.person_id, m.text, m.at, m.name, COALESCE(f.hash, '') AS hash, COALESCE(f.mime, '') AS mime
		FROM request_messages m LEFT JOIN files f ON f.hash = m.hash WHERE m.request_id = $1 ORDER BY m.id DESC LIMIT $2`, request, most)
	if err != nil {
		return nil, fmt.Errorf("read messages of a request: %w", err)
	}
	list := []RequestMessage{}
	for _, row := range slices.Backward(rows) {
		row.File = bot.File{ID: row.Hash, Name: row.Name, MIME: row.MIME, Image: strings.HasPrefix(row.MIME, "image/")}
		list = append(list, row.RequestMessage)
	}
	return list, nil
}
