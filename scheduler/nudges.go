package scheduler

import (
	"context"
	"errors"
	"slices"
	"time"

	"khoinghiep/storage"
)

// Nudges reminds people of forms that they left unfinished: once after a day without a sign of theirs, once more before the
// second day is over, then never again for that draft. Told in the chat that has the draft, by a turn there, so that it
// needs no person: most of those who are still filling in are nobody we know.
//
// Where ticks were missed, the latest step alone is made up for, by day, and nothing once a draft is older than staleAfter.
type Nudges struct {
	Store *storage.Store
	Forms []string // names of the conversations whose forms people would miss
}

// When people are reminded, after their last sign in that chat.
const (
	firstNudge = 24 * time.Hour
	lastNudge  = 44 * time.Hour
	staleAfter = 72 * time.Hour
)

// nudgesKept is longer than any draft is kept (RETENTION_DRAFT), but for one that is touched now and then.
const nudgesKept = 365 * 24 * time.Hour

// Run queues what is due at now. Again, or on two replicas at once, changes nothing.
func (n Nudges) Run(ctx context.Context, now time.Time) error {
	if !storage.Daytime.Open(now) {
		return nil
	}
	idle, err := n.Store.IdleDrafts(ctx, now.Add(-staleAfter), now.Add(-firstNudge))
	if err != nil {
		return err
	}
	failed := []error{}
	for _, d := range idle {
		if slices.Contains(n.Forms, d.Conversation) {
			failed = append(failed, n.Store.Nudge(ctx, d.Draft, step(now.Sub(d.Left)), now))
		}
	}
	return errors.Join(append(failed, n.Store.ForgetNudges(ctx, now.Add(-nudgesKept)))...)
}

// step is 1 for the first nudge and 2 for the last.
func step(idle time.Duration) int {
	if idle < lastNudge {
		return 1
	}
	return 2
}
