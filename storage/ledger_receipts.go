package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// SettleReceipts ends doubts about what was sent to a: the platform tells that these messages arrived. Ids of anything
// else change nothing, so that it may be called again. A delivery that was cut off before the platform told its id cannot
// be found by one, and stays unknown.
func (s *Store) SettleReceipts(ctx context.Context, a bot.Address, messageIDs []string, now time.Time) error {
	if len(messageIDs) == 0 {
		return nil
	}
	values := []any{a.Channel, a.Chat, millis(now)}
	for _, id := range messageIDs {
		values = append(values, id)
	}
	_, err := s.write.ExecContext(ctx, `UPDATE deliveries SET state = 'sent', reason = '', at = $3
		WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)
		AND channel = $1 AND chat = $2 AND state = 'unknown' AND message_id IN `+placeholders(4, len(messageIDs)), values...)
	return wrap("settle receipts", err)
}
