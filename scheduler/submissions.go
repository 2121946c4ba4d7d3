package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Submissions tells staff, at the hours of Digest, how much of what agencies sent waits for them, when something came since
// they were told, and nothing otherwise. A run that was missed is made up for by the next, and several at once do no harm.
type Submissions struct {
	Store    *storage.Store
	Calendar *plan.Calendar
}

// Run tells what waited at the last such hour of the day of now.
func (j Submissions) Run(ctx context.Context, now time.Time) error {
	slot, ok := lastSlot(now)
	if !ok || !j.Calendar.WorkingDay(now) {
		return nil
	}
	return j.Store.InTx(ctx, func(tx *storage.Tx) error {
		waiting, latest, err := storage.CountWaitingSubmissions(ctx, tx, slot)
		if err != nil || waiting == 0 {
			return err
		}
		source := "submissions/" + latest
		told, err := storage.ToldBy(ctx, tx, source)
		if err != nil || len(told) > 0 {
			return err
		}
		return storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{Source: source, Queue: storage.QueueNotices, Again: true, Message: bot.Outgoing{
			Title: "Đơn vị đã gửi kế hoạch, báo cáo", Text: fmt.Sprintf("%d bản gửi chờ anh/chị xem.", waiting),
			Buttons: []bot.Button{{Label: "Duyệt bản gửi", Data: "duyetbao:", Row: true}},
		}}, now)
	})
}
