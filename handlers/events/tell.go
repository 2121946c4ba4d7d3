package events

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// urgentWithin is how soon an event must be for a change of it to be told early and late in the day.
const urgentWithin = 48 * time.Hour

// hoursOf are when people may hear of a change of events that begin at these times.
func hoursOf(now time.Time, events ...storage.Event) storage.Hours {
	for _, e := range events {
		if e.Start(now.Location()).Before(now.Add(urgentWithin)) {
			return storage.LongDay
		}
	}
	return storage.Daytime
}

// tellChange tells everybody who has a place or waits for one where and when e is now.
func tellChange(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e, before storage.Event) (int, error) {
	zone := t.Now.Location()
	m := e.News(bot.Outgoing{
		Title: "Thay đổi: " + e.Name,
		Text:  "Sự kiện có thay đổi. Từ nay:\n" + e.Where(zone) + "\nTrước đây: " + before.When(zone) + ", " + before.Place + ".",
		Buttons: []bot.Button{
			{Label: "Xem sự kiện", Data: visiting + ":" + e.Code, Row: true}, button("Không đến được", visiting, askLeave, e),
		},
	}, zone)
	return storage.TellGuests(ctx, tx, e, storage.EventNews, storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("%schange/%d", storage.EventNews, e.Revision)), Message: m,
		Queue: storage.QueueReminders, Hours: hoursOf(t.Now, e, before), Again: true, Until: later(e, before).End(zone),
	}, t.Now)
}

// later is the event that ends later: until then it is good to know of the change.
func later(a, b storage.Event) storage.Event {
	if a.EndsAt < b.EndsAt {
		return b
	}
	return a
}

// tellCancelled tells everybody who has a place or waits for one that e is not held.
func tellCancelled(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event, reason string) (int, error) {
	zone := t.Now.Location()
	m := e.News(bot.Outgoing{
		Title: "Đã hủy: " + e.Name, Text: "Sự kiện này không diễn ra.\n" + e.Where(zone) + "\nLý do: " + reason,
		Buttons: []bot.Button{listButton()},
	}, zone)
	return storage.TellGuests(ctx, tx, e, "", storage.Notice{
		Source: storage.EventSource(e, "cancelled"), Message: m, Queue: storage.QueueReminders, Hours: hoursOf(t.Now, e), Again: true, Until: e.End(zone),
	}, t.Now)
}
