package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Finished tells authors that their announcements are sent, once for each end: one that is sent again ends again.
type Finished struct{ Store *storage.Store }

// Run marks what has nothing left to send, and tells the authors of all that ended and were not told yet.
func (f Finished) Run(ctx context.Context, now time.Time) error {
	if err := f.Store.FinishAnnouncements(ctx, now); err != nil {
		return err
	}
	ids, err := f.Store.FinishedAnnouncements(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := f.Store.InTx(ctx, func(tx *storage.Tx) error { return tellAuthor(ctx, tx, id, now) }); err != nil {
			return fmt.Errorf("tell that an announcement is finished: %w", err)
		}
	}
	return nil
}

func tellAuthor(ctx context.Context, tx *storage.Tx, id int64, now time.Time) error {
	a, ok, err := storage.TellFinished(ctx, tx, id)
	if !ok || err != nil {
		return err
	}
	p, err := storage.ProgressOf(ctx, tx, id)
	if err != nil {
		return err
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("announcement-finished/%d/%d", id, a.FinishedAt), Person: a.Author, Queue: storage.QueueNotices, Hours: a.Hours(),
		Message: bot.Outgoing{
			Title: "Đã gửi xong: thông báo " + a.Code,
			Text: fmt.Sprintf("%s\nĐã gửi %s trong %s người nhận.", a.Message.Title,
				viet.ShowCount(p[storage.DeliverySent]), viet.ShowCount(p.Total())),
			Buttons: []bot.Button{{Label: "Xem kết quả", Data: fmt.Sprintf("dsthongbao:mo:%d", id), Row: true}},
		},
	}, now)
}
