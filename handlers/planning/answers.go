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

// What the buttons of Answers do, before the id of an answer or the number of a page. An id alone opens it.
const (
	answersPage   = "trang"
	acceptAnswer  = "dongy"
	acceptStated  = "dongyngay" // for the reason that the agency gave
	declineAnswer = "tuchoi"
)

// Answers are those of officers that staff decide about: a day on which they will send, or that something is not theirs.
func (o Office) Answers() *handlers.Conversation {
	return &handlers.Conversation{
		Name: answers, Label: "Đơn vị hẹn, hỏi", Role: storage.Staff,
		Words: []string{"đơn vị hẹn", "ngày hẹn"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.openAnswers(ctx, tx, t, argument) })
			return nil
		},
		Asks:   true,
		Listen: hears(o.typedReason),
	}
}

func (o Office) openAnswers(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	if t.Session.Name == answers {
		t.Session.Drop()
	}
	action, rest, ok := strings.Cut(argument, ":")
	if !ok {
		action, rest = "", argument
	}
	if rest == "" || action == answersPage {
		return o.listAnswers(ctx, tx, t, pageNumber(rest))
	}
	a, owed, err := findOpenAnswer(ctx, tx, t, rest)
	if err != nil || a.ID == 0 {
		return err
	}
	switch action {
	case acceptStated:
		return o.decideAnswer(ctx, tx, t, a, owed, storage.AnswerAccepted, "Như đơn vị đã nêu.")
	case acceptAnswer, declineAnswer:
		listen(t, answers, map[string]string{askedKey: action, subjectKey: rest})
		t.Say(askReason(a, owed, action, t))
	default:
		t.Say(bot.Outgoing{Title: owed.Code + " · " + owed.Title, Text: owed.Owner + " · hạn " + lastDay(owed) + "\n" + answerLine(a, t), Buttons: answerButtons(a, owed)})
	}
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

// askReason asks why staff decide as they do. The reason to accept is mostly the one that the agency gave: that is one tap.
func askReason(a storage.Answer, owed storage.Obligation, action string, t *handlers.Turn) bot.Outgoing {
	m := bot.Outgoing{
		Title: "Không đồng ý",
		Text: owed.Owner + " · " + owed.Title + "\n" + answerLine(a, t) +
			"\nAnh/chị gõ lý do trong một câu, đơn vị đọc đúng lời anh/chị viết; hoặc gõ “hủy”.",
	}
	if action == acceptAnswer {
		m.Title = yesTo(a)
		m.Buttons = []bot.Button{row("Như đơn vị đã nêu", answers, acceptStated, strconv.FormatInt(a.ID, 10))}
	}
	return m
}

// yesTo is what accepting an answer means.
func yesTo(a storage.Answer) string {
	if a.Kind == storage.AnswerNotOurs {
		return "Đồng ý, không phải gửi"
	}
	return "Đồng ý ngày hẹn"
}

// findOpenAnswer finds the answer with the id, or says that there is none, or who decided about it; then a has no ID.
func findOpenAnswer(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string) (a storage.Answer, owed storage.Obligation, err error) {
	number, _ := strconv.ParseInt(id, 10, 64) // not a number: none
	a, owed, ok, err := storage.FindAnswer(ctx, tx, number)
	switch {
	case err != nil:
		return storage.Answer{}, owed, err
	case !ok:
		t.Say(bot.Outgoing{Text: "Mình không thấy việc hẹn, hỏi này.", Buttons: []bot.Button{row("Đơn vị hẹn, hỏi", answers, "")}})
		return storage.Answer{}, owed, nil
	case a.State != storage.AnswerOpen:
		return storage.Answer{}, owed, Office{}.tooLate(ctx, tx, t, owed)
	}
	return a, owed, nil
}

func answerButtons(a storage.Answer, owed storage.Obligation) []bot.Button {
	id := strconv.FormatInt(a.ID, 10)
	return []bot.Button{
		row(yesTo(a), answers, acceptAnswer, id), row("Không đồng ý", answers, declineAnswer, id), row("Mở "+owed.Code, obligation, owed.Code),
		row("Đơn vị hẹn, hỏi", answers, ""),
	}
}

func (o Office) listAnswers(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	found, err := storage.OpenAnswers(ctx, tx, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: fmt.Sprintf("Đơn vị hẹn, hỏi, trang %d", page+1), Text: "Không có việc hẹn, hỏi nào chờ anh/chị ở trang này."}
	lines := []string{}
	for _, a := range found[:min(len(found), pageSize)] {
		_, owed, _, err := storage.FindAnswer(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		lines = append(lines, owed.Owner+" · "+owed.Title+"\n"+answerLine(a, t))
		m.Buttons = append(m.Buttons, row("Xem "+owed.Code, answers, strconv.FormatInt(a.ID, 10)))
	}
	if len(lines) > 0 {
		m.Text = strings.Join(lines, "\n\n")
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, row("Xem tiếp", answers, answersPage, strconv.Itoa(page+1)))
	}
	m.Buttons = append(m.Buttons, row("Tiến độ", progress, ""))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-answers", "page "+strconv.Itoa(page+1), t.Now)
}

// typedReason takes what was typed for the reason of a decision.
func (o Office) typedReason(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	action, id, words := t.Session.Memo[askedKey], t.Session.Memo[subjectKey], viet.Clean(t.In.Text)
	if words == "" {
		t.Say(bot.Outgoing{Text: "Anh/chị trả lời bằng chữ giúp, hoặc gõ “hủy”."})
		return nil
	}
	t.Session.Drop()
	if cancelled(t) {
		return o.openAnswers(ctx, tx, t, id)
	}
	a, owed, err := findOpenAnswer(ctx, tx, t, id)
	if err != nil || a.ID == 0 {
		return err
	}
	state := storage.AnswerDeclined
	if action == acceptAnswer {
		state = storage.AnswerAccepted
	}
	return o.decideAnswer(ctx, tx, t, a, owed, state, words)
}

func (o Office) decideAnswer(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Answer, owed storage.Obligation, state storage.AnswerState, words string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.DecideAnswer(ctx, tx, &owed, &a, state, me, words, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		return o.tooLate(ctx, tx, t, owed)
	}
	done, action := "Đã đồng ý", "accept-answer"
	if state == storage.AnswerDeclined {
		done, action = "Không đồng ý", "decline-answer"
	}
	told, err := tellOwner(ctx, tx, t, owed, "answer", decided(answerNotice(a, owed), owed, done))
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: done + ": " + owed.Owner + " · " + owed.Title + "." + told, Buttons: []bot.Button{
		row("Đơn vị hẹn, hỏi", answers, ""), row("Mở "+owed.Code, obligation, owed.Code),
	}})
	return addDecision(ctx, tx, t, action, owed.Code)
}

