package storage

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Ledger is the ledger as the one process sees it that sends the deliveries of a channel; see Store.Exclusive.
type Ledger struct {
	Store   *Store
	Owner   string // names the process
	Channel string // that it sends on
	Ways    []Way  // all there are: people who cannot be reached on this channel are written to on another
}

// Outcome is what became of a delivery that was sent, or tried.
type Outcome struct {
	Delivery      // as it was taken; State, MessageID, Reason, Attempts and NotBefore are the new ones
	Gone     bool // the chat cannot be written to any more
}

// Flush keeps outcomes, and takes at most so many of the most urgent deliveries that are due: from now on they are being
// sent by this process. Consent, the limits of the day and whether people can be reached are looked at here, at the moment
// of sending: what may not be sent now is put off, moved to another channel or closed. more says that there is more due.
func (l *Ledger) Flush(ctx context.Context, now time.Time, outcomes []Outcome, most int) (taken []Delivery, more bool, err error) {
	err = l.Store.InTx(ctx, func(tx *Tx) error {
		if err := l.keep(ctx, tx, outcomes, now); err != nil || most <= 0 {
			return err
		}
		taken, more, err = l.take(ctx, tx, now, most)
		return err
	})
	return taken, more, err
}

// keep writes outcomes down. A late one takes the place of the assumption that was made about a process that seemed dead.
func (l *Ledger) keep(ctx context.Context, tx *Tx, outcomes []Outcome, now time.Time) error {
	if len(outcomes) == 0 {
		return nil
	}
	rows, values := []string{}, []any{}
	for _, o := range outcomes {
		rows = append(rows, rowOf(len(values)+1, "BIGINT", "TEXT", "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT"))
		values = append(values, o.ID, o.State, o.NotBefore, o.MessageID, o.Reason, o.Attempts, o.Closed)
		if err := l.follow(ctx, tx, o, now); err != nil {
			return err
		}
	}
	n := len(values)
	_, err := tx.ExecContext(ctx, `WITH v (id, state, not_before, message_id, reason, attempts, closed) AS (VALUES `+strings.Join(rows, ", ")+`)
		UPDATE deliveries SET state = v.state, not_before = v.not_before, message_id = v.message_id, reason = v.reason, attempts = v.attempts, closed = v.closed, at = `+
		fmt.Sprintf("$%d FROM v WHERE deliveries.id = v.id AND deliveries.owner = $%d AND deliveries.state IN ('sending', 'unknown', 'queued')", n+1, n+2),
		append(values, millis(now), l.Owner)...)
	return wrap("keep outcomes", err)
}

// follow has the chat learn what came of a delivery.
func (l *Ledger) follow(ctx context.Context, tx *Tx, o Outcome, now time.Time) error {
	switch {
	case o.Gone:
		return LoseChat(ctx, tx, o.Address(), now)
	case o.State == DeliverySent && (o.Mode == ModeTemplate || o.Mode == ModePhone):
		return AddErrand(ctx, tx, o.Address(), CardErrand+strconv.FormatInt(o.ID, 10), now)
	}
	return nil
}

// rowOf is one row of VALUES, with placeholders from a number on. Their types are said because PostgreSQL takes parameters
// of no known type for texts.
func rowOf(first int, types ...string) string {
	marks := make([]string, len(types))
	for i, t := range types {
		marks[i] = fmt.Sprintf("CAST($%d AS %s)", first+i, t)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// Recover makes sure of what is in doubt when a process begins to send on a channel: nothing is on its way from it, and
// whoever sent before is gone, or will be told otherwise by the late outcome. Where messages are charged for, none is sent
// again by itself.
func (l *Ledger) Recover(ctx context.Context, now time.Time) error {
	charged := slices.ContainsFunc(l.Ways, func(w Way) bool { return w.Channel == l.Channel && w.Free > 0 })
	_, err := l.Store.write.ExecContext(ctx, `UPDATE deliveries SET state = CASE WHEN again = 1 AND $5 = 0 THEN 'queued' ELSE 'unknown' END,
		reason = $2, at = $3 WHERE state = 'sending' AND channel = $1 AND owner <> $4`, l.Channel, CutOff, millis(now), l.Owner, number(charged))
	if err != nil {
		return fmt.Errorf("doubt deliveries of others: %w", err)
	}
	_, err = l.Store.write.ExecContext(ctx, `UPDATE deliveries SET state = 'queued' WHERE state = 'sending' AND channel = $1 AND owner = $2`, l.Channel, l.Owner)
	return wrap("take back deliveries that were never sent", err)
}

// AdoptDeliveries moves what waits for channels that are not configured any more to those that are.
func (s *Store) AdoptDeliveries(ctx context.Context, channels []string, now time.Time) error {
	waiting := []string{}
	if err := s.read.SelectContext(ctx, &waiting, `SELECT DISTINCT channel FROM deliveries WHERE state IN ('queued', 'sending')`); err != nil {
		return fmt.Errorf("list channels that are waited for: %w", err)
	}
	for _, gone := range waiting {
		if slices.Contains(channels, gone) || len(channels) == 0 {
			continue
		}
		_, err := s.write.ExecContext(ctx, `UPDATE deliveries SET state = CASE state WHEN 'sending' THEN 'unknown' ELSE state END, channel = $2, at = $3
			WHERE channel = $1 AND state IN ('queued', 'sending')`, gone, channels[0], millis(now))
		if err != nil {
			return fmt.Errorf("adopt deliveries: %w", err)
		}
	}
	return nil
}
