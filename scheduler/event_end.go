package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// EventEnd marks events that are over. Where somebody came, the event counts as held and those who came are asked how it
// was; where no ticket was checked, its organisers are asked whether it was held: whoever they are by then.
type EventEnd struct{ Store *storage.Store }

// rateWithin is how long after its end people are still asked how an event was.
const rateWithin = 3 * 24 * time.Hour

// Run ends all events whose end has come, each once.
func (j EventEnd) Run(ctx context.Context, now time.Time) error {
	codes, err := j.Store.EndedEvents(ctx, now)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if err := j.Store.InTx(ctx, func(tx *storage.Tx) error { return endEvent(ctx, tx, code, now) }); err != nil {
			return fmt.Errorf("end event %s: %w", code, err)
		}
	}
	return nil
}

func endEvent(ctx context.Context, tx *storage.Tx, code string, now time.Time) error {
	e, ok, err := storage.EndEvent(ctx, tx, code, now)
	if !ok || err != nil {
		return err
	}
	s, err := storage.SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%d người đã đến, trong %d người có chỗ.", s.Arrived, s.Going)
	switch {
	case s.Arrived > 0:
		if err := storage.RecordEventHeld(ctx, tx, e, now); err != nil {
			return err
		}
	case e.Task != "":
		text += " Chưa vé nào được soát. Nếu sự kiện đã diễn ra, anh/chị mở sự kiện và xác nhận."
	}
	if err := askHowItWas(ctx, tx, e, now); err != nil {
		return err
	}
	return storage.NotifyOrganisers(ctx, tx, e.Agency, storage.Notice{
		Source: storage.EventSource(e, "over"), Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{
			Title: "Sự kiện đã kết thúc: " + e.Code, Text: e.Name + "\n" + text,
			Buttons: []bot.Button{{Label: "Mở sự kiện", Data: "dssukien:mo:" + e.Code, Row: true}},
		},
	}, now)
}

func askHowItWas(ctx context.Context, tx *storage.Tx, e storage.Event, now time.Time) error {
	people, err := storage.ToRate(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	n := storage.Notice{
		Source: storage.EventSource(e, "rate"), Queue: storage.QueueNotices, Until: e.End(now.Location()).Add(rateWithin),
		Message: e.News(storage.RatingCard(e), now.Location()),
	}
	for _, n.Person = range people {
		if err := storage.Notify(ctx, tx, n, now); err != nil {
			return err
		}
	}
	return nil
}
