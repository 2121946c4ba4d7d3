package storage

import (
	"context"
	"fmt"
	"time"
)

// RequestSource is the source of the deliveries that pass a message of a request on.
func RequestSource(r Request, m RequestMessage) string {
	return fmt.Sprintf("request/%s/%d", r.Code, m.ID)
}

// passedOn are the deliveries, with the source of RequestSource, of some requests; a condition on requests r follows.
const passedOn = ` FROM deliveries WHERE source IN (SELECT 'request/' || r.code || '/' || m.id
	FROM request_messages m JOIN requests r ON r.id = m.request_id WHERE `

// forgetCopies deletes what left the requests of a person for others: deliveries, and what staff saw in web chats, which
// always has the code beside it. It looks through all that is kept of web chats, as erasures are rare. It fails with
// ErrSending as Erase does.
func forgetCopies(ctx context.Context, tx *Tx, person int64) error {
	const theirs = passedOn + `r.person_id = $1)`
	if _, err := tx.ExecContext(ctx, `DELETE`+theirs+` AND state <> 'sending'`, person); err != nil {
		return fmt.Errorf("erase deliveries of requests: %w", err)
	}
	onTheWay := 0
	if err := tx.GetContext(ctx, &onTheWay, `SELECT COUNT(*)`+theirs, person); err != nil {
		return fmt.Errorf("look for deliveries of requests: %w", err)
	}
	if onTheWay > 0 {
		return ErrSending
	}
	codes := []string{}
	if err := tx.SelectContext(ctx, &codes, `SELECT code FROM requests WHERE person_id = $1`, person); err != nil {
		return fmt.Errorf("list a person's requests: %w", err)
	}
	for _, code := range codes {
		if _, err := tx.ExecContext(ctx, `DELETE FROM web_log WHERE body LIKE $1`, "%"+code+"%"); err != nil {
			return fmt.Errorf("erase a request from web chats: %w", err)
		}
	}
	return nil
}

// ForgetRequests deletes requests that are closed, or answered, and in which nothing happened since before the given time.
// One that still waits for an answer stays. What was passed on goes with it.
func (s *Store) ForgetRequests(ctx context.Context, files *Files, before time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		const over = `r.waiting_at = 0 AND r.updated_at < $1`
		if _, err := tx.ExecContext(ctx, `DELETE`+passedOn+over+`)`, millis(before)); err != nil {
			return fmt.Errorf("erase deliveries of old requests: %w", err)
		}
		contents := []string{}
		err := tx.SelectContext(ctx, &contents, `DELETE FROM request_messages
			WHERE request_id IN (SELECT r.id FROM requests r WHERE `+over+`) RETURNING COALESCE(hash, '')`, millis(before))
		if err != nil {
			return fmt.Errorf("erase messages of old requests: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM requests AS r WHERE `+over, millis(before)); err != nil {
			return fmt.Errorf("erase old requests: %w", err)
		}
		return files.Release(ctx, tx, contents...)
	})
}
