package founder

import (
	"context"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage/plan"
)

// codeKey is where the answers in hand say which startup they are of; no field has it.
const codeKey = "ma_ho_so"

// Complete shows what a startup's file has and lacks, and asks one field at a time, the one that the person picks. Each
// answer is kept at once, ticks and files one by one. A button carries "CODE" for the list, "CODE:field" for a question.
func Complete(places *viet.Places, calendar *plan.Calendar) *handlers.Conversation {
	c := &handlers.Conversation{
		Name: "hoanthien", Label: "Hoàn thiện hồ sơ",
		Words: []string{"bổ sung hồ sơ", "cập nhật hồ sơ", "sửa hồ sơ"},
		Form:  Profile(places),
	}
	c.Open = func(ctx context.Context, t *handlers.Turn, argument string) error {
		if t.Session.Name == c.Name {
			t.Session.Drop() // the question that is open makes room
		}
		code, key, _ := strings.Cut(argument, ":")
		if code == "" {
			return chooseDossier(ctx, t, c)
		}
		return openDossier(ctx, t, c, code, key)
	}
	c.Submit = func(ctx context.Context, t *handlers.Turn, kept form.Answers) error {
		key, code := t.Session.Form.Back, t.Session.Form.Answers[codeKey]
		value := kept[key]
		if unfinished, ok := t.Session.Form.Unfinished[key]; ok { // left without "Xong": kept already
			value = unfinished
		}
		t.Session.Drop()
		return keepAnswer(ctx, t, c, calendar, code, key, value)
	}
	c.Answered = func(ctx context.Context, t *handlers.Turn, _ form.Answers) error {
		return keepUnfinished(ctx, t, c, calendar)
	}
	return c
}

// chooseDossier goes on with the only startup, or asks which one.
func chooseDossier(ctx context.Context, t *handlers.Turn, c *handlers.Conversation) error {
	own, err := ownStartups(ctx, t)
	switch {
	case err != nil:
		return err
	case len(own) == 0:
		t.Say(nothingRegistered(t))
		return nil
	case len(own) == 1:
		return openDossier(ctx, t, c, own[0].Code, "")
	}
	m := bot.Outgoing{Title: "Hoàn thiện hồ sơ", Text: "Bạn muốn hoàn thiện hồ sơ nào?"}
	for _, s := range own {
		m.Buttons = append(m.Buttons, bot.Button{Label: s.Code + " · " + s.Name, Data: c.Button(s.Code), Row: true})
	}
	t.Say(m)
	return nil
}

// openDossier asks the field key, or lists the fields when there is no such field to ask.
func openDossier(ctx context.Context, t *handlers.Turn, c *handlers.Conversation, code, key string) error {
	d, ok, err := findDossier(ctx, t, code)
	if !ok || err != nil {
		return err
	}
	answers := d.answers(c.Form)
	if !contains(asked(c.Form, answers), key) {
		t.Say(fieldList(c, d, ""))
		return nil
	}
	answers[codeKey] = code
	t.Begin(c.Name, answers)
	t.Session.Form.Back = key
	return nil
}

// fieldList has a button for each field, with a tick on what is answered.
func fieldList(c *handlers.Conversation, d dossier, note string) bot.Outgoing {
	answers := d.answers(c.Form)
	m := bot.Outgoing{
		Title: fmt.Sprintf("Hồ sơ %s · %s", d.Code, d.Name),
		Text:  note + completeness(c.Form, answers) + "\nBạn chọn mục muốn điền hoặc sửa, theo thứ tự nào cũng được. Mỗi câu trả lời được lưu ngay.",
	}
	for i, f := range asked(c.Form, answers) {
		label := f.Label
		if answers[f.Key] != "" {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: c.Button(d.Code + ":" + f.Key), Row: i%2 == 0})
	}
	return m
}
