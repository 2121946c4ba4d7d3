package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
	"khoinghiep/storage/plan"
)

// Statistics tells how many registrations there are, in numbers and as a picture, and how far the plan's targets are.
func Statistics(places *viet.Places, targets func() plan.Targets) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "thongke", Label: "Thống kê", Role: storage.Staff, Menu: true,
		Words: []string{"số liệu", "xem thống kê", "báo cáo số liệu"},
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				if err := tellStatistics(ctx, tx, t, places); err != nil {
					return err
				}
				if err := tellTargets(ctx, tx, t, targets(), t.Now.Format(time.DateOnly)); err != nil {
					return err
				}
				return storage.AddAudit(ctx, tx, t.In.From, "view-statistics", "", t.Now)
			})
			return nil
		},
	}
}

func tellStatistics(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places) error {
	counted, err := storage.StartupStatistics(ctx, tx, t.Now)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: "Thống kê đăng ký", Text: fmt.Sprintf("Đến %s, %s: %d hồ sơ. Không tính hồ sơ đã rút và hồ sơ đã gộp.",
		t.Now.Format("15:04"), viet.ShowDate(t.Now.Format(time.DateOnly)), counted.All)}
	charts := chartsOf(counted, places)
	for _, c := range charts {
		m.Text += "\n\n" + inWords(c)
	}
	t.Say(m)
	if !t.Can.Files || counted.All == 0 {
		return nil
	}
	picture, err := export.PNG(atMost(charts)...)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text: "Biểu đồ đăng ký, mỗi biểu đồ nhiều nhất 12 dòng.",
		File: &bot.File{Name: "thong-ke-" + t.Now.Format(time.DateOnly) + ".png", MIME: "image/png", Image: true, Data: picture, Size: int64(len(picture))},
	})
	return nil
}

// chartsOf names what was counted; those of nothing are left out.
func chartsOf(s storage.Statistics, places *viet.Places) []export.Chart {
	field := func(value string) string { return handlers.Label(handlers.Fields(), value) }
	stage := func(value string) string { return handlers.Label(handlers.Stages(), value) }
	place := func(code string) string { return handlers.PlaceName(places, code) }
	charts := []export.Chart{
		chart("Theo lĩnh vực", s.Fields, field),
		chart("Theo giai đoạn", inOrder(s.Stages, handlers.Stages()), stage),
		chart("Theo nơi thực hiện", s.Places, place),
		chart("Theo tháng, mới nhất trước", latestFirst(s.Months), monthName),
	}
	return slices.DeleteFunc(charts, func(c export.Chart) bool { return len(c.Bars) == 0 })
}

func chart(title string, counts []storage.Count, name func(value string) string) export.Chart {
	c := export.Chart{Title: title}
	for _, count := range counts {
		c.Bars = append(c.Bars, export.Bar{Label: name(count.Value), Value: count.N})
	}
	return c
}

// inOrder sorts counts as the choices stand.
func inOrder(counts []storage.Count, choices []form.Choice) []storage.Count {
	place := func(c storage.Count) int {
		return slices.IndexFunc(choices, func(choice form.Choice) bool { return choice.Value == c.Value })
	}
	return slices.SortedFunc(slices.Values(counts), func(a, b storage.Count) int { return place(a) - place(b) })
}

func latestFirst(counts []storage.Count) []storage.Count {
	latest := slices.Clone(counts)
	slices.Reverse(latest)
	return latest
}

// monthName gives "2026-11" as "11/2026".
func monthName(month string) string {
	year, number, _ := strings.Cut(month, "-")
	return number + "/" + year
}

func inWords(c export.Chart) string {
	lines := []string{c.Title}
	for _, b := range c.Bars {
		lines = append(lines, fmt.Sprintf("%s: %d", b.Label, b.Value))
	}
	return strings.Join(lines, "\n")
}

// mostBars is how many bars a chart has, so that a phone can show the picture.
const mostBars = 12

func atMost(charts []export.Chart) []export.Chart {
	cut := slices.Clone(charts)
	for i, c := range cut {
		cut[i].Bars = c.Bars[:min(mostBars, len(c.Bars))]
	}
	return cut
}
