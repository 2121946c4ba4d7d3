package planning

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Obligation do: "action:CODE:REVISION". Those about a submission have its code, and those about a
// task the task and a unit, in place of a revision.
const (
	acceptSent  = "nhan"
	returnSent  = "tra"
	stopIt      = "dung"
	reopenIt    = "molai"
	setLastDay  = "han"
	chooseSteps = "nhac"
	setSteps    = "datnhac"
	chooseTask  = "chon" // "chon:CODE:PAGE"
	assignTask  = "giao"
	setUnit     = "datgiao"
)

// Obligation is the card of one thing that an agency owes: what is in it, what was sent and answered, and what staff may do
// about it. A button carries the code to show it.
func (o Office) Obligation() *handlers.Conversation {
	return &handlers.Conversation{
		Name: obligation, Role: storage.Staff,
		Words: []string{"phiếu việc"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.openObligation(ctx, tx, t, argument) })
			return nil
		},
		Asks:   true,
		Listen: hears(o.typedAboutObligation),
	}
}

func (o Office) openObligation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	action, rest, ok := strings.Cut(argument, ":")
	if !ok {
		action, rest = "", argument
	}
	if t.Session.Name == obligation {
		t.Session.Drop() // what was asked for is not said any more
	}
	code, detail, _ := strings.Cut(rest, ":")
	if action == acceptSent || action == returnSent {
		return o.decideSent(ctx, tx, t, action, code)
	}
	owed, ok, err := storage.FindObligation(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(goneObligation())
		return nil
	}
	return o.actOnObligation(ctx, tx, t, owed, action, detail)
}

func (o Office) actOnObligation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, action, detail string) error {
	switch action {
	case chooseTask, assignTask, setUnit:
		return o.actOnTask(ctx, tx, t, owed, action, detail)
	case stopIt, setLastDay, chooseSteps, setSteps, reopenIt:
		revision, choice, _ := strings.Cut(detail, ":")
		if seen, err := strconv.ParseInt(revision, 10, 64); err != nil || seen != owed.Revision {
			return o.tooLate(ctx, tx, t, owed)
		}
		return o.change(ctx, tx, t, owed, action, choice)
	}
	return o.showObligation(ctx, tx, t, owed)
}

// tooLate tells who was first, and where the obligation stands now: what was decided about an earlier state is not kept.
func (o Office) tooLate(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation) error {
	lines, err := storage.AuditLog(ctx, tx, storage.AuditFilter{Subject: owed.Code}, 0, 2*pageSize)
	if err != nil {
		return err
	}
	text := "Việc này vừa thay đổi."
	for _, l := range lines {
		if what, ok := decisions()[l.Action]; ok {
			text = fmt.Sprintf("%s %s lúc %s.", called(l.Name), what, clock(l.At, t))
			break
		}
	}
	t.Say(bot.Outgoing{Text: text + " Thao tác vừa rồi của anh/chị chưa được ghi.", Buttons: []bot.Button{row("Mở "+owed.Code, obligation, owed.Code)}})
	return nil
}

// decisions are the actions by which staff change where an obligation stands.
func decisions() map[string]string {
	return map[string]string{
		"accept-submission": "đã nhận bản gửi",
		"return-submission": "đã trả lại bản gửi",
		"stop-obligation":   "đã dừng việc này",
		"reopen-obligation": "đã mở lại việc này",
		"set-last-day":      "đã đổi hạn",
		"set-reminders":     "đã đổi lịch nhắc",
		"accept-answer":     "đã đồng ý với đơn vị",
		"decline-answer":    "đã trả lời đơn vị là không đồng ý",
	}
}

