package storage

import (
	"context"
	"fmt"
	"time"
)

// A competition closes at its moment, by the time that the platform gives to what somebody did: what was done in time is
// taken however late it comes, until the entries are dealt to the jury. Some platforms give no time to some things, such as
// pressed buttons; those count from when they came to us. Where the service was not receiving when a competition closed,
// such things may have waited at the platform: they are taken until graceAfter past the service's return.
//
// Weak spot: an absence shorter than beatSlack is not noticed. Whoever pressed a button during it, in the very last moment,
// is late; what they typed is not.
const (
	beatSlack  = 2 * time.Minute
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

// InTime reports whether what came is before the closing of c.
func (c Competition) InTime(a Arrival) bool {
	switch at := millis(a.At); {
	case c.Round > 0:
		return false
	case at < c.ClosesAt:
		return true
	case a.Exact:
		return false
	case c.GraceUntil == 0:
		return c.missed(a.Beat)
	default:
		return at < c.GraceUntil
	}
}

// missed tells from the last sign of the service before now that it was not receiving when c closed.
func (c Competition) missed(beat int64) bool { return beat < c.ClosesAt-beatSlack.Milliseconds() }

// Closed reports whether c takes nothing any more, so that its entries can be dealt.
func (c Competition) Closed(now time.Time) bool {
	return c.GraceUntil > 0 && millis(now) >= c.GraceUntil
}

// Beat takes note that the service is receiving, and settles how long competitions that closed since the last note still
// take what may have been done in time.
func (s *Store) Beat(ctx context.Context, now time.Time) error {
	return s.InTx(ctx, func(tx *Tx) error {
		last := int64(0)
		if _, err := found(tx.GetContext(ctx, &last, `SELECT at FROM beats WHERE name = 'receiving'`)); err != nil {
			return fmt.Errorf("read when the service was receiving: %w", err)
		}
		closed := []Competition{}
		err := tx.SelectContext(ctx, &closed, `SELECT `+competitionColumns+` FROM competitions WHERE grace_until = 0 AND closes_at <= $1`, millis(now))
		if err != nil {
			return fmt.Errorf("find competitions that closed: %w", err)
		}
		for _, c := range closed {
			until := c.ClosesAt
			if c.missed(last) {
				until = millis(now.Add(graceAfter))
			}
			if _, err := tx.ExecContext(ctx, `UPDATE competitions SET grace_until = $2 WHERE id = $1 AND closes_at = $3`, c.ID, until, c.ClosesAt); err != nil {
				return fmt.Errorf("close competition: %w", err)
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO beats (name, at) VALUES ('receiving', $1) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at`, millis(now))
		return wrap("note that the service is receiving", err)
	})
}
