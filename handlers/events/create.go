package events

import (
	"context"
	"fmt"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Create has an organiser set up an event. A button carries the code of one to correct.
func Create() *handlers.Conversation {
	f := eventForm()
	return &handlers.Conversation{
		Name: creating, Label: "Tạo sự kiện", Role: storage.Organiser, Words: []string{"sự kiện mới", "thêm sự kiện"}, Form: f,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			switch {
			case t.Resume(creating):
				t.Say(bot.Outgoing{Text: "Anh/chị đang điền dở sự kiện dưới đây. Muốn làm sự kiện khác, anh/chị lưu hoặc hủy phần này trước."})
			case argument == "":
				t.Begin(creating, nil)
			default:
				t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return correct(ctx, tx, t, argument) })
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if key, problem := misfit(kept, t.Now); problem != "" {
				askAgain(t, f, *t.Session.Form, key, problem)
				return nil
			}
			filled := *t.Session.Form
			t.Session.Drop()
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return keepEvent(ctx, tx, t, f, filled, kept) })
			return nil
		},
	}
}

// askAgain asks one question of a form that was filled in once more.
func askAgain(t *handlers.Turn, f *form.Form, filled form.Progress, key, problem string) {
	filled.Back = key
	t.Session.Name, t.Session.Form = creating, &filled
	t.Say(bot.Outgoing{Text: problem})
	t.Say(f.Show(t.Session.Form, t.Who())...)
}

// correct asks the questions of an event again, with what was answered.
func correct(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	e, ok, err := own(ctx, tx, t, code)
	if err != nil || !ok {
		return err
	}
	if !e.Joinable(t.Now) {
		t.Say(bot.Outgoing{Text: "Sự kiện " + handlers.EventDays(e, t.Now) + " nên không sửa được nữa."})
		return nil
	}
	t.Begin(creating, answersOf(e, t.Now.Location()))
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

// keepEvent keeps what was filled in, if who writes may hold events for the agency named.
func keepEvent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, f *form.Form, filled form.Progress, kept form.Answers) error {
	hosts, err := handlers.HostsOf(ctx, tx, t)
	if err != nil {
		return err
	}
	agency, err := hosts.Find(kept[hostKey])
	if err != nil {
		askAgain(t, f, filled, hostKey, err.Error())
		return nil
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
	if ok, err = storage.ReviseEvent(ctx, tx, &e, t.Now); err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Sự kiện này đã thay đổi trong lúc anh/chị sửa, nên mình chưa lưu. Dưới đây là tình trạng hiện nay."})
		return showOrganised(ctx, tx, t, before)
	}
	text := "Đã lưu thay đổi."
	if e.StartsAt != before.StartsAt || e.EndsAt != before.EndsAt || e.Place != before.Place {
		n, err := tellChange(ctx, tx, t, e, before)
		if err != nil {
			return err
		}
		text += fmt.Sprintf(" Mình báo ngay thời gian và địa điểm mới cho %d người có chỗ hoặc đang chờ.", n)
	}
	t.Say(bot.Outgoing{Text: text})
	if err := showOrganised(ctx, tx, t, e); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "correct-event", fmt.Sprintf("%s/%d", e.Code, e.Revision), t.Now)
}
