package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Queue is where a delivery waits. What is in a lower one goes first; announcements come after all of these, each in a
// queue of its own, numbered as its id.
type Queue int64

// The queues.
const (
	QueueAnswers   Queue = iota // of officers to somebody who waits for them
	QueueReminders              // of deadlines
	QueueNotices                // of what happened: a review, a change
)

// Hours are when people may be written to first, in the time of the province. Decree 91/2020/ND-CP has advertising between
// 7:00 and 22:00; ours are narrower.
type Hours string

// The hours.
const (
	AnyHour Hours = "any"  // for what somebody waits for
	LongDay Hours = "long" // 06:00 to 21:30, for what is urgent
	Daytime Hours = "day"  // 08:00 to 20:00
)

// Notice is a message to a person who did not just ask.
type Notice struct {
	// Source says why, with the instant that it is about: "review/17/1763800000000". A person is told once for a source.
	Source  string
	Person  int64
	Message bot.Outgoing // with five buttons at most, so that no channel has to number them
	Queue   Queue
	Hours   Hours // "": Daytime
	// Again has it sent a second time when nobody knows whether it arrived. Otherwise that is for people to decide.
	Again       bool
	From, Until time.Time // when it may be sent; zero: now, and without an end
}

// Notify queues a notice, to be sent once the transaction is committed. The same source for the same person again changes
// nothing. Somebody who cannot be reached anywhere is noted as unreachable.
func Notify(ctx context.Context, tx *Tx, n Notice, now time.Time) error {
	body, err := json.Marshal(n.Message)
	if err != nil {
		return fmt.Errorf("encode notice: %w", err)
	}
	d := Delivery{
		ID: NewID(now), Source: n.Source, Person: n.Person, Queue: n.Queue, Body: string(body), Hours: n.Hours, Again: n.Again,
		NotBefore: max(millis(n.From), millis(now)), At: millis(now),
	}
	if d.Hours == "" {
		d.Hours = Daytime
	}
	if !n.Until.IsZero() {
		d.NotAfter = millis(n.Until)
	}
	return queueDeliveries(ctx, tx, d)
}

// NotifyRole queues a notice for everybody who has a role that includes the given one; Person is set for each.
func NotifyRole(ctx context.Context, tx *Tx, role Role, n Notice, now time.Time) error {
	people, err := PeopleWith(ctx, tx, role, now)
	if err != nil {
		return err
	}
	for _, n.Person = range people {
		if err := Notify(ctx, tx, n, now); err != nil {
			return err
		}
	}
	return nil
}
