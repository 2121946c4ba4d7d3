package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// MergeStartups ends a startup, gone, in favour of another that it repeats, kept, both as by saw them. When either is no
// longer so, ok is false and nothing changes. Of one founder's two, kept gets the files, the history and the answers that
// only gone has. Of two founders', nothing moves: neither agreed that the other sees what is theirs, so gone is only marked.
func MergeStartups(ctx context.Context, tx *Tx, keep, end Seen, by int64, now time.Time) (kept, gone Startup, ok bool, err error) {
	locked := map[string]Startup{}
	for _, seen := range slices.SortedFunc(slices.Values([]Seen{keep, end}), inOrderOfCodes) {
		s, ok, err := lockSeen(ctx, tx, seen)
		if !ok || err != nil {
			return kept, gone, false, err
		}
		locked[seen.Code] = s
	}
	kept, gone = locked[keep.Code], locked[end.Code]
	if kept.ID == gone.ID {
		return kept, gone, false, nil
	}
	if kept.Person == gone.Person {
		if err := moveOver(ctx, tx, &kept, gone, by, now); err != nil {
			return kept, gone, false, err
		}
	}
	gone.MergedInto = kept.Code
	if err := settle(ctx, tx, &gone, Review{Person: by, Status: StatusMerged}, now); err != nil {
		return kept, gone, false, err
	}
	return kept, gone, true, repoint(ctx, tx, kept.Code, gone.Code)
}

// inOrderOfCodes is one order of locks, so that two merges of the same pair do not wait for each other.
func inOrderOfCodes(a, b Seen) int { return cmp.Compare(a.Code, b.Code) }

// moveOver gives kept what only gone has.
func moveOver(ctx context.Context, tx *Tx, kept *Startup, gone Startup, by int64, now time.Time) error {
	for _, statement := range []string{
		`DELETE FROM documents WHERE startup_id = $2 AND hash IN (SELECT hash FROM documents WHERE startup_id = $1)`,
		`UPDATE documents SET startup_id = $1 WHERE startup_id = $2`,
		`UPDATE startup_history SET startup_id = $1 WHERE startup_id = $2`,
	} {
		if _, err := tx.ExecContext(ctx, statement, kept.ID, gone.ID); err != nil {
			return fmt.Errorf("move to the startup that stays: %w", err)
		}
	}
	before := kept.facts()
	for key, value := range gone.Profile {
		kept.Profile[key] = cmp.Or(kept.Profile[key], value)
	}
	kept.Revision++
	kept.UpdatedAt = max(kept.UpdatedAt, gone.UpdatedAt)
	if err := saveStartup(ctx, tx, *kept); err != nil {
		return err
	}
	return addHistory(ctx, tx, *kept, by, before, now)
}

// repoint has those that may repeat gone be compared with kept from now on.
func repoint(ctx context.Context, tx *Tx, kept, gone string) error {
	for _, statement := range []string{
		`UPDATE startups SET twin = '' WHERE code = $1 AND twin = $2`,
		`UPDATE startups SET twin = $1 WHERE twin = $2`,
	} {
		if _, err := tx.ExecContext(ctx, statement, kept, gone); err != nil {
			return fmt.Errorf("point to the startup that stays: %w", err)
		}
	}
	return nil
}
