package planning

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// wordsKey has the words of a part of the report.
const wordsKey = "loi"

// listParts lists what of the report can be written by staff: overview and conclusions first, then each task.
func listParts(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r report, text string) error {
	type part struct{ key, label string }
	parts := []part{{storage.OverviewPart, "Tổng quan"}, {storage.ConclusionsPart, "Kết luận, kiến nghị"}}
	for _, task := range r.tasks {
		parts = append(parts, part{storage.TaskPart(task.ID), task.ID + ". " + task.Title})
	}
	number, _ := strconv.Atoi(text) // not a number: the first page
	shown, at, pages := onPage(parts, number)
	m := bot.Outgoing{
		Title: fmt.Sprintf("Lời báo cáo năm %d, trang %d/%d", r.year, at+1, pages),
		Text:  "Phần anh/chị viết (✓) được giữ nguyên khi lập lại báo cáo. Phần để trống lấy từ báo cáo của các đơn vị.",
	}
	for _, p := range shown {
		label := p.label
		if r.texts[p.key] != "" {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, row(label, wording, strconv.Itoa(r.year), p.key))
	}
	if at+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", reporting, chooseText, strconv.Itoa(r.year), strconv.Itoa(at+1)))
	}
	m.Buttons = append(m.Buttons, r.button("Về báo cáo", showReport))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "view-report", strconv.Itoa(r.year), t.Now)
}

// Wording has staff write a part of the consolidated report: "YEAR:PART".
func (o Office) Wording() *handlers.Conversation {
	words := form.LongText(wordsKey, "Lời báo cáo", "Anh/chị viết phần này thế nào? Gõ nguyên văn; để trống thì lấy từ báo cáo của các đơn vị.",
		"Năm 2026, hệ sinh thái khởi nghiệp của tỉnh có thêm nhiều dự án mới.")
	words.Optional, words.Most = true, 3000
	return &handlers.Conversation{
		Name: wording, Role: storage.Staff, Words: []string{"lời báo cáo tổng hợp"},
		Form: &form.Form{Name: wording, Title: "Lời báo cáo", Submit: "Lưu", Fields: []form.Field{words}, Single: true, Officer: true},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.beginWording(ctx, tx, t, argument) })
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			subject := t.Session.Form.Answers[subjectKey]
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				return o.keepWording(ctx, tx, t, subject, kept[wordsKey])
			})
			return nil
		},
	}
}

func yearOf(subject string) string {
	year, _, _ := strings.Cut(subject, ":")
	return year
}

// part reads "YEAR:PART"; ok is false for what is no part of the report.
func (o Office) part(subject string) (year int, part string, ok bool) {
	text, part, _ := strings.Cut(subject, ":")
	year, err := strconv.Atoi(text)
	task, isTask := strings.CutPrefix(part, storage.TaskPart(""))
	if _, known := o.Plan.Task(task); isTask {
		return year, part, err == nil && known
	}
	return year, part, err == nil && (part == storage.OverviewPart || part == storage.ConclusionsPart)
}

func (o Office) partName(part string) string {
	switch part {
	case storage.OverviewPart:
		return "Tổng quan"
	case storage.ConclusionsPart:
		return "Kết luận, kiến nghị"
	}
	return o.taskTitle(strings.TrimPrefix(part, storage.TaskPart("")))
}

func (o Office) beginWording(ctx context.Context, tx *storage.Tx, t *handlers.Turn, subject string) error {
	o, err := o.on(ctx, t, yearOf(subject)+"-01-01")
	if err != nil {
		return err
	}
	year, part, ok := o.part(subject)
	if !ok {
		t.Say(bot.Outgoing{Text: "Anh/chị chọn phần cần sửa từ báo cáo tổng hợp giúp.", Buttons: []bot.Button{row("Báo cáo tổng hợp", reporting, "")}})
		return nil
	}
	texts, err := storage.ReportTexts(ctx, tx, year)
	if err != nil {
		return err
	}
	known := form.Answers{subjectKey: subject}
	if texts[part] != "" {
		known[wordsKey] = texts[part]
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Báo cáo năm %d · %s", year, o.partName(part))})
	t.Begin(wording, known)
	t.Session.Form.Back = wordsKey
	return storage.AddAudit(ctx, tx, t.In.From, "view-report", strconv.Itoa(year), t.Now)
}

func (o Office) keepWording(ctx context.Context, tx *storage.Tx, t *handlers.Turn, subject, text string) error {
	o, err := o.on(ctx, t, yearOf(subject)+"-01-01")
	if err != nil {
		return err
	}
	year, part, ok := o.part(subject)
	if !ok {
		t.Say(goneObligation())
		return nil
	}
	texts, err := storage.ReportTexts(ctx, tx, year)
	if err != nil {
		return err
	}
	back := []bot.Button{row("Các phần khác", reporting, chooseText, strconv.Itoa(year)), row("Về báo cáo", reporting, showReport, strconv.Itoa(year))}
	if texts[part] == text {
		t.Say(bot.Outgoing{Text: "Phần này giữ nguyên.", Buttons: back})
		return nil
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if err := storage.KeepReportText(ctx, tx, storage.ReportText{Year: year, Part: part, Text: text, Person: me}, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã lưu phần “" + o.partName(part) + "”. Lập lại báo cáo không làm mất lời này.", Buttons: back})
	return storage.AddAudit(ctx, tx, t.In.From, "edit-report", fmt.Sprintf("%d %s", year, part), t.Now)
}
