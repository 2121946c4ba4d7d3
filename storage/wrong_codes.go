package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrTooManyCodes means that no more codes are looked up for this source, or for anybody, until the next hour.
var ErrTooManyCodes = errors.New("too many wrong codes")

// How many wrong codes an hour are enough. The second keeps guessing slow however many addresses take part, at the price
// that they can keep everyone's codes from working; 65 random bits would do without it.
const (
	wrongCodesFromOne = 5
	wrongCodesFromAll = 2000
)

const allSources = "all"

// checkTries fails with ErrTooManyCodes. Approximate for a source that tries several at the same moment: each of them
// may see the count before the others.
func (s *Store) checkTries(ctx context.Context, source string, now time.Time) error {
	tries := []struct {
		Source string
		Count  int
	}{}
	err := s.read.SelectContext(ctx, &tries, `SELECT source, count FROM wrong_codes WHERE hour = $1 AND source IN ($2, $3)`,
		hourOf(now), source, allSources)
	if err != nil {
		return fmt.Errorf("count wrong codes: %w", err)
	}
	for _, t := range tries {
		if t.Count >= wrongCodesFromOne && t.Source == source || t.Count >= wrongCodesFromAll {
			return ErrTooManyCodes
		}
	}
	return nil
}

// CountWrongCode remembers a wrong code from a source until the next hour.
func CountWrongCode(ctx context.Context, tx *Tx, source string, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM wrong_codes WHERE hour < $1`, hourOf(now)); err != nil {
		return fmt.Errorf("forget wrong codes: %w", err)
	}
	for _, s := range []string{source, allSources} { // in one order for everybody
		_, err := tx.ExecContext(ctx, `
			INSERT INTO wrong_codes (source, hour, count) VALUES ($1, $2, 1)
			ON CONFLICT (source, hour) DO UPDATE SET count = wrong_codes.count + 1`, s, hourOf(now))
		if err != nil {
			return fmt.Errorf("count wrong code: %w", err)
		}
	}
	return nil
}
