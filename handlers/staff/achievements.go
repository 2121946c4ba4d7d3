package staff

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// What the buttons of Achievements do.
const (
	showPeriod  = "ky"  // with its first day
	showRecords = "xem" // with the first day of a period, a target and a page
	askTakeBack = "hoi" // with the code of an achievement
	takeBack    = "go"  // likewise
)

// Achievements lists what was confirmed towards the plan's targets, with the evidence, and takes one back.
func Achievements(planned func() plan.Targets) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "minhchung", Label: "Kết quả có minh chứng", Role: storage.Staff,
		Words: []string{"minh chứng", "chỉ tiêu", "kết quả đã xác nhận"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				targets := planned()
				action, rest, _ := strings.Cut(argument, ":")
				switch action {
				case showPeriod:
					return viewTargets(ctx, tx, t, targets, rest)
				case showRecords:
					return listRecords(ctx, tx, t, targets, rest)
				case askTakeBack, takeBack:
					return takeRecordBack(ctx, tx, t, targets, action, rest)
				}
				return viewTargets(ctx, tx, t, targets, t.Now.Format(time.DateOnly))
			})
			return nil
		},
	}
}

func viewTargets(ctx context.Context, tx *storage.Tx, t *handlers.Turn, targets plan.Targets, day string) error {
	if err := tellTargets(ctx, tx, t, targets, day); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "view-targets", day, t.Now)
}

// listRecords lists the records behind a figure, which says "day:target:page".
func listRecords(ctx context.Context, tx *storage.Tx, t *handlers.Turn, targets plan.Targets, figure string) error {
	parts := append(strings.Split(figure, ":"), "", "", "")
	page, _ := strconv.Atoi(parts[2]) // not a number: the first page
	period, ok := targets.On(parts[0])
	target, known := period.Target(parts[1])
	if page = max(page, 0); !ok || !known {
		t.Say(noRecords())
		return nil
	}
	list, err := storage.Achievements(ctx, tx, target.ID, period.From, period.Until, page*pageSize, pageSize+1)
	switch {
	case err != nil:
		return err
	case len(list) == 0:
		t.Say(noRecords())
	default:
		t.Say(recordsPage(t, period, target, list, page))
	}
	return storage.AddAudit(ctx, tx, t.In.From, "list-achievements", fmt.Sprintf("%s %s page %d", target.ID, period.Name, page+1), t.Now)
}

// takeRecordBack deletes an achievement once the officer said so a second time.
func takeRecordBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, targets plan.Targets, action, code string) error {
	a, ok, err := storage.FindAchievement(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(noRecords())
		return nil
	case action == askTakeBack:
		t.Say(bot.Outgoing{
			Text: "Gỡ kết quả này? Nó không được tính vào chỉ tiêu nữa, tệp kèm theo bị xóa.\n" + describeRecord(a, t),
			Buttons: []bot.Button{
				{Label: "Gỡ kết quả", Data: "minhchung:" + takeBack + ":" + code, Row: true},
				{Label: "Giữ lại", Data: "minhchung:", Row: true},
			},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "view-achievement", code, t.Now)
	}
	if _, err := t.Files.TakeBack(ctx, tx, a); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã gỡ kết quả " + code + "."})
	if err := tellTargets(ctx, tx, t, targets, a.Day); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "take-back-achievement", code, t.Now)
}
