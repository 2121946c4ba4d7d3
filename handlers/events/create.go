package events

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// forAgency in a button of Create goes before the agency that an event is held for; the code of an event alone is to correct it.
const forAgency = "cho:"

// Create has an organiser set up an event, or correct one. planned are the agencies that staff may choose from.
func Create(planned handlers.Hosts) *handlers.Conversation {
	f := eventForm(planned)
	return &handlers.Conversation{
		Name: creating, Label: "Tạo sự kiện", Role: storage.Organiser, Words: []string{"sự kiện mới", "thêm sự kiện"}, Form: f,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if t.Resume(creating) {
				t.Say(bot.Outgoing{Text: "Anh/chị đang điền dở sự kiện dưới đây. Muốn làm sự kiện khác, anh/chị lưu hoặc hủy phần này trước."})
				return nil
			}
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return beginEvent(ctx, tx, t, planned, argument) })
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if key, problem := misfit(kept, t.Now); problem != "" {
				t.AskAgain(f, *t.Session.Form, key, problem)
				return nil
			}
			filled := *t.Session.Form
			t.Session.Drop()
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return keepEvent(ctx, tx, t, planned, filled, kept) })
			return nil
		},
	}
}

// beginEvent begins the form. Of an officer's agencies the only one holds the event; of several, one is chosen first.
func beginEvent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, planned handlers.Hosts, argument string) error {
	agency, chosen := strings.CutPrefix(argument, forAgency)
	if argument != "" && !chosen {
		return correct(ctx, tx, t, planned, argument)
	}
	holds, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	switch {
	case err != nil:
		return err
	case holds.All:
		t.Begin(creating, form.Answers{hostHintKey: hostHint})
		return nil
	case len(holds.Mine) == 1:
		agency = holds.Mine[0].ID
	}
	if holds.For(agency) {
		t.Begin(creating, form.Answers{ownHostKey: agency})
		return nil
	}
	m := bot.Outgoing{Text: "Anh/chị tạo sự kiện của đơn vị nào?"}
	for _, a := range holds.Mine {
		m.Buttons = append(m.Buttons, bot.Button{Label: a.Name, Data: creating + ":" + forAgency + a.ID, Row: true})
	}
	t.Say(m)
	return nil
}

// correct asks the questions of an event again, with what was answered.
func correct(ctx context.Context, tx *storage.Tx, t *handlers.Turn, planned handlers.Hosts, code string) error {
	e, ok, err := own(ctx, tx, t, code)
	if err != nil || !ok {
		return err
	}
	if !e.Joinable(t.Now) {
		t.Say(bot.Outgoing{Text: "Sự kiện " + handlers.EventDays(e, t.Now) + " nên không sửa được nữa."})
		return nil
	}
	holds, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	answers := answersOf(e, t.Now.Location())
	answers[ownHostKey] = e.Agency
	if _, ok := planned.Agency(e.Agency); ok && holds.All { // a unit that staff added goes on holding it
		answers[ownHostKey], answers[hostHintKey] = "", hostHint
	}
	t.Begin(creating, answers)
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

// keepEvent keeps what was filled in, if who writes may hold events for the agency.
func keepEvent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, planned handlers.Hosts, filled form.Progress, kept form.Answers) error {
	holds, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	agency := filled.Answers[ownHostKey]
	if holds.All {
		agency = cmp.Or(kept[hostKey], agency, storage.Department)
	}
	if !holds.For(agency) {
		t.Say(bot.Outgoing{Text: "Anh/chị không còn phụ trách đơn vị tổ chức, nên mình chưa lưu sự kiện này."})
		return nil
	}
	if err := planned.Save(ctx, tx, agency, t.Now); err != nil {
		return err
	}
	e := event(kept, t.Now.Location())
	e.Draft, e.Agency = filled.Draft, agency
	if e.Author, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	if code, corrects := filled.Answers[eventKey]; corrects {
		e.Code = code
		e.Revision, _ = strconv.ParseInt(filled.Answers[revisionKey], 10, 64) // we wrote it
		return revise(ctx, tx, t, e)
	}
	if err := storage.AddEvent(ctx, tx, &e, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã lưu sự kiện. Người dân thấy sự kiện này từ bây giờ, khi nhắn “sự kiện”."})
	if err := showOrganised(ctx, tx, t, e); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "add-event", e.Code, t.Now)
}

// revise keeps a correction, and tells the guests of another time or place at once.
func revise(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	before, ok, err := own(ctx, tx, t, e.Code)
	if !ok || err != nil {
		return err
	}
	note, err := keepQuestions(ctx, tx, &e, before)
	if err != nil {
		return err
	}
	if ok, err = storage.ReviseEvent(ctx, tx, &e, t.Now); err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Sự kiện này đã thay đổi trong lúc anh/chị sửa, nên mình chưa lưu. Dưới đây là tình trạng hiện nay."})
		return showOrganised(ctx, tx, t, before)
	}
	text := "Đã lưu thay đổi." + note
	if e.StartsAt != before.StartsAt || e.EndsAt != before.EndsAt || e.Place != before.Place {
		n, err := tellChange(ctx, tx, t, e, before)
		if err != nil {
			return err
		}
		stopped, err := takeBack(ctx, tx, t, e, "đã đổi thời gian hoặc địa điểm")
		if err != nil {
			return err
		}
		text += fmt.Sprintf(" Mình báo ngay thời gian và địa điểm mới cho %d người có chỗ hoặc đang chờ.", n) + stopped
	}
	t.Say(bot.Outgoing{Text: text})
	if err := showOrganised(ctx, tx, t, e); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "correct-event", fmt.Sprintf("%s/%d", e.Code, e.Revision), t.Now)
}

// keepQuestions leaves the questions as they were where one would be taken out that somebody answered: answers are kept by the
// number of the question. It returns what to say about that.
func keepQuestions(ctx context.Context, tx *storage.Tx, e *storage.Event, before storage.Event) (note string, err error) {
	if len(e.Questions) >= len(before.Questions) {
		return "", nil
	}
	guests, err := storage.Guests(ctx, tx, before.ID)
	if err != nil || len(guests) == 0 {
		return "", err
	}
	e.Questions = before.Questions
	return " Đã có người trả lời, nên các câu hỏi giữ như trước; anh/chị sửa lời hoặc thêm câu thì được.", nil
}
