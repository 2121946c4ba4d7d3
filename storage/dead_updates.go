package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Bury keeps an update that failed again and again, with its error, for repair by hand.
func (s *Store) Bury(ctx context.Context, in bot.Incoming, cause error, now time.Time) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode update: %w", err)
	}
	_, err = s.write.ExecContext(ctx, `
		INSERT INTO dead_updates (channel, chat, update_id, body, error, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (channel, chat, update_id) DO NOTHING`, in.From.Channel, in.From.Chat, in.ID, string(body), cause.Error(), millis(now))
	return wrap("keep failed update", err)
}

// Buried counts the updates waiting for repair.
func (s *Store) Buried(ctx context.Context) (n int, err error) {
	err = s.read.GetContext(ctx, &n, `SELECT count(*) FROM dead_updates`)
	return n, wrap("count failed updates", err)
}
