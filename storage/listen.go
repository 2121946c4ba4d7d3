package storage

import (
	"context"
	"log/slog"
	"time"

	"github.com/lib/pq"
)

// listen has heard called with each message that a replica sends under a topic of PostgreSQL, until ctx is done; nil: the
// connection was broken, and something may have been missed. SQLite has no replicas: there it returns at once.
func (s *Store) listen(ctx context.Context, topic string, heard func(message *string)) {
	if !s.postgres {
		return
	}
	listener := pq.NewListener(s.url, 100*time.Millisecond, 5*time.Second, func(_ pq.ListenerEventType, err error) {
		if err != nil {
			slog.Warn("listening to other replicas was interrupted", "topic", topic, "error", err)
		}
	})
	defer context.AfterFunc(ctx, func() { _ = listener.Close() })()
	if err := listener.Listen(topic); err != nil {
		slog.Debug("listening to other replicas ended", "topic", topic, "error", err) // closed before it was connected
		return
	}
	for note := range listener.NotificationChannel() { // closed by Close
		if note == nil {
			heard(nil)
		} else {
			heard(&note.Extra)
		}
	}
}
