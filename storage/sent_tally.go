package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
)

// sentTopic is the name under which replicas tell one another what they sent past the ledger.
const sentTopic = "sent"

// SentTally is how many messages one replica sent on a channel past the ledger: replies to people who just wrote. A
// platform counts the messages of all replicas together.
type SentTally struct {
	Owner   string `json:"owner"` // the replica
	Channel string `json:"channel"`
	Count   int    `json:"count"`
}

// TellSent tells all replicas of a tally. On SQLite there is nobody to tell.
func (s *Store) TellSent(ctx context.Context, t SentTally) error {
	if !s.postgres {
		return nil
	}
	message, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encode a tally: %w", err)
	}
	if _, err := s.write.ExecContext(ctx, `SELECT pg_notify($1, $2)`, sentTopic, string(message)); err != nil {
		return fmt.Errorf("tell what was sent: %w", err)
	}
	return nil
}

// HearSent has heard called with what the other replicas than owner tell, until ctx is done. What is told while the
// connection is broken is lost: the rate may then be passed by as much.
func (s *Store) HearSent(ctx context.Context, owner string, heard func(SentTally)) {
	s.listen(ctx, sentTopic, func(message *string) {
		if message == nil {
			return
		}
		var t SentTally
		if err := json.Unmarshal([]byte(*message), &t); err != nil {
			slog.Warn("a tally of another replica is not readable", "error", err)
			return
		}
		if t.Owner != owner {
			heard(t)
		}
	})
}
