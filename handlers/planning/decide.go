package planning

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// decideSent accepts a submission, or asks why it is returned.
func (o Office) decideSent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, action, code string) error {
	s, owed, ok, err := storage.FindSubmission(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(goneObligation())
		return nil
	case s.State != storage.SubmissionSent:
		return o.tooLate(ctx, tx, t, owed)
	case action == acceptSent:
		return o.decide(ctx, tx, t, s, owed, "")
	}
	listen(t, obligation, map[string]string{askedKey: returnSent, subjectKey: code})
	t.Say(bot.Outgoing{
		Title: "Trả lại " + code,
		Text:  owed.Owner + " · " + owed.Title + "\nAnh/chị gõ lý do; đơn vị đọc đúng lời anh/chị viết, và việc này mở lại để gửi. Muốn thôi, anh/chị gõ “hủy”.",
	})
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

func (o Office) typedReturn(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code, reason string) error {
	s, owed, ok, err := storage.FindSubmission(ctx, tx, code)
	t.Session.Drop()
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(goneObligation())
		return nil
	case cancelled(t):
		return o.showObligation(ctx, tx, t, owed)
	}
	return o.decide(ctx, tx, t, s, owed, reason)
}

// decide accepts a submission, or returns it with a reason, and has the officers told. Of two who decide at once, one wins, and
// the other reads who it was.
func (o Office) decide(ctx context.Context, tx *storage.Tx, t *handlers.Turn, s storage.Submission, owed storage.Obligation, reason string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.DecideSubmission(ctx, tx, &owed, &s, me, reason, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		return o.tooLate(ctx, tx, t, owed)
	}
	m := bot.Outgoing{
		Title:   "Đã nhận " + s.Code,
		Text:    "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ đã nhận " + about(owed) + ". Việc này đã xong.",
		Buttons: officerButtons(owed)[1:],
	}
	done, action := "Đã nhận", "accept-submission"
	if reason != "" {
		done, action = "Đã trả lại", "return-submission"
		m = bot.Outgoing{
			Title:   "Trả lại " + s.Code,
			Text:    "Kính gửi " + owed.Owner + ". Sở Khoa học và Công nghệ đề nghị gửi lại " + about(owed) + ", hạn " + lastDay(owed) + ". Lý do: " + reason,
			Buttons: officerButtons(owed),
		}
	}
	told, err := tellOwner(ctx, tx, t, owed, "submission", decided(m, owed, done))
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: done + " " + s.Code + " của " + owed.Owner + "." + told, Buttons: []bot.Button{
		row("Bản gửi chờ xem", submissions, ""), row("Mở "+owed.Code, obligation, owed.Code),
	}})
	return addDecision(ctx, tx, t, action, owed.Code+" "+s.Code)
}

// addDecision writes an action of decisions down, whose subject begins with the obligation's code.
func addDecision(ctx context.Context, tx *storage.Tx, t *handlers.Turn, action, subject string) error {
	return storage.AddAudit(ctx, tx, t.In.From, action, subject, t.Now)
}

// decided gives a message the template by which it goes where it cannot go as it is.
func decided(m bot.Outgoing, owed storage.Obligation, result string) bot.Outgoing {
	m.Template = &bot.Template{Name: storage.DutyDecided, Params: map[string]string{"ma": owed.Code, "ket_qua": strings.ToLower(result)}}
	return m
}

// officerButtons lead an officer to what they can do about an obligation: to send it, and to all that is theirs.
func officerButtons(owed storage.Obligation) []bot.Button {
	return []bot.Button{row("Gửi hoặc báo đã gửi", "guibaocao", owed.Code), row("Việc của tôi", "vieccuatoi", "")}
}
