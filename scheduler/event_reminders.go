package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// EventReminders reminds those who have a place of an event: seven days, a day and two hours before; never who waits for
// one. Who got their place after the moment of a step is not reminded by it, and of steps that were missed the latest alone
// goes out. An event that is moved is brought to mind anew.
type EventReminders struct{ Store *storage.Store }

// Run queues what is due at now, once for each guest, step and time of the event.
func (j EventReminders) Run(ctx context.Context, now time.Time) error {
	events, err := j.Store.EventsBetween(ctx, now, now.Add(storage.EventSteps()[0].Before))
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := j.Store.InTx(ctx, func(tx *storage.Tx) error { return remindOfEvent(ctx, tx, e, now) }); err != nil {
			return fmt.Errorf("remind of event %s: %w", e.Code, err)
		}
	}
	return nil
}

// stepOf is the latest step that is due, and when what it says is out of date.
func stepOf(e storage.Event, now time.Time) (step storage.EventStep, until time.Time, ok bool) {
	until = e.Start(now.Location())
	for _, s := range slices.Backward(storage.EventSteps()) {
		due := e.Start(now.Location()).Add(-s.Before)
		if !now.Before(due) {
			return s, until, true
		}
		until = due
	}
	return storage.EventStep{}, until, false
}

func remindOfEvent(ctx context.Context, tx *storage.Tx, e storage.Event, now time.Time) error {
	step, until, ok := stepOf(e, now)
	zone := now.Location()
	due := e.Start(zone).Add(-step.Before)
	if !ok || due.UnixMilli() < e.TimedAt { // who heard of the time after that needs no reminder
		return nil
	}
	n := storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("%sremind/%d/%s", storage.EventNews, e.StartsAt, step.Name)),
		Queue:  storage.QueueReminders, Hours: step.Hours, Again: true, Until: until,
		Message: e.News(bot.Outgoing{
			Title: step.Title + e.Name, Text: e.Where(zone),
			Buttons: []bot.Button{
				{Label: "Vé của tôi", Data: "sukien:ve:" + e.Code, Row: true}, {Label: "Không đến được", Data: "sukien:hoi:" + e.Code, Row: true},
			},
		}, zone),
	}
	people, err := storage.ToRemind(ctx, tx, e, n.Source, due)
	if err != nil {
		return err
	}
	for _, n.Person = range people {
		if err := storage.Notify(ctx, tx, n, now); err != nil {
			return err
		}
	}
	return nil
}
