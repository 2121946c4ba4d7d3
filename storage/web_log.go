package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
)

// WebLog is what was said in the web chats. Whoever follows a chat is woken when something is added, on any replica; see
// web_wake.go.
type WebLog struct {
	store *Store
	wake  *wakes
}

// NewWebLog keeps the log in the store. With several replicas, Listen must run.
func NewWebLog(store *Store) *WebLog { return &WebLog{store, newWakes()} }

// Append adds e with the next place of its chat. An entry whose key the chat has already keeps its place, and nothing changes.
func (l *WebLog) Append(ctx context.Context, chat string, e bot.Entry) (seq int64, err error) {
	body, err := json.Marshal(e.Outgoing)
	if err != nil {
		return 0, fmt.Errorf("encode web message: %w", err)
	}
	err = l.store.InTx(ctx, func(tx *Tx) error {
		seq, err = appendWeb(ctx, tx, chat, e, body)
		if err != nil || !l.store.postgres {
			return err
		}
		_, err = tx.ExecContext(ctx, `SELECT pg_notify($1, $2)`, wakeChannel, chat)
		return wrap("tell of a web message", err)
	})
	if err != nil {
		return 0, err
	}
	l.wake.chat(chat)
	return seq, nil
}

// appendWeb numbers the entries of a chat from the microsecond of the first: what follows an erasure has greater numbers than
// what open pages saw before it, as nobody says something each microsecond.
func appendWeb(ctx context.Context, tx *Tx, chat string, e bot.Entry, body []byte) (seq int64, err error) {
	err = tx.GetContext(ctx, &seq, `
		INSERT INTO web_chats (chat, last) VALUES ($1, $2) ON CONFLICT (chat) DO UPDATE SET last = web_chats.last + 1
		RETURNING last`, chat, e.At.UnixMicro())
	if err != nil {
		return 0, fmt.Errorf("number web message: %w", err)
	}
	mine := 0
	if e.Mine {
		mine = 1
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO web_log (chat, seq, key, mine, body, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (chat, key) DO NOTHING`,
		chat, seq, e.Key, mine, string(body), millis(e.At))
	if err != nil {
		return 0, fmt.Errorf("keep web message: %w", err)
	}
	err = tx.GetContext(ctx, &seq, `SELECT seq FROM web_log WHERE chat = $1 AND key = $2`, chat, e.Key)
	return seq, wrap("find web message", err)
}

const webColumns = `seq, key, mine, body, at`

// After lists the first entries of a chat behind seq, at most as many as told.
func (l *WebLog) After(ctx context.Context, chat string, seq int64, most int) ([]bot.Entry, error) {
	return l.list(ctx, `SELECT `+webColumns+` FROM web_log WHERE chat = $1 AND seq > $2 ORDER BY seq LIMIT $3`, chat, seq, most)
}

// Last lists the newest entries of a chat, the oldest of them first.
func (l *WebLog) Last(ctx context.Context, chat string, most int) ([]bot.Entry, error) {
	entries, err := l.list(ctx, `SELECT `+webColumns+` FROM web_log WHERE chat = $1 ORDER BY seq DESC LIMIT $2`, chat, most)
	slices.Reverse(entries)
	return entries, err
}

func (l *WebLog) list(ctx context.Context, query string, args ...any) ([]bot.Entry, error) {
	rows := []struct {
		Seq, Mine, At int64
		Key           string
		Body          []byte
	}{}
	if err := l.store.read.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("read web messages: %w", err)
	}
	entries := make([]bot.Entry, len(rows))
	for i, r := range rows {
		entries[i] = bot.Entry{Seq: r.Seq, Key: r.Key, Mine: r.Mine == 1, At: time.UnixMilli(r.At)}
		if err := json.Unmarshal(r.Body, &entries[i].Outgoing); err != nil {
			return nil, fmt.Errorf("decode web message: %w", err)
		}
	}
	return entries, nil
}

// Watch yields when the chat may have new entries, until stop is called.
func (l *WebLog) Watch(chat string) (woken <-chan struct{}, stop func()) { return l.wake.watch(chat) }

// EraseWebLog deletes what was said in a chat.
func EraseWebLog(ctx context.Context, tx *Tx, chat string) error {
	for _, statement := range []string{`DELETE FROM web_log WHERE chat = $1`, `DELETE FROM web_chats WHERE chat = $1`} {
		if _, err := tx.ExecContext(ctx, statement, chat); err != nil {
			return fmt.Errorf("erase web messages: %w", err)
		}
	}
	return nil
}
