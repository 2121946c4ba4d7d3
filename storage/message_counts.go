package storage

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// countsFor is longer than a month, for which platforms count.
const countsFor = 40 * 24 * time.Hour

// MessageCounts counts what is sent on a channel whose platform counts as well. Nobody can tell from the rows which chats
// they are about without the key and the chat's id.
type MessageCounts struct {
	store   *Store
	channel string
	key     []byte
}

// MessageCounts are those of a channel, with the key that the replicas share.
func (s *Store) MessageCounts(ctx context.Context, channel string) (*MessageCounts, error) {
	key, err := s.secret(ctx, "message counts")
	return &MessageCounts{store: s, channel: channel, key: []byte(key)}, err
}

// Sent notes one message to a chat at a time.
func (c *MessageCounts) Sent(ctx context.Context, chat string, at time.Time) error {
	return c.store.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM message_counts WHERE hour < $1`, hourOf(at.Add(-countsFor))); err != nil {
			return fmt.Errorf("forget old counts: %w", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO message_counts (channel, hour, whom, messages) VALUES ($1, $2, $3, 1)
			ON CONFLICT (channel, hour, whom) DO UPDATE SET messages = message_counts.messages + 1`, c.channel, hourOf(at), c.hash(chat))
		return wrap("count a message", err)
	})
}

// Since tells how many messages were noted from the hour of a time on, and to how many different chats.
func (c *MessageCounts) Since(ctx context.Context, from time.Time) (messages, chats int, err error) {
	row := struct{ Messages, Chats int }{}
	err = c.store.read.GetContext(ctx, &row, `SELECT CAST(COALESCE(SUM(messages), 0) AS BIGINT) AS messages, COUNT(DISTINCT whom) AS chats
		FROM message_counts WHERE channel = $1 AND hour >= $2`, c.channel, hourOf(from))
	return row.Messages, row.Chats, wrap("read counts of messages", err)
}

func (c *MessageCounts) hash(chat string) string {
	mac := hmac.New(sha256.New, c.key)
	_, _ = mac.Write([]byte(c.channel + ":" + chat)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}