// answerNotice is what the officers read of the decision.
func answerNotice(a storage.Answer, owed storage.Obligation) bot.Outgoing {
	m := bot.Outgoing{Title: "Trả lời về " + owed.Code, Buttons: officerButtons(owed)}
	dear, why := "Kính gửi "+owed.Owner+". Sở Khoa học và Công nghệ ", " Lý do: "+a.Decision
	switch {
	case a.State == storage.AnswerDeclined && a.Kind == storage.AnswerNotOurs:
		m.Text = dear + "vẫn đề nghị đơn vị gửi " + about(owed) + ", hạn " + lastDay(owed) + "." + why
	case a.State == storage.AnswerDeclined:
		m.Text = dear + "chưa đồng ý ngày hẹn " + shortDay(a.Day) + " để gửi " + about(owed) + ", hạn vẫn là " + lastDay(owed) + "." + why
	case a.Kind == storage.AnswerNotOurs:
		m.Text, m.Buttons = dear+"ghi nhận: "+about(owed)+" không thuộc nhiệm vụ của đơn vị, đơn vị không phải gửi."+why, officerButtons(owed)[1:]
	default:
		m.Text = dear + "đồng ý: đơn vị gửi " + about(owed) + ", hạn " + lastDay(owed) + "." + why
	}
	return m
}
