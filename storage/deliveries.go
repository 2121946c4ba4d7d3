package storage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
)

// Delivery is one row of the ledger: one message to one person.
type Delivery struct {
	ID        int64
	Source    string
	Person    int64 `db:"person_id"`
	Queue     Queue // or the id of an announcement
	Channel   string
	Chat      string // where it is sent
	Body      string // JSON of bot.Outgoing; "": the announcement has it
	Hours     Hours
	Again     bool
	NotBefore int64 `db:"not_before"` // Unix milliseconds
	NotAfter  int64 `db:"not_after"`  // Unix milliseconds; 0: no end
	State     DeliveryState
	Attempts  int    // so far, in vain
	Mode      Mode   // how it goes on its channel
	Closed    int    // how many modes are closed for it, see Mode.Rank
	Phone     string `db:"-"` // where ModePhone sends it
	MessageID string `db:"message_id"`
	Reason    string // why it is in its state
	At        int64  // when it came into its state, Unix milliseconds
}

// DeliveryState is where a delivery stands.
type DeliveryState string

// The states. All but the first two are final, but that a late outcome takes the place of DeliveryUnknown.
const (
	DeliveryQueued      DeliveryState = "queued"
	DeliverySending     DeliveryState = "sending" // taken by a process that sends it now
	DeliverySent        DeliveryState = "sent"
	DeliveryFailed      DeliveryState = "failed"      // refused, or tried too often
	DeliveryUnreachable DeliveryState = "unreachable" // no chat of the person can be written to
	DeliveryUnknown     DeliveryState = "unknown"     // it may have arrived
	DeliveryCancelled   DeliveryState = "cancelled"   // taken back, or the person wants no announcements any more
	DeliveryExpired     DeliveryState = "expired"     // its time was over
)

// Why a delivery is in its state.
const (
	NoChat        = "no reachable chat"
	WindowClosed  = "the window is closed" // the person has not written for long, and there is no template
	CutOff        = "cut off"              // the process that sent it, or the line: it may have arrived
	Refused       = "refused"              // by the platform
	TriedTooOften = "tried too often"
	OptedOut      = "opted out"  // the person wants no announcements any more
	TakenBack     = "taken back" // staff cancelled the announcement
	Joined        = "joined"     // the person was told in another chat of theirs
)

// Address is where it is sent.
func (d Delivery) Address() bot.Address { return bot.Address{Channel: d.Channel, Chat: d.Chat} }

// deliveriesAtOnce is how many rows one statement adds: SQLite takes 32,766 values, PostgreSQL 65,535.
const deliveriesAtOnce = 500

// queueDeliveries adds rows, each with the best channel of its person. Rows that are there already stay as they are.
func queueDeliveries(ctx context.Context, tx *Tx, list ...Delivery) error {
	for len(list) > 0 {
		n := min(len(list), deliveriesAtOnce)
		if err := addDeliveries(ctx, tx, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func addDeliveries(ctx context.Context, tx *Tx, list []Delivery) error {
	reach, err := reachOf(ctx, tx, peopleOf(list))
	if err != nil {
		return err
	}
	rows, values := []string{}, []any{}
	for _, d := range list {
		d.State = DeliveryQueued
		if best, ok := reach.best(d.Person); ok {
			d.Channel = best.Channel
		} else {
			d.State, d.Reason = DeliveryUnreachable, NoChat
		}
		rows = append(rows, placeholders(len(values)+1, 12))
		values = append(values, d.ID, d.Source, d.Person, d.Queue, d.Channel, d.Body, d.Hours, number(d.Again), d.NotBefore, d.NotAfter, d.State, d.At)
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO deliveries (id, source, person_id, queue, channel, body, hours, again, not_before, not_after, state, at)
		VALUES `+strings.Join(rows, ", ")+` ON CONFLICT (source, person_id) DO NOTHING`, values...)
	return wrap("queue deliveries", err)
}

func peopleOf(list []Delivery) []int64 {
	people := make([]int64, len(list))
	for i, d := range list {
		people[i] = d.Person
	}
	return people
}

// placeholders gives "($3, $4)" for the first number 3 and 2 values.
func placeholders(first, n int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", first+i)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// number is how SQL keeps a bool that both databases understand.
func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// WaitingDeliveries counts what may be sent now, or is on its way. Exact, and slow for many.
func (s *Store) WaitingDeliveries(ctx context.Context, now time.Time) (n int, err error) {
	err = s.read.GetContext(ctx, &n, `SELECT COUNT(*) FROM deliveries d WHERE state = 'sending' OR state = 'queued' AND not_before <= $1
		AND NOT EXISTS (SELECT 1 FROM announcements a WHERE a.id = d.queue AND (a.state <> 'sending' OR a.start_at > $1 OR a.urgent = 0 AND $2 = 0 OR a.urgent = 1 AND $3 = 0))`,
		millis(now), number(Daytime.Open(now)), number(LongDay.Open(now)))
	return n, wrap("count waiting deliveries", err)
}
