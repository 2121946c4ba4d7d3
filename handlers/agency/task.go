package agency

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
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

// tellable are the tasks in an obligation, in the plan's order, if anything may be told of them still.
func (d Office) tellable(ctx context.Context, tx *storage.Tx, o storage.Obligation) ([]storage.Line, error) {
	if settled(o) {
		return nil, nil
	}
	lines, err := storage.LinesOf(ctx, tx, o.ID)
	d.sort(lines)
	return lines, err
}

// openTask asks the field key of a task, or shows the task, or without one lists them.
func (d Office) openTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, o storage.Obligation, task, key string) error {
	lines, err := d.tellable(ctx, tx, o)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l storage.Line) bool { return l.Task == task })
	switch {
	case len(lines) == 0:
		return d.open(ctx, tx, t, o, "Việc này không có nhiệm vụ nào để ghi, hoặc đã xong.")
	case i < 0:
		t.Say(d.taskList(o, lines))
		return storage.AddAudit(ctx, tx, t.In.From, "list-tasks", o.Code, t.Now)
	case slices.ContainsFunc(c.Form.Fields, func(f form.Field) bool { return f.Key == key }):
		answers := answersOf(lines[i])
		answers[codeKey], answers[taskKey] = o.Code, task
		t.Begin(c.Name, answers)
		t.Session.Form.Back = key
		return nil
	}
	t.Say(d.taskCard(c.Form, o, lines[i], ""))
	return storage.AddAudit(ctx, tx, t.In.From, "open-task", o.Code+" "+task, t.Now)
}

// keepTask keeps one answer about a task, and shows the task again.
func (d Office) keepTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c *handlers.Conversation, o storage.Obligation, task, key, value string) error {
	lines, err := d.tellable(ctx, tx, o)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(lines, func(l storage.Line) bool { return l.Task == task })
	if i < 0 {
		return d.open(ctx, tx, t, o, "Việc này đã xong, nên mình chưa lưu.")
	}
	l := lines[i]
	if answersOf(l)[key] == value {
		t.Say(d.taskCard(c.Form, o, l, ""))
		return nil
	}
	setAnswer(&l, key, value)
	if l.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	if _, err := storage.KeepLine(ctx, tx, l, t.Now); err != nil {
		return err
	}
	t.Say(d.taskCard(c.Form, o, l, "Đã lưu."))
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

func (d Office) taskList(o storage.Obligation, lines []storage.Line) bot.Outgoing {
	m := bot.Outgoing{
		Title: "Tình hình nhiệm vụ · " + o.Title,
		Text:  "Anh/chị chọn nhiệm vụ muốn ghi. Phần này không bắt buộc, để trống cũng được.",
	}
	for _, l := range lines {
		label := d.taskName(l.Task)
		if l.At > 0 {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: telling + ":" + o.Code + ":" + l.Task, Row: true})
	}
	m.Buttons = append(m.Buttons, openButton(o))
	return m
}

func (d Office) taskCard(f *form.Form, o storage.Obligation, l storage.Line, note string) bot.Outgoing {
	answers := answersOf(l)
	told := strings.Join(f.Tell(answers), "\n")
	if told == "" {
		told = "Chưa ghi gì. Anh/chị chọn mục muốn ghi, hoặc bỏ qua."
	}
	m := bot.Outgoing{Title: d.taskName(l.Task), Text: paragraphs(note, told)}
	for i, field := range f.Fields {
		label := field.Label
		if answers[field.Key] != "" {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: telling + ":" + o.Code + ":" + l.Task + ":" + field.Key, Row: i%2 == 0})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Nhiệm vụ khác", Data: telling + ":" + o.Code, Row: true})
	return m
}

// tasks lists the tasks in an obligation, with their status.
func (d Office) tasks(lines []storage.Line) string {
	if len(lines) == 0 {
		return ""
	}
	d.sort(lines)
	rows := []string{"Các nhiệm vụ:"}
	for _, l := range lines {
		row := d.taskName(l.Task)
		for _, s := range statuses() {
			if s.Value == string(l.Status) {
				row += ": " + strings.ToLower(s.Label)
			}
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}

// sort brings lines into the order of the plan.
func (d Office) sort(lines []storage.Line) {
	place := func(l storage.Line) int {
		return slices.IndexFunc(d.Plan.Tasks, func(t plan.Task) bool { return t.ID == l.Task })
	}
	slices.SortStableFunc(lines, func(a, b storage.Line) int { return place(a) - place(b) })
}

// taskName is a task as people know it; its number alone when this version of the plan does not have it.
func (d Office) taskName(id string) string {
	task, ok := d.Plan.Task(id)
	if !ok {
		return "Nhiệm vụ " + id
	}
	return id + " " + task.Title
}
