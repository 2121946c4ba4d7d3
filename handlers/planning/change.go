package planning

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// change asks for what is needed to change an obligation as it was seen, or does it.
func (o Office) change(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, action, choice string) error {
	seen := fmt.Sprintf("%s:%d", owed.Code, owed.Revision)
	switch action {
	case reopenIt:
		return o.reopen(ctx, tx, t, owed)
	case setSteps:
		return o.changeSteps(ctx, tx, t, owed, choice)
	case chooseSteps:
		t.Say(o.stepChoices(owed, seen))
	case stopIt:
		listen(t, obligation, map[string]string{askedKey: stopIt, subjectKey: seen})
		t.Say(bot.Outgoing{Title: "Dừng " + owed.Code, Text: "Đơn vị không phải gửi việc này nữa. Anh/chị gõ lý do, đơn vị đọc đúng lời anh/chị viết; hoặc gõ “hủy”."})
	case setLastDay:
		listen(t, obligation, map[string]string{askedKey: setLastDay, subjectKey: seen})
		t.Say(bot.Outgoing{Title: "Đổi hạn " + owed.Code, Text: "Hạn hiện là " + lastDay(owed) + ". Anh/chị gõ ngày cuối cùng mới, ví dụ 15/12/2026; hoặc gõ “hủy”."})
	}
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

func (o Office) stop(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, reason string) error {
	ok, err := storage.StopObligation(ctx, tx, &owed, t.Now)
	return o.changed(ctx, tx, t, owed, ok, err, change{action: "stop-obligation", done: "Đã dừng", notice: bot.Outgoing{
		Title: "Không phải gửi " + owed.Code,
		Text:  "Kính gửi " + owed.Owner + ". Đơn vị không phải gửi " + about(owed) + ". Lý do: " + reason,
	}})
}

func (o Office) reopen(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation) error {
	ok, err := storage.ReopenObligation(ctx, tx, &owed, t.Now)
	notice := bot.Outgoing{
		Title:   "Mở lại " + owed.Code,
		Text:    "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ đề nghị gửi " + about(owed) + ", hạn " + lastDay(owed) + ".",
		Buttons: officerButtons(owed),
	}
	if owed.State == storage.ObligationSent {
		notice.Text = "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ xem tiếp bản đơn vị đã gửi: " + about(owed) + ". Đơn vị chưa cần gửi lại."
		notice.Buttons = notice.Buttons[1:]
	}
	return o.changed(ctx, tx, t, owed, ok, err, change{action: "reopen-obligation", done: "Đã mở lại", notice: notice})
}

// changeLastDay takes a text for the new last day, or says what is wrong with it.
func (o Office) changeLastDay(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, text string) error {
	day, problem := viet.Date(viet.ComingDay(text, t.Now))
	switch {
	case problem != nil:
		t.Say(bot.Outgoing{Text: viet.ToOfficer(problem.Error()) + " Muốn thôi, anh/chị gõ “hủy”."})
		return nil
	case day < today(t):
		t.Say(bot.Outgoing{Text: "Ngày này đã qua. Anh/chị gõ ngày khác, hoặc gõ “hủy”."})
		return nil
	}
	t.Session.Drop()
	ok, err := storage.SetLastDay(ctx, tx, &owed, day, t.Now)
	return o.changed(ctx, tx, t, owed, ok, err, change{action: "set-last-day", done: "Đã đổi hạn", notice: bot.Outgoing{
		Title:   "Đổi hạn " + owed.Code,
		Text:    "Kính gửi " + owed.Owner + ". Hạn gửi " + about(owed) + " là " + lastDay(owed) + ".",
		Buttons: officerButtons(owed),
	}})
}

// change is what was done to an obligation, and what its officers read of it; without a title they are not told.
type change struct {
	action, done string
	notice       bot.Outgoing
}

// changed tells everybody of a change, or that somebody else was first.
func (o Office) changed(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, ok bool, err error, c change) error {
	switch {
	case err != nil:
		return err
	case !ok:
		return o.tooLate(ctx, tx, t, owed)
	}
	if c.notice.Title != "" {
		told, err := tellOwner(ctx, tx, t, owed, c.action, decided(c.notice, owed, c.done))
		if err != nil {
			return err
		}
		c.done += " " + owed.Code + "." + told
	}
	t.Say(bot.Outgoing{Text: c.done})
	if err := addDecision(ctx, tx, t, c.action, owed.Code); err != nil {
		return err
	}
	return o.showObligation(ctx, tx, t, owed)
}

// lighter are reminders for those who need few, by the names of the usual steps.
func lighter() []struct{ key, label string } {
	return []struct{ key, label string }{
		{"thuong", "Như thường lệ"},
		{"it", "Ít: 7 ngày, 1 ngày trước hạn, ngày hạn và khi quá hạn"},
		{"han", "Chỉ ngày hạn và khi quá hạn"},
	}
}

func (o Office) stepChoices(owed storage.Obligation, seen string) bot.Outgoing {
	m := bot.Outgoing{Title: "Lịch nhắc " + owed.Code, Text: "Hiện là: như thường lệ. Anh/chị chọn lịch nhắc cho riêng việc này:"}
	if owed.Steps != "" {
		m.Text = "Hiện là: " + o.stepsInWords(owed.Steps) + ". Anh/chị chọn lịch nhắc cho riêng việc này:"
	}
	for _, c := range lighter() {
		m.Buttons = append(m.Buttons, row(c.label, obligation, setSteps, seen, c.key))
	}
	m.Buttons = append(m.Buttons, row("Mở "+owed.Code, obligation, owed.Code))
	return m
}

// stepsOf gives the usual steps without those that a choice leaves out.
func (o Office) stepsOf(choice string) plan.Steps {
	out := map[string][]string{"it": {"T-30", "T-14", "T-3"}, "han": {"T-30", "T-14", "T-7", "T-3", "T-1"}}[choice]
	return slices.DeleteFunc(slices.Clone(o.Steps), func(r plan.Rule) bool { return slices.Contains(out, r.Name) })
}

func (o Office) changeSteps(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, choice string) error {
	if !slices.ContainsFunc(lighter(), func(c struct{ key, label string }) bool { return c.key == choice }) {
		return o.showObligation(ctx, tx, t, owed)
	}
	steps := ""
	if choice != lighter()[0].key {
		text, err := json.Marshal(o.stepsOf(choice))
		if err != nil {
			return fmt.Errorf("encode steps: %w", err)
		}
		steps = string(text)
	}
	ok, err := storage.SetReminderSteps(ctx, tx, &owed, steps, t.Now)
	return o.changed(ctx, tx, t, owed, ok, err, change{action: "set-reminders", done: "Đã đổi lịch nhắc."})
}

// stepsInWords names the steps before and on the last day.
func (o Office) stepsInWords(text string) string {
	steps, err := plan.ParseSteps([]byte(text))
	if err != nil {
		return "không đọc được"
	}
	names := []string{}
	for _, r := range steps {
		switch {
		case r.Days < 0 && r.After == "":
			names = append(names, fmt.Sprintf("%d ngày trước hạn", -r.Days))
		case r.Days == 0 && r.WorkingDays == 0:
			names = append(names, "ngày hạn")
		}
	}
	return strings.Join(append(names, "khi quá hạn"), ", ")
}
