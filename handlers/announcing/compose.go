package announcing

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

// announcementKey is where the answers in hand say which announcement they correct; no field has it.
const announcementKey = "thong_bao"

// Compose has staff write an announcement. A button carries the id of one to correct, or the code of an event to invite to.
func (d Desk) Compose() *handlers.Conversation {
	f := d.form()
	return &handlers.Conversation{
		Name: composing, Label: "Soạn thông báo", Role: storage.Staff, Words: []string{"thông báo mới", "gửi thông báo", "viết thông báo"}, Form: f,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			switch {
			case t.Resume(composing):
				t.Say(bot.Outgoing{Text: "Anh/chị đang soạn dở thông báo dưới đây. Muốn soạn thông báo khác, anh/chị gửi hoặc hủy phần này trước."})
			case argument == "":
				t.Begin(composing, nil)
			default:
				t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return d.prepare(ctx, tx, t, argument) })
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if key, problem := misfit(kept, t.Now); problem != "" {
				t.Session.Form.Back = key
				t.Say(bot.Outgoing{Text: problem})
				t.Say(f.Show(t.Session.Form, t.Who())...)
				return nil
			}
			p := *t.Session.Form
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return d.keep(ctx, tx, t, p, kept) })
			return nil
		},
	}
}

func (d Desk) prepare(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	if strings.HasPrefix(argument, "SK-") {
		return invite(ctx, tx, t, argument)
	}
	return d.correct(ctx, tx, t, argument)
}

// correct asks the questions of an announcement again, with what was answered.
func (d Desk) correct(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	a, ok, err := storage.FindAnnouncement(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(gone())
		return nil
	case !unsent(a):
		return d.outpaced(ctx, tx, t, a)
	}
	answers := form.Answers{announcementKey: number}
	for key, value := range a.Answers {
		answers[key] = value
	}
	t.Begin(composing, answers)
	return storage.AddAudit(ctx, tx, t.In.From, "open-announcement", a.Code, t.Now)
}

// keep keeps what was written, and shows what it would come to.
func (d Desk) keep(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p form.Progress, kept form.Answers) error {
	if ok, err := stillSo(ctx, tx, t, p); !ok || err != nil {
		return err
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	a := announcement(kept, t.Now.Location())
	a.Draft, a.Author, a.Event = p.Draft, me, p.Answers[eventKey]
	action := "write-announcement"
	if number, corrects := p.Answers[announcementKey]; corrects {
		action = "correct-announcement"
		a.ID, _ = strconv.ParseInt(number, 10, 64) // we wrote it
		ok, err := storage.ReviseAnnouncement(ctx, tx, &a)
		if err != nil {
			return err
		}
		if !ok {
			return d.tooLate(ctx, tx, t, a.ID)
		}
	} else if err := storage.AddAnnouncement(ctx, tx, &a, t.Now); err != nil {
		return err
	}
	if err := d.show(ctx, tx, t, a, ""); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, action, fmt.Sprintf("%s/%d", a.Code, a.Revision), t.Now)
}
