package agency

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of what is told of a task.
const (
	taskKey      = "nhiem_vu" // which one; no field has it
	statusKey    = "tinh_trang"
	narrativeKey = "ket_qua"
	figuresKey   = "so_lieu"
	documentsKey = "van_ban"
)

// Tell has an officer tell more of the tasks in an obligation, if they like: one question at a time, each answer kept at
// once. Officers of a unit tell of the tasks that are assigned to it. A button carries "CODE" for the tasks, "CODE:1.3" for one,
// "CODE:1.3:field" for a question.
func (d Office) Tell() *handlers.Conversation {
	c := &handlers.Conversation{
		Name: telling, Label: "Ghi tình hình nhiệm vụ", Role: storage.Officer,
		Words: []string{"tình hình nhiệm vụ"},
		Form:  taskForm(),
	}
	c.Open = func(_ context.Context, t *handlers.Turn, argument string) error {
		if t.Session.Name == c.Name {
			t.Session.Drop() // the question that is open makes room
		}
		code, rest, _ := strings.Cut(argument, ":")
		task, key, _ := strings.Cut(rest, ":")
		if code == "" {
			d.chooseTasks(t, c)
			return nil
		}
		d.aboutTasks(t, code, func(ctx context.Context, tx *storage.Tx, all tasks) error {
			return d.openTask(ctx, tx, t, c, all, task, key)
		})
		return nil
	}
	c.Submit = func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
		filled := *t.Session.Form
		t.Session.Drop()
		d.aboutTasks(t, filled.Answers[codeKey], func(ctx context.Context, tx *storage.Tx, all tasks) error {
			return d.keepTask(ctx, tx, t, c, all, filled.Answers[taskKey], filled.Back, kept[filled.Back])
		})
		return nil
	}
	return c
}

// chooseTasks asks which tasks the officer means: those of which obligation, or one of those that are assigned to their units.
func (d Office) chooseTasks(t *handlers.Turn, c *handlers.Conversation) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		open, err := openOf(ctx, tx, mine)
		if err != nil {
			return err
		}
		assigned, err := storage.LinesAssignedTo(ctx, tx, mine, mostOwed)
		assigned = slices.DeleteFunc(assigned, func(l storage.AssignedLine) bool { return settled(l.In) })
		switch {
		case err != nil:
			return err
		case len(open) == 1 && len(assigned) == 0:
			all, err := d.tasksOf(ctx, tx, t, open[0], mine)
			if err != nil {
				return err
			}
			return d.openTask(ctx, tx, t, c, all, "", "")
		case len(open) == 0 && len(assigned) == 0:
			t.Say(nothingOwed())
			return nil
		}
		m := bot.Outgoing{Text: "Anh/chị ghi tình hình nhiệm vụ trong việc nào?"}
		for _, o := range open {
			m.Buttons = append(m.Buttons, bot.Button{Label: fullName(o), Data: telling + ":" + o.Code, Row: true})
		}
		for _, l := range assigned {
			e, err := d.taskEntry(ctx, t, l)
			if err != nil {
				return err
			}
			m.Buttons = append(m.Buttons, e.button)
		}
		t.Say(m)
		return nil
	})
}

func taskForm() *form.Form {
	f := &form.Form{
		Officer: true, Single: true,
		Name: telling, Title: "Ghi tình hình nhiệm vụ", Submit: "Lưu",
		Fields: []form.Field{
			form.One(statusKey, "Tình trạng", "Nhiệm vụ này đang ở đâu?", statuses()...),
			form.LongText(narrativeKey, "Kết quả", "Đã làm được gì trong kỳ này? Vài câu là đủ.", "Đã mở 2 lớp tập huấn, cấp 12 chứng nhận sản phẩm."),
			form.LongText(figuresKey, "Số liệu", "Có số liệu nào cần ghi?", "2 lớp, 85 người, 12 sản phẩm"),
			form.Text(documentsKey, "Văn bản", "Số, ký hiệu các văn bản liên quan là gì?", "45/KH-SCT, 67/BC-SCT"),
		},
	}
	for i := range f.Fields {
		f.Fields[i].Optional = true
	}
	return f
}

func statuses() []form.Choice {
	return []form.Choice{
		{Value: string(storage.LineDone), Label: "Đã xong"},
		{Value: string(storage.LineGoing), Label: "Đang làm"},
		{Value: string(storage.LineWaiting), Label: "Chưa bắt đầu"},
	}
}

// openTask asks the field key of a task, or shows the task, or without one lists them.
func (d Office) openTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, all tasks, task, key string) error {
	if all.whole && (settled(all.of) || len(all.lines) == 0) {
		return d.open(ctx, tx, t, all.of, "Việc này không có nhiệm vụ nào để ghi, hoặc đã xong.")
	}
	l, ok := all.line(task)
	isField := slices.ContainsFunc(c.Form.Fields, func(f form.Field) bool { return f.Key == key })
	switch {
	case !ok:
		t.Say(all.list())
		return storage.AddAudit(ctx, tx, t.In.From, "list-tasks", all.of.Code, t.Now)
	case isField && !settled(all.of):
		answers := answersOf(l)
		answers[codeKey], answers[taskKey] = all.of.Code, task
		t.Begin(c.Name, answers)
		t.Session.Form.Back = key
		return nil
	}
	t.Say(d.card(t, c.Form, all, l, ""))
	return storage.AddAudit(ctx, tx, t.In.From, "open-task", all.of.Code+" "+task, t.Now)
}

// keepTask keeps one answer about a task, and shows the task again.
func (d Office) keepTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, all tasks, task, key, value string) error {
	l, ok := all.line(task)
	switch {
	case !ok && !all.whole:
		t.Say(gone())
		return nil
	case !ok || all.whole && settled(all.of):
		return d.open(ctx, tx, t, all.of, notKept)
	case settled(all.of):
		t.Say(d.card(t, c.Form, all, l, notKept))
		return nil
	case answersOf(l)[key] == value:
		t.Say(d.card(t, c.Form, all, l, ""))
		return nil
	}
	setAnswer(&l, key, value)
	person, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	l.Person = person
	ok, err = storage.KeepLine(ctx, tx, l, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(bot.Outgoing{Text: "Nhiệm vụ này vừa được giao lại, nên mình chưa lưu.", Buttons: []bot.Button{listButton()}})
		return nil
	}
	t.Say(d.card(t, c.Form, all, l, "Đã lưu."))
	return storage.AddAudit(ctx, tx, t.In.From, "tell-task", all.of.Code+" "+task, t.Now)
}

const notKept = "Việc này đã xong, nên mình chưa lưu."

// answersOf is what is told of a task, as the form has it.
func answersOf(l storage.Line) form.Answers {
	a := form.Answers{}
	for key, value := range map[string]string{statusKey: string(l.Status), narrativeKey: l.Narrative, figuresKey: l.Figures, documentsKey: l.Documents} {
		if value != "" {
			a[key] = value
		}
	}
	return a
}

func setAnswer(l *storage.Line, key, value string) {
	switch key {
	case statusKey:
		l.Status = storage.LineStatus(value)
	case narrativeKey:
		l.Narrative = value
	case figuresKey:
		l.Figures = value
	case documentsKey:
		l.Documents = value
	}
}
