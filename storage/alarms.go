package storage

import (
	"context"
	"fmt"
	"time"
)

// RaiseAlarm has everybody with a role hear, once a day, of what only people can mend: by an errand in each of their chats
// but those on the channel that is broken. The day is that of now where it is told. raised is false when somebody raised
// the same alarm today.
func RaiseAlarm(ctx context.Context, tx *Tx, name, broken, errand string, now time.Time) (raised bool, err error) {
	raised, err = found(tx.GetContext(ctx, new(string), `INSERT INTO alarms (name, day) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET day = excluded.day WHERE alarms.day < excluded.day RETURNING name`, name, now.Format(time.DateOnly)))
	if !raised || err != nil {
		return false, wrap("note an alarm", err)
	}
	people, err := PeopleWith(ctx, tx, Staff, now)
	if err != nil {
		return false, err
	}
	chats, err := reachOf(ctx, tx, people)
	if err != nil {
		return false, err
	}
	for _, person := range people {
		for _, a := range chats[person] {
			if a.Channel == broken {
				continue
			}
			if err := AddErrand(ctx, tx, a.Address, errand, now); err != nil {
				return false, fmt.Errorf("tell staff of an alarm: %w", err)
			}
		}
	}
	return true, nil
}
