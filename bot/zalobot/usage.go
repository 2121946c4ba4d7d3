package zalobot

import (
	"context"
	"fmt"
	"time"
)

// countTimeout keeps a slow database from holding up an answer that was sent already.
const countTimeout = 2 * time.Second

// Counter keeps count of what a bot's plan limits, for all replicas. Of a chat it need know no more than to tell it from
// others, so that erasing a person leaves the counts as they are.
type Counter interface {
	// Sent notes one message to a chat at a time.
	Sent(ctx context.Context, chat string, at time.Time) error
	// Since tells how many messages were noted from a time on, and to how many different chats.
	Since(ctx context.Context, from time.Time) (messages, chats int, err error)
}

// Usage is how much of the plan is used. What the numbers count at Zalo's is not known in detail [?]: here messages are what
// we sent this calendar month, replies too, and people are those whom they went to.
type Usage struct {
	Messages, MessageLimit int
	People, PeopleLimit    int
}

// Low tells that four fifths of the messages or of the people are used up: time to ask for a larger plan, or to move to the
// Official Account.
func (u Usage) Low() bool {
	return 5*u.Messages >= 4*u.MessageLimit || 5*u.People >= 4*u.PeopleLimit
}

// Usage tells how much of this month's plan is used. Nothing is refused because of it: Zalo does that, with
// bot.RateLimited.
func (c *Channel) Usage(ctx context.Context) (Usage, error) {
	now, u := c.clock(), c.limits
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	messages, people, err := c.counter.Since(ctx, month)
	if err != nil {
		return Usage{}, fmt.Errorf("zalobot: reading how many messages were sent: %w", err)
	}
	u.Messages, u.People = messages, people
	return u, nil
}

// count notes a message that was sent, or may have been. A failure is only logged: sending again would be worse.
func (c *Channel) count(ctx context.Context, chat string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countTimeout)
	defer cancel()
	if err := c.counter.Sent(ctx, chat, c.clock()); err != nil {
		c.log.WarnContext(ctx, "zalobot: a message is missing in the count", "err", err)
	}
}
