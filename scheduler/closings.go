package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Closings reminds people of entries that they began and did not submit, before the competition closes. A step counts for
// entries that were begun before it; of steps that were missed, the latest alone goes out. When the closing is moved, the
// steps begin anew. Once it closed, those who entered are told that the public votes, if it does.
type Closings struct {
	Store *storage.Store
}

// closingStep is when people are reminded before the closing, and at which hours.
type closingStep struct {
	name   string
	before time.Duration
	hours  storage.Hours
}

func closingSteps() []closingStep {
	return []closingStep{
		{"T-7d", 7 * 24 * time.Hour, storage.Daytime},
		{"T-3d", 3 * 24 * time.Hour, storage.Daytime},
		{"T-1d", 24 * time.Hour, storage.Daytime},
		{"T-3h", 3 * time.Hour, storage.AnyHour},
		{"T-15m", 15 * time.Minute, storage.AnyHour},
	}
}

// remindedAtOnce is how many entries one transaction reminds of: others must not wait for long.
const remindedAtOnce = 100

// Run reminds of all that is due at now, in the zone of now. The ledger keeps it to once for each closing and step.
func (j Closings) Run(ctx context.Context, now time.Time) error {
	open, voted := []storage.Competition{}, []storage.Competition{}
	err := j.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if open, err = storage.OpenCompetitions(ctx, tx, now); err != nil {
			return err
		}
		voted, err = storage.VotesGoingOn(ctx, tx, now)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range open {
		if err := j.remind(ctx, c, now); err != nil {
			return fmt.Errorf("remind of the closing of %s: %w", c.Code, err)
		}
	}
	for _, c := range voted {
		if err := j.tellVote(ctx, c, now); err != nil {
			return fmt.Errorf("tell that the public votes in %s: %w", c.Code, err)
		}
	}
	return nil
}

func (j Closings) remind(ctx context.Context, c storage.Competition, now time.Time) error {
	closes := time.UnixMilli(c.ClosesAt).In(now.Location())
	steps, due := closingSteps(), -1
	for i, s := range steps {
		if !now.Before(closes.Add(-s.before)) {
			due = i
		}
	}
	if due < 0 {
		return nil
	}
	until := closes
	if due+1 < len(steps) {
		until = closes.Add(-steps[due+1].before)
	}
	for n := remindedAtOnce; n == remindedAtOnce; {
		err := j.Store.InTx(ctx, func(tx *storage.Tx) error {
			list, err := storage.DraftsToRemind(ctx, tx, c, steps[due].name, closes.Add(-steps[due].before), remindedAtOnce)
			if err != nil {
				return err
			}
			n = len(list)
			return tellDrafts(ctx, tx, c, steps[due], list, until, now)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func tellDrafts(ctx context.Context, tx *storage.Tx, c storage.Competition, s closingStep, list []storage.Entry, until, now time.Time) error {
	closes := time.UnixMilli(c.ClosesAt).In(now.Location())
	when := closes.Format("15:04") + ", " + viet.ShowDate(closes.Format(time.DateOnly))
	left := viet.TimeLeft(closes, s.hours.Next(now).Truncate(time.Minute)) // when they read it; a step begins on a minute
	for _, e := range list {
		err := storage.Notify(ctx, tx, storage.Notice{
			Source: storage.ReminderSource(c, e, s.name), Person: e.Person, Queue: storage.QueueReminders, Hours: s.hours, Again: true, Until: until,
			Message: bot.Outgoing{
				Title:    "Hồ sơ dự thi chưa nộp",
				Text:     fmt.Sprintf("Hồ sơ “%s”, %s, chưa nộp. Hạn nộp: %s, %s.", e.Name, c.Name, when, left),
				Buttons:  []bot.Button{{Label: "Mở hồ sơ", Data: fmt.Sprintf("cuocthi:hs:%d", e.ID), Row: true}},
				Template: &bot.Template{Name: storage.EntryDue, Params: map[string]string{"ten": storage.Subject(e.Name), "han": closes.Format("15:04 02/01/2006")}},
			},
		}, now)
		if err != nil {
			return err
		}
	}
	return nil
}

// tellVote tells everybody who entered, once, that the public votes now.
func (j Closings) tellVote(ctx context.Context, c storage.Competition, now time.Time) error {
	for n := remindedAtOnce; n == remindedAtOnce; {
		err := j.Store.InTx(ctx, func(tx *storage.Tx) error {
			list, err := storage.VotableUntold(ctx, tx, c, remindedAtOnce)
			if err != nil {
				return err
			}
			n = len(list)
			return tellVoted(ctx, tx, c, list, now)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func tellVoted(ctx context.Context, tx *storage.Tx, c storage.Competition, list []storage.Entry, now time.Time) error {
	end := time.UnixMilli(c.VoteAt).In(now.Location())
	for _, e := range list {
		err := storage.Notify(ctx, tx, storage.Notice{
			Source: storage.VoteOpensSource(c, e), Person: e.Person, Queue: storage.QueueNotices, Again: true, Until: end,
			Message: bot.Outgoing{
				Title: "Bình chọn đã mở: " + c.Name,
				Text: fmt.Sprintf("Mọi người bình chọn cho dự án “%s” của bạn được từ bây giờ đến %s, %s. Bạn lấy lời mời có liên kết riêng để gửi cho bạn bè.",
					e.Name, end.Format("15:04"), viet.ShowDate(end.Format(time.DateOnly))),
				Buttons:  []bot.Button{{Label: "Lấy lời mời", Data: fmt.Sprintf("cuocthi:xinphieu:%d", e.ID), Row: true}},
				Template: &bot.Template{Name: storage.VoteOpen, Params: map[string]string{"ten": storage.Subject(e.Name), "han": end.Format("15:04 02/01/2006")}},
			},
		}, now)
		if err != nil {
			return err
		}
	}
	return nil
}
