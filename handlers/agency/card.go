package agency

import (
	"context"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// open shows the card of an obligation, under a note that may be "".
func (d Office) open(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation, note string) error {
	all, err := d.tasksOf(ctx, tx, t, o, []string{o.Agency})
	if err != nil {
		return err
	}
	sent, ok, err := storage.LastSubmission(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	answers, err := storage.AnswersTo(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	sign, words := d.light(o, t.Now)
	parts := []string{note, sign + " " + words, of(o), o.Asked, all.text()}
	if ok {
		parts = append(parts, sentText(sent, t.Now.Location()))
	}
	parts = append(parts, answersText(answers))
	t.Say(bot.Outgoing{Title: o.Code + " · " + o.Title, Text: paragraphs(parts...), Buttons: cardButtons(t, o, sent, len(all.lines) > 0)})
	return storage.AddAudit(ctx, tx, t.In.From, "open-obligation", o.Code, t.Now)
}

// of tells who owes it, and by which clause.
func of(o storage.Obligation) string {
	if o.Clause == "" {
		return o.Owner
	}
	return o.Owner + " · " + o.Clause
}

func cardButtons(t *handlers.Turn, o storage.Obligation, sent storage.Submission, hasTasks bool) []bot.Button {
	buttons := []bot.Button{}
	add := func(label, data string) { buttons = append(buttons, bot.Button{Label: label, Data: data, Row: true}) }
	switch o.State {
	case storage.ObligationOpen:
		add("Gửi hoặc báo đã gửi", sending+":"+o.Code)
		add("Hẹn ngày gửi", promising+":"+o.Code)
		add("Không thuộc nhiệm vụ đơn vị", refusing+":"+o.Code)
	case storage.ObligationSent:
		add("Sửa bản đã gửi", sending+":"+o.Code+":"+correct)
	}
	if hasTasks && !settled(o) {
		add("Ghi tình hình nhiệm vụ", telling+":"+o.Code)
	}
	if f, ok := sent.File(); ok {
		buttons = append(buttons, t.FileButtons(f)...)
	}
	return append(buttons, listButton())
}

// sentText tells what was sent last, and what became of it.
func sentText(s storage.Submission, zone *time.Location) string {
	lines := []string{"Đã gửi: " + s.Code + ", " + moment(s.At, zone) + by(s.Sender)}
	lines = append(lines, contents(s)...)
	switch s.State {
	case storage.SubmissionAccepted:
		lines = append(lines, "Sở Khoa học và Công nghệ đã nhận, "+moment(s.DecidedAt, zone)+".")
	case storage.SubmissionReturned:
		lines = append(lines, "Sở Khoa học và Công nghệ đề nghị gửi lại, "+moment(s.DecidedAt, zone)+": "+s.Reason)
	}
	return strings.Join(lines, "\n")
}

// contents tells what a submission is made of.
func contents(s storage.Submission) []string {
	lines := []string{}
	if s.Document != "" {
		lines = append(lines, "Văn bản: "+s.Document+", "+viet.ShowDate(s.DocumentOn))
	}
	if f, ok := s.File(); ok {
		lines = append(lines, "Tệp: "+fileName(f))
	}
	return lines
}

// answersText tells the latest answer of each kind, and what was decided about it.
func answersText(list []storage.Answer) string {
	lines, told := []string{}, map[storage.AnswerKind]bool{}
	for _, a := range list {
		if !told[a.Kind] {
			told[a.Kind] = true
			lines = append(lines, answerText(a))
		}
	}
	return strings.Join(lines, "\n")
}

func answerText(a storage.Answer) string {
	text := ""
	switch a.Kind {
	case storage.AnswerSeen:
		return "Đã báo: đã nắm, sẽ gửi" + by(a.Officer)
	case storage.AnswerPromise:
		text = "Đã hẹn gửi hết " + viet.ShowDate(a.Day) + by(a.Officer)
	case storage.AnswerNotOurs:
		text = "Đã báo không thuộc nhiệm vụ đơn vị" + by(a.Officer)
	}
	switch a.State {
	case storage.AnswerAccepted:
		text += ". Sở Khoa học và Công nghệ đồng ý"
	case storage.AnswerDeclined:
		text += ". Sở Khoa học và Công nghệ chưa đồng ý"
	default:
		return text + ". Chờ Sở Khoa học và Công nghệ trả lời."
	}
	if a.Decision == "" {
		return text + "."
	}
	return text + ": " + a.Decision
}

// by names a colleague; nothing when the name is not known.
func by(name string) string {
	if name == "" {
		return ""
	}
	return " (" + name + ")"
}

// moment tells a time in words: "08:05 thứ Năm, ngày 26/11/2026".
func moment(millis int64, zone *time.Location) string {
	at := time.UnixMilli(millis).In(zone)
	return at.Format("15:04 ") + viet.ShowDate(at.Format(time.DateOnly))
}

// paragraphs joins what is not empty, with a blank line between.
func paragraphs(parts ...string) string {
	list := []string{}
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, "\n\n")
}
