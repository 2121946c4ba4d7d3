package staff

import (
	"context"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// tellTargets says how far the targets of the period of a day are; only what was confirmed with evidence counts. Each figure
// has a button that lists the records behind it.
func tellTargets(ctx context.Context, tx *storage.Tx, t *handlers.Turn, targets plan.Targets, day string) error {
	period, ok := targets.On(day)
	if !ok {
		t.Say(bot.Outgoing{Text: "Kế hoạch không có chỉ tiêu cho thời gian này."})
		return nil
	}
	counts, err := storage.CountAchievements(ctx, tx, period.From, period.Until)
	if err != nil {
		return err
	}
	m := bot.Outgoing{
		Title: "Chỉ tiêu giai đoạn " + period.Name,
		Text:  fmt.Sprintf("Theo mục %s của kế hoạch. Chỉ tính kết quả cán bộ đã xác nhận, có văn bản hoặc tệp.", period.Clause),
	}
	for _, target := range period.Targets {
		n := counts[target.ID]
		m.Text += "\n" + progress(target, n)
		if n > 0 {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Xem: " + target.Name, Data: recordsButton(period, target.ID, 0), Row: true})
		}
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Ghi kết quả", Data: "ghiminhchung:", Row: true})
	for _, other := range targets {
		if other.Name != period.Name {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Giai đoạn " + other.Name, Data: "minhchung:" + showPeriod + ":" + other.From, Row: true})
		}
	}
	t.Say(m)
	return nil
}

// progress tells a figure against its target: "Dự án được hỗ trợ: 12/150–160".
func progress(target plan.Target, n int64) string {
	switch {
	case target.None:
		return fmt.Sprintf("%s: %d (kế hoạch không đặt chỉ tiêu cho giai đoạn này)", target.Name, n)
	case target.Aim:
		return fmt.Sprintf("%s: %d/%d–%d (phấn đấu)", target.Name, n, target.Low, target.High)
	}
	return fmt.Sprintf("%s: %d/%d–%d", target.Name, n, target.Low, target.High)
}

// recordsButton is the data of a button that lists what counts towards a target.
func recordsButton(p plan.Period, target string, page int) string {
	return strings.Join([]string{"minhchung", showRecords, p.From, target, fmt.Sprint(page)}, ":")
}