// showObligation shows the card.
func (o Office) showObligation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation) error {
	lines, err := storage.LinesOf(ctx, tx, owed.ID)
	if err != nil {
		return err
	}
	officers, err := storage.OfficersOf(ctx, tx, owed.Agency)
	if err != nil {
		return err
	}
	given, err := storage.AnswersTo(ctx, tx, owed.ID)
	if err != nil {
		return err
	}
	sent, isSent, err := storage.LastSubmission(ctx, tx, owed.ID)
	if err != nil {
		return err
	}
	texts := o.obligationTexts(owed, t)
	buttons := []bot.Button{}
	if isSent {
		texts = append(texts, submissionLine(sent, t))
		if sent.State == storage.SubmissionReturned {
			texts = append(texts, "Đã trả lại: "+sent.Reason)
		}
		if sent.State == storage.SubmissionSent && !owed.Done() {
			buttons = append(buttons, row("Nhận", obligation, acceptSent, sent.Code), bot.Button{Label: "Trả lại", Data: obligation + ":" + returnSent + ":" + sent.Code})
		}
		if file, ok := sent.File(); ok {
			buttons = append(buttons, t.FileButtons(file)...)
		}
	}
	for _, a := range given[:min(len(given), 3)] {
		texts = append(texts, answerLine(a, t))
		if a.State == storage.AnswerOpen {
			buttons = append(buttons, row("Xem việc hẹn, hỏi", answers, strconv.FormatInt(a.ID, 10)))
		}
	}
	texts = append(texts, taskSummary(lines)...)
	names := []string{}
	for _, officer := range officers {
		names = append(names, called(officer.Name))
	}
	if len(names) == 0 {
		names = []string{"chưa có"}
		buttons = append(buttons, row("Mời cán bộ đầu mối", agencies, invite, owed.Agency))
	}
	texts = append(texts, "Cán bộ đầu mối: "+strings.Join(names, ", "))
	t.Say(bot.Outgoing{Title: owed.Code + " · " + owed.Title, Text: strings.Join(texts, "\n"), Buttons: append(buttons, o.changeButtons(owed, len(lines), t)...)})
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

func (o Office) obligationTexts(owed storage.Obligation, t *handlers.Turn) []string {
	texts := []string{owed.Owner, "Hạn: " + lastDay(owed) + " · " + o.standing(owed, t)}
	if owed.Promised != "" {
		texts[1] += " (đã đồng ý thay cho " + shortDay(owed.DueOn) + ")"
	}
	if owed.Clause != "" {
		texts = append(texts, "Căn cứ: "+owed.Clause)
	}
	if owed.Asked != "" {
		texts = append(texts, "Nội dung: "+owed.Asked)
	}
	if owed.Steps != "" {
		texts = append(texts, "Lịch nhắc riêng: "+o.stepsInWords(owed.Steps))
	}
	return texts
}

// taskSummary tells how many tasks are in it, and how many have figures or words.
func taskSummary(lines []storage.Line) []string {
	if len(lines) == 0 {
		return nil
	}
	told, ids := 0, []string{}
	for _, l := range lines {
		if ids = append(ids, l.Task); l.Narrative+l.Figures != "" {
			told++
		}
	}
	return []string{fmt.Sprintf("%d nhiệm vụ (%s), %d có kết quả", len(lines), strings.Join(ids, ", "), told)}
}

// changeButtons are what staff may change about it now.
func (o Office) changeButtons(owed storage.Obligation, tasks int, t *handlers.Turn) []bot.Button {
	seen := fmt.Sprintf("%s:%d", owed.Code, owed.Revision)
	buttons := []bot.Button{}
	if owed.State == storage.ObligationOpen {
		buttons = append(buttons, row("Nhắc ngay", progress, remindOne, owed.Code))
		if o.urgent(owed, t) {
			buttons = append(buttons, bot.Button{Label: "Soạn công văn", Data: letters + ":" + owed.Code})
		}
		buttons = append(buttons, row("Đổi hạn", obligation, setLastDay, seen), bot.Button{Label: "Đổi lịch nhắc", Data: obligation + ":" + chooseSteps + ":" + seen})
	}
	if tasks > 0 {
		buttons = append(buttons, row("Nhiệm vụ trong việc này", obligation, chooseTask, owed.Code))
	}
	if owed.Done() {
		return append(buttons, row("Mở lại", obligation, reopenIt, seen))
	}
	return append(buttons, row("Dừng việc này", obligation, stopIt, seen))
}

// typedAboutObligation takes what was typed for what a button asked for: a reason, or a day.
func (o Office) typedAboutObligation(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	asked, subject := t.Session.Memo[askedKey], t.Session.Memo[subjectKey]
	code, revision, _ := strings.Cut(subject, ":")
	text := viet.Clean(t.In.Text)
	if text == "" {
		t.Say(bot.Outgoing{Text: "Anh/chị trả lời bằng chữ giúp, hoặc gõ “hủy”."})
		return nil
	}
	if asked == returnSent {
		return o.typedReturn(ctx, tx, t, code, text)
	}
	owed, ok, err := storage.FindObligation(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Session.Drop()
		t.Say(goneObligation())
		return nil
	case cancelled(t):
		t.Session.Drop()
		return o.showObligation(ctx, tx, t, owed)
	case strconv.FormatInt(owed.Revision, 10) != revision:
		t.Session.Drop()
		return o.tooLate(ctx, tx, t, owed)
	case asked == setLastDay:
		return o.changeLastDay(ctx, tx, t, owed, text)
	}
	t.Session.Drop()
	return o.stop(ctx, tx, t, owed, text)
}
