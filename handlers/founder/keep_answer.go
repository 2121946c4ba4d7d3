package founder

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// keepAnswer keeps an answer, and shows the list again.
func keepAnswer(ctx context.Context, t *handlers.Turn, c *handlers.Conversation, calendar *plan.Calendar, code, key, value string) error {
	d, ok, err := findDossier(ctx, t, code)
	if !ok || err != nil {
		return err
	}
	note, err := d.keep(t, c, calendar, key, value)
	if err != nil {
		return err
	}
	t.Say(fieldList(c, d, note))
	return nil
}

// keepUnfinished keeps the ticks and files given so far to the question that is open: whoever leaves it without "Xong"
// loses none.
func keepUnfinished(ctx context.Context, t *handlers.Turn, c *handlers.Conversation, calendar *plan.Calendar) error {
	open := t.Session.Form
	value, ok := open.Unfinished[open.Back]
	if !ok {
		return nil
	}
	d, ok, err := findDossier(ctx, t, open.Answers[codeKey])
	if !ok || err != nil {
		return err
	}
	corrected := d.corrects(open.Back)
	note, err := d.keep(t, c, calendar, open.Back, value)
	if err == nil && corrected && note != "" {
		t.Say(bot.Outgoing{Text: strings.TrimSpace(note)})
	}
	return err
}

// keep keeps an answer that differs from what is kept, and gives what to tell of it. When it is what staff asked to correct,
// they look at the startup again.
func (d *dossier) keep(t *handlers.Turn, c *handlers.Conversation, calendar *plan.Calendar, key, value string) (note string, err error) {
	if d.answers(c.Form)[key] == value {
		return "", nil
	}
	note, corrected, due := "Đã lưu.\n", d.corrects(key), handlers.AnswerDue(calendar, t.Now)
	change, also, err := d.take(c.Form, t, key, value)
	if err != nil {
		return "", err
	}
	if corrected {
		note = "Đã lưu và gửi cán bộ xem lại. Bạn có câu trả lời " + handlers.ShowDue(due) + ".\n"
	}
	revise(t, d.Code, func(s *storage.Startup) {
		change(s)
		if corrected && s.Status == storage.StatusChanges {
			s.Await(due)
		}
	}, also)
	return note, nil
}

// take gives d an answer, and what keeps it: a change of the startup, and what else belongs to that (nil: nothing).
func (d *dossier) take(f *form.Form, t *handlers.Turn, key, value string) (change func(*storage.Startup), also storage.Effect, err error) {
	switch key {
	case documentsKey:
		also, err = d.takeDocuments(t, value)
		return func(*storage.Startup) {}, also, err
	case nameKey:
		d.founder.Name = value
	case phoneKey:
		d.founder.Phone = value
	default:
		change = func(s *storage.Startup) { setAnswer(f, s, key, value) }
		change(&d.Startup)
		return change, nil, nil
	}
	founder := d.founder
	return func(*storage.Startup) {}, func(ctx context.Context, tx *storage.Tx) error {
		return storage.DescribePerson(ctx, tx, founder.ID, founder.Name, founder.Phone)
	}, nil
}

func (d *dossier) takeDocuments(t *handlers.Turn, value string) (storage.Effect, error) {
	files := []bot.File{}
	if value != "" {
		if err := json.Unmarshal([]byte(value), &files); err != nil {
			return nil, fmt.Errorf("decode documents: %w", err)
		}
	}
	d.attached = value
	startup := d.Startup
	return func(ctx context.Context, tx *storage.Tx) error {
		return storage.SetDocuments(ctx, tx, startup, files, t.Now)
	}, nil
}
