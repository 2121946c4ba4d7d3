package agency

import (
	"context"
	"slices"
	"strings"

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
// once. A button carries "CODE" for the tasks, "CODE:1.3" for one, "CODE:1.3:field" for a question.
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
		show := func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
			return d.openTask(ctx, tx, t, c, o, task, key)
		}
		if code == "" {
			choose(t, telling, "Anh/chị ghi tình hình nhiệm vụ trong việc nào?", show)
			return nil
		}
		about(t, code, show)
		return nil
	}
	c.Submit = func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
		filled := *t.Session.Form
		t.Session.Drop()
		about(t, filled.Answers[codeKey], func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
			return d.keepTask(ctx, tx, t, c, o, filled.Answers[taskKey], filled.Back, kept[filled.Back])
		})
		return nil
	}
	return c
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
		{Value: string(storage.LineWaiting), Label: "Chưa làm"},
	}
}

// openTask asks the field key of a task, or shows the task, or without one lists them.
func (d Office) openTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, o storage.Obligation, task, key string) error {
	all, err := d.tasksOf(ctx, tx, t, o)
	if err != nil {
		return err
	}
	if settled(o) || len(all.lines) == 0 {
		return d.open(ctx, tx, t, o, "Việc này không có nhiệm vụ nào để ghi, hoặc đã xong.")
	}
	l, ok := all.line(task)
	switch {
	case !ok:
		t.Say(all.list(o))
		return storage.AddAudit(ctx, tx, t.In.From, "list-tasks", o.Code, t.Now)
	case slices.ContainsFunc(c.Form.Fields, func(f form.Field) bool { return f.Key == key }):
		answers := answersOf(l)
		answers[codeKey], answers[taskKey] = o.Code, task
		t.Begin(c.Name, answers)
		t.Session.Form.Back = key
		return nil
	}
	t.Say(all.card(c.Form, o, l, ""))
	return storage.AddAudit(ctx, tx, t.In.From, "open-task", o.Code+" "+task, t.Now)
}

// keepTask keeps one answer about a task, and shows the task again.
func (d Office) keepTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, o storage.Obligation, task, key, value string) error {
	all, err := d.tasksOf(ctx, tx, t, o)
	if err != nil {
		return err
	}
	l, ok := all.line(task)
	switch {
	case settled(o) || !ok:
		return d.open(ctx, tx, t, o, "Việc này đã xong, nên mình chưa lưu.")
	case answersOf(l)[key] == value:
		t.Say(all.card(c.Form, o, l, ""))
		return nil
	}
	setAnswer(&l, key, value)
	if l.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	if _, err := storage.KeepLine(ctx, tx, l, t.Now); err != nil {
		return err
	}
	t.Say(all.card(c.Form, o, l, "Đã lưu."))
	return storage.AddAudit(ctx, tx, t.In.From, "tell-task", o.Code+" "+task, t.Now)
}

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
