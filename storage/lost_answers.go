package storage

import (
	"context"
	"time"
)

// LostAnswer is an answer to a request that did not arrive where it was sent, or may not have.
type LostAnswer struct {
	ID    int64  // of its delivery
	Code  string // of the request
	Staff int64  // who took it
	State DeliveryState
}

// LostAnswers lists the answers of officers whose deliveries ended in vain or in doubt within a span of time.
func (s *Store) LostAnswers(ctx context.Context, from, until time.Time) ([]LostAnswer, error) {
	list := []LostAnswer{}
	err := s.read.SelectContext(ctx, &list, `SELECT d.id, r.code, r.staff_id AS staff, d.state FROM deliveries d
		JOIN requests r ON r.person_id = d.person_id AND d.source LIKE 'request/' || r.code || '/%'
		WHERE d.queue = $1 AND d.state IN ('failed', 'unreachable', 'unknown', 'expired') AND d.at >= $2 AND d.at < $3 AND r.staff_id <> 0
		ORDER BY d.id`, QueueAnswers, millis(from), millis(until))
	return list, wrap("find answers that did not arrive", err)
}
