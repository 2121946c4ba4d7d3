package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// EventPlaces offers places that came free to those who wait for one, in their order, and takes back what nobody took in
// time. Each change of a guest is made once, whoever runs this at the same time, and told in its transaction.
type EventPlaces struct{ Store *storage.Store }

// Run looks through all events to come in which somebody waits.
func (j EventPlaces) Run(ctx context.Context, now time.Time) error {
	codes, err := j.Store.EventsWithWaiting(ctx, now)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if err := j.Store.InTx(ctx, func(tx *storage.Tx) error { return offerPlaces(ctx, tx, code, now) }); err != nil {
			return fmt.Errorf("offer places of event %s: %w", code, err)
		}
	}
	return nil
}

func offerPlaces(ctx context.Context, tx *storage.Tx, code string, now time.Time) error {
	e, offered, lapsed, err := storage.OfferPlaces(ctx, tx, code, now)
	if err != nil {
		return err
	}
	for _, g := range offered {
		if err := storage.Notify(ctx, tx, offer(e, g, now.Location()), now); err != nil {
			return err
		}
	}
	for _, g := range lapsed {
		if err := storage.Notify(ctx, tx, lapse(e, g, now.Location()), now); err != nil {
			return err
		}
	}
	return nil
}

func offer(e storage.Event, g storage.Guest, zone *time.Location) storage.Notice {
	until := time.UnixMilli(g.OfferedUntil).In(zone)
	return storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("offer/%d", g.OfferedUntil)), Person: g.Person,
		Queue: storage.QueueAnswers, Hours: storage.OfferHours, Again: true, Until: until,
		Message: e.News(bot.Outgoing{
			Title: "Có chỗ cho bạn: " + e.Name,
			Text:  e.Where(zone) + "\nBạn trả lời trước " + viet.ShowMoment(until) + ". Sau đó chỗ này chuyển cho người chờ kế tiếp.",
			Buttons: []bot.Button{
				{Label: "Tôi sẽ đến", Data: "sukien:den:" + e.Code, Row: true}, {Label: "Nhường chỗ", Data: "sukien:nhuong:" + e.Code, Row: true},
			},
		}, zone),
	}
}

func lapse(e storage.Event, g storage.Guest, zone *time.Location) storage.Notice {
	return storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("lapsed/%d", g.OfferedUntil)), Person: g.Person, Queue: storage.QueueNotices, Again: true,
		Message: e.News(bot.Outgoing{
			Title:   "Chỗ đã chuyển cho người khác: " + e.Name,
			Text:    "Mình chưa nhận được câu trả lời của bạn nên chỗ đã chuyển cho người chờ kế tiếp. Bạn có thể vào danh sách chờ lại.",
			Buttons: []bot.Button{{Label: "Xem sự kiện", Data: "sukien:" + e.Code, Row: true}},
		}, zone),
	}
}
