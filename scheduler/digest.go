package scheduler

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Digest tells staff twice a working day which registrations wait for them: the new ones once, those overdue once a day,
// and nothing when there are none. Its work is what was not told yet, so a run that was missed is made up for by the next,
// and several at once do no harm.
type Digest struct {
	Store    *storage.Store
	Calendar *plan.Calendar
}

// digestHours are when staff are told, in the time of the schedule.
func digestHours() []int { return []int{14, 8} } // the latest first

// Run tells what waited at the last such hour of the day of now.
func (d Digest) Run(ctx context.Context, now time.Time) error {
	slot, ok := lastSlot(now)
	if !ok || !d.Calendar.WorkingDay(now) {
		return nil
	}
	return d.Store.InTx(ctx, func(tx *storage.Tx) error {
		waiting, err := storage.TakeDigest(ctx, tx, slot, midnight(now))
		codes := append(waiting.Fresh, waiting.Overdue...)
		if err != nil || len(codes) == 0 {
			return err
		}
		return storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{
			Source: fmt.Sprintf("digest/%d/%s", slot.UnixMilli(), codes[0]), Message: digestMessage(waiting),
			Queue: storage.QueueNotices, Again: true,
		}, now)
	})
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func lastSlot(now time.Time) (slot time.Time, ok bool) {
	for _, hour := range digestHours() {
		if slot := midnight(now).Add(time.Duration(hour) * time.Hour); !slot.After(now) {
			return slot, true
		}
	}
	return time.Time{}, false
}

func digestMessage(d storage.Digest) bot.Outgoing {
	m := bot.Outgoing{
		Title:   "Đăng ký chờ anh/chị xem",
		Buttons: []bot.Button{{Label: "Xem đăng ký chờ", Data: "dangkymoi:", Row: true}},
	}
	switch fresh, overdue := len(d.Fresh), len(d.Overdue); {
	case overdue == 0:
		m.Text = fmt.Sprintf("%d đăng ký mới chờ xem.", fresh)
	case fresh == 0:
		m.Text = fmt.Sprintf("%d đăng ký đã quá hạn trả lời. Anh/chị xem giúp hôm nay.", overdue)
	default:
		m.Text = fmt.Sprintf("%d đăng ký mới chờ xem; %d đăng ký đã quá hạn trả lời. Anh/chị xem các hồ sơ quá hạn trước.", fresh, overdue)
	}
	return m
}
