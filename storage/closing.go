package storage

import (
	"context"
	"fmt"
	"time"
)

// A competition closes at its moment, by the time that the platform gives to what somebody did: what was done in time is
// taken however late it comes, until the entries are dealt to the jury. Some platforms give no time to some things, such as
// pressed buttons; those count from when they came to us. Where the service was not receiving when a competition closed,
// such things may have waited at the platform: they are taken until graceAfter past the service's return. The public vote
// ends in the same way; what was done in time is taken until the counts come out.
//
// Weak spot: an absence shorter than beatSlack is not noticed, nor is that of one channel alone. Whoever pressed a button during
// it, in the very last moment, is late; what they typed is not.
const (
	beatSlack  = 45 * time.Second // two beats and some time to write them, see the job "receiving"
	graceAfter = 10 * time.Minute
)

// Arrival is when something came that somebody did.
type Arrival struct {
	At    time.Time // when it was done, as far as is known; never later than now
	Exact bool      // the platform told
	Beat  int64     // when the service was last known to be receiving, Unix milliseconds
}

// Beating is Arrival with the present Beat.
func Beating(ctx context.Context, tx *Tx, at time.Time, exact bool, now time.Time) (Arrival, error) {
	if at.After(now) {
		at = now // the platform's clock is ahead
	}
	a := Arrival{At: at, Exact: exact}
	_, err := found(tx.GetContext(ctx, &a.Beat, `SELECT at FROM beats WHERE name = 'receiving'`))
	return a, wrap("read when the service was receiving", err)
}

// deadline is a moment by which something has to be done, and until when what may have been done in time is taken; 0: not
// known yet. Both are Unix milliseconds.
type deadline struct{ at, grace int64 }

// takes reports whether what came is before the deadline.
func (d deadline) takes(a Arrival) bool {
	switch at := millis(a.At); {
	case at < d.at:
		return true
	case a.Exact:
		return false
	case d.grace == 0:
		return d.missed(a.Beat)
	default:
		return at < d.grace
	}
}

// missed tells from the last sign of the service before now that it was not receiving at the deadline.
func (d deadline) missed(beat int64) bool { return beat < d.at-beatSlack.Milliseconds() }

// over reports whether nothing that has no time of its own is taken any more.
func (d deadline) over(now time.Time) bool { return d.grace > 0 && millis(now) >= d.grace }

func (c Competition) closing() deadline { return deadline{c.ClosesAt, c.GraceUntil} }
func (c Competition) voteEnd() deadline { return deadline{c.VoteAt, c.VoteGrace} }

// InTime reports whether what came is before the closing of c.
func (c Competition) InTime(a Arrival) bool { return c.Round == 0 && c.closing().takes(a) }

// Closed reports whether c takes nothing any more, so that its entries can be dealt and voted for.
func (c Competition) Closed(now time.Time) bool { return c.closing().over(now) }

// VoteTakes reports whether a vote that came is before the end of the public vote of c.
func (c Competition) VoteTakes(a Arrival) bool { return c.VotePublished == 0 && c.voteEnd().takes(a) }

// VoteOpen reports whether the public votes at now.
func (c Competition) VoteOpen(now time.Time) bool { return millis(now) < c.VoteAt && c.Closed(now) }

// VoteOver reports whether c had a public vote whose votes can be counted.
func (c Competition) VoteOver(now time.Time) bool { return c.VoteAt > 0 && c.voteEnd().over(now) }

// Beat takes note that the service is receiving, and settles how long competitions and votes that closed since the last note
// still take what may have been done in time.
func (s *Store) Beat(ctx context.Context, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		last := int64(0)
		if _, err := found(tx.GetContext(ctx, &last, `SELECT at FROM beats WHERE name = 'receiving'`)); err != nil {
			return fmt.Errorf("read when the service was receiving: %w", err)
		}
		for _, column := range [][2]string{{"closes_at", "grace_until"}, {"vote_at", "vote_grace"}} {
			if err := settleDeadlines(ctx, tx, column[0], column[1], last, now); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO beats (name, at) VALUES ('receiving', $1) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at`, millis(now))
		return wrap("note that the service is receiving", err)
	})
}

// settleDeadlines settles the grace of what ended, where the two columns have that.
func settleDeadlines(ctx context.Context, tx *Tx, at, grace string, last int64, now time.Time) error {
	ended := []struct{ ID, Moment int64 }{}
	err := tx.SelectContext(ctx, &ended, `SELECT id, `+at+` AS moment FROM competitions WHERE `+grace+` = 0 AND `+at+` > 0 AND `+at+` <= $1`, millis(now))
	if err != nil {
		return fmt.Errorf("find competitions that closed: %w", err)
	}
	for _, c := range ended {
		until := c.Moment
		if (deadline{at: c.Moment}).missed(last) {
			until = millis(now.Add(graceAfter))
		}
		if _, err := tx.ExecContext(ctx, `UPDATE competitions SET `+grace+` = $2 WHERE id = $1 AND `+at+` = $3`, c.ID, until, c.Moment); err != nil {
			return fmt.Errorf("close competition: %w", err)
		}
	}
	return nil
}
