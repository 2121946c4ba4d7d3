package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// LostAnswers tells officers which of their answers to requests did not arrive, or may not have: only they can decide
// whether to say it again, or otherwise.
type LostAnswers struct{ Store *storage.Store }

// A platform's own word that something arrived may come a little later, and settles the doubt. What a stopped service missed
// is made up for, within a week.
const (
	doubtLasts  = 2 * time.Minute
	lossMatters = 7 * 24 * time.Hour
)

// Run tells of all that were lost, once each.
func (j LostAnswers) Run(ctx context.Context, now time.Time) error {
	lost, err := j.Store.LostAnswers(ctx, now.Add(-lossMatters), now.Add(-doubtLasts))
	if err != nil || len(lost) == 0 {
		return err
	}
	return j.Store.InTx(ctx, func(tx *storage.Tx) error {
		for _, a := range lost {
			if err := storage.Notify(ctx, tx, lossOf(a), now); err != nil {
				return fmt.Errorf("tell of a lost answer: %w", err)
			}
		}
		return nil
	})
}

func lossOf(a storage.LostAnswer) storage.Notice {
	text := "Câu trả lời của anh/chị không đến được người hỏi. Anh/chị mở yêu cầu để gửi lại, hoặc liên hệ cách khác."
	if a.State == storage.DeliveryUnknown {
		text = "Chưa chắc câu trả lời của anh/chị đã đến người hỏi: đường truyền đứt giữa chừng. Anh/chị mở yêu cầu và gửi lại nếu thấy cần."
	}
	return storage.Notice{
		Source: fmt.Sprintf("lost-answer/%d", a.ID), Person: a.Staff, Queue: storage.QueueNotices, Hours: storage.LongDay,
		Message: bot.Outgoing{
			Title: "Yêu cầu " + a.Code, Text: text,
			Buttons: []bot.Button{{Label: "Mở yêu cầu", Data: "yeucau:" + a.Code, Row: true}},
		},
	}
}
