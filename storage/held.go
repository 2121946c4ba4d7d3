package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// Held is what a dialog holds of its person: a column by which retention finds the dialogs whose time is over.
type Held string

// What a dialog may hold, the first that applies.
const (
	HeldInHand  Held = "hand"   // a conversation in hand, or buttons that a typed number presses
	HeldLater   Held = "later"  // forms put aside, or replies that could not be sent yet
	HeldRole    Held = "role"   // that the person has a role
	HeldErased  Held = "erased" // nothing, as the person had everything erased: a tombstone
	HeldNothing Held = "none"
)

func (d *Dialog) held() Held {
	switch s := d.Session; {
	case s.Name != "" || s.Form != nil || len(s.Shown) > 0 || s.Group != "" || len(s.Memo) > 0:
		return HeldInHand
	case len(s.Aside) > 0 || len(d.Outbox.Replies) > 0:
		return HeldLater
	case s.Official:
		return HeldRole
	case d.Erased:
		return HeldErased
	}
	return HeldNothing
}

// idleMost is how many dialogs one look for idle ones finds; the rest are found by the next.
const idleMost = 5000

// IdleDialogs lists dialogs that hold this and whose person last did something before the given time. With Redis the table
// may be a second behind: look at the dialog again before changing it.
func (s *Store) IdleDialogs(ctx context.Context, held Held, before time.Time) ([]bot.Address, error) {
	list := []bot.Address{}
	err := s.read.SelectContext(ctx, &list, `SELECT channel, chat FROM dialogs WHERE held = $1 AND updated_at < $2 ORDER BY updated_at LIMIT $3`,
		held, millis(before), idleMost)
	return list, wrap("find idle dialogs", err)
}

// LastHeard is when somebody last did something on a channel; the zero time when nobody did. With Redis it may be a second
// behind.
func (s *Store) LastHeard(ctx context.Context, channel string) (time.Time, error) {
	at := int64(0)
	err := s.read.GetContext(ctx, &at, `SELECT COALESCE(MAX(updated_at), 0) FROM dialogs WHERE channel = $1`, channel)
	if at == 0 {
		return time.Time{}, wrap("find the last dialog of a channel", err)
	}
	return time.UnixMilli(at), nil
}
