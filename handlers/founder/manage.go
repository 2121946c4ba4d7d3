package founder

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// What the buttons of Mine do with a startup.
const (
	askWithdraw = "hoi"
	withdraw    = "rut"
	stillActive = "con"
	noLonger    = "dung"
)

// manageOwn does what a button says with a startup of who presses it.
func manageOwn(ctx context.Context, t *handlers.Turn, calendar *plan.Calendar, action, code string) error {
	d, ok, err := findDossier(ctx, t, code)
	if !ok || err != nil {
		return err
	}
	switch action {
	case withdraw:
		revise(t, code, func(s *storage.Startup) { s.Status = storage.StatusWithdrawn }, nil)
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã rút hồ sơ %s. Cán bộ sẽ dừng xử lý hồ sơ này. Gõ “menu” để xem các việc khác.", code)})
	case stillActive:
		revise(t, code, func(s *storage.Startup) { reopen(s, handlers.AnswerDue(calendar, t.Now)) }, nil)
		t.Say(bot.Outgoing{Text: "Cảm ơn bạn. Nếu có gì mới, bạn cập nhật hồ sơ nhé.", Buttons: []bot.Button{completeButton(code)}})
	case noLonger:
		revise(t, code, func(s *storage.Startup) { s.Status = storage.StatusStopped }, nil)
		t.Say(bot.Outgoing{Text: "Cảm ơn bạn đã cho biết. Hồ sơ được ghi là đã dừng. Khi hoạt động lại, bạn mở hồ sơ và bấm “Hoạt động lại”."})
	default:
		t.Say(confirmWithdraw(d.Startup))
	}
	return nil
}

// reopen has staff look again at a startup that was stopped. A status that they gave it stays as it is.
func reopen(s *storage.Startup, due time.Time) {
	if s.Status == storage.StatusStopped {
		s.Await(due)
	}
}

func confirmWithdraw(s storage.Startup) bot.Outgoing {
	return bot.Outgoing{
		Text: fmt.Sprintf("Bạn muốn rút hồ sơ %s, %s? Cán bộ sẽ dừng xử lý và bạn không mở lại được hồ sơ này.", s.Code, s.Name),
		Buttons: []bot.Button{
			{Label: "Rút hồ sơ", Data: "hoso:" + withdraw + ":" + s.Code, Row: true},
			{Label: "Giữ lại", Data: "hoso:" + s.Code, Row: true},
		},
	}
}

// isDueForRefresh says whether nothing was heard of an active startup for a year.
func isDueForRefresh(s storage.Startup, now time.Time) bool {
	return s.Status != storage.StatusStopped && now.After(time.UnixMilli(s.UpdatedAt).AddDate(1, 0, 0))
}

func askRefresh(s storage.Startup) bot.Outgoing {
	return bot.Outgoing{
		Text: fmt.Sprintf("Đã một năm hồ sơ %s chưa được cập nhật. Dự án còn hoạt động không?", s.Code),
		Buttons: []bot.Button{
			{Label: "Có, còn hoạt động", Data: "hoso:" + stillActive + ":" + s.Code, Row: true},
			{Label: "Đã dừng", Data: "hoso:" + noLonger + ":" + s.Code, Row: true},
		},
	}
}

func completeButton(code string) bot.Button {
	return bot.Button{Label: "Hoàn thiện hồ sơ", Data: "hoanthien:" + code, Row: true}
}

// revise changes a startup of who writes, and what else belongs to the change (nil: nothing), if it is still theirs when
// the change is kept; else they are told so.
func revise(t *handlers.Turn, code string, change func(*storage.Startup), also storage.Effect) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		ok, err := storage.ReviseStartup(ctx, tx, t.In.From, code, change, t.Now)
		switch {
		case err != nil:
			return err
		case !ok:
			t.Unsay()
			t.Say(notYours())
			return nil
		case also == nil:
			return nil
		}
		return also(ctx, tx)
	})
}
