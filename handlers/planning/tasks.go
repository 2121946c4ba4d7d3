package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// actOnTask lists the tasks in an obligation, or assigns one of them to a unit.
func (o Office) actOnTask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, action, detail string) error {
	o, err := o.on(ctx, t, plan.DecidingDay(owed.Year, owed.DueOn))
	if err != nil {
		return err
	}
	lines, err := storage.LinesOf(ctx, tx, owed.ID)
	if err != nil {
		return err
	}
	lines = o.inDocumentOrder(lines)
	if action == chooseTask {
		page, _ := strconv.Atoi(detail) // not a number: the first page
		return o.listTasks(ctx, tx, t, owed, lines, page, "")
	}
	task, unit, _ := strings.Cut(detail, ":")
	i := slices.IndexFunc(lines, func(l storage.Line) bool { return l.Task == task })
	switch {
	case i < 0:
		return o.listTasks(ctx, tx, t, owed, lines, 0, "")
	case action == assignTask:
		return o.askUnit(ctx, tx, t, owed, task)
	}
	note, err := o.assignTo(ctx, tx, t, owed, lines[i], unit)
	if err != nil {
		return err
	}
	if lines, err = storage.LinesOf(ctx, tx, owed.ID); err != nil {
		return err
	}
	return o.listTasks(ctx, tx, t, owed, lines, i/tasksOnPage, note)
}

const tasksOnPage = 3 // each has two buttons

// listTasks shows a page of the tasks in an obligation, under a note that may be "".
func (o Office) listTasks(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, lines []storage.Line, page int, note string) error {
	units, err := storage.UnitsOf(ctx, tx, owed.Agency)
	if err != nil {
		return err
	}
	lines = o.inDocumentOrder(lines)
	pages := max(1, (len(lines)+tasksOnPage-1)/tasksOnPage)
	page = min(max(page, 0), pages-1)
	m := bot.Outgoing{Title: fmt.Sprintf("%s, nhiệm vụ, trang %d/%d", owed.Code, page+1, pages)}
	texts := []string{}
	for _, l := range lines[page*tasksOnPage : min(len(lines), (page+1)*tasksOnPage)] {
		texts = append(texts, o.lineText(l, units))
		m.Buttons = append(m.Buttons, row("Ghi kết quả "+l.Task, filling, owed.Code, l.Task))
		if owed.Agency == storage.Department && !owed.Done() {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Giao " + l.Task, Data: strings.Join([]string{obligation, assignTask, owed.Code, l.Task}, ":")})
		}
	}
	if page+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", obligation, chooseTask, owed.Code, strconv.Itoa(page+1)))
	}
	m.Buttons = append(m.Buttons, row("Mở "+owed.Code, obligation, owed.Code))
	m.Text = note + strings.Join(texts, "\n\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

func (o Office) lineText(l storage.Line, units []storage.Agency) string {
	text := o.taskTitle(l.Task) + "\n" + lineStatus(l.Status)
	for _, part := range []string{l.Narrative, l.Figures, l.Documents} {
		if part != "" {
			text += " · " + part
		}
	}
	if i := slices.IndexFunc(units, func(u storage.Agency) bool { return u.ID == l.Unit }); i >= 0 {
		text += "\nGiao cho: " + units[i].Name
	}
	return text
}

// Keys of what is told of a task.
const (
	statusKey    = "tinh_trang"
	narrativeKey = "ket_qua"
	figuresKey   = "so_lieu"
	documentsKey = "van_ban"
)

// FillIn has staff tell how far a task of an obligation is, where its agency sent no more than a file.
func (o Office) FillIn() *handlers.Conversation {
	narrative := form.LongText(narrativeKey, "Kết quả", "Kết quả thực hiện nhiệm vụ là gì, trong vài câu?", "Đã tổ chức vòng chung kết ngày 20/11/2026, trao 12 giải.")
	narrative.Most = 2000
	figures := form.Text(figuresKey, "Số liệu", "Có số liệu nào cần ghi riêng không?", "86 dự án dự thi; 12 giải")
	documents := form.Text(documentsKey, "Văn bản", "Số, ngày các văn bản liên quan là gì?", "45/KH-UBND ngày 02/03/2026")
	narrative.Optional, figures.Optional, documents.Optional = true, true, true
	return &handlers.Conversation{
		Name: filling, Role: storage.Staff, Words: []string{"ghi kết quả nhiệm vụ"},
		Form: &form.Form{
			Officer: true,
			Name:    filling, Title: "Ghi kết quả nhiệm vụ", Submit: "Lưu kết quả",
			Fields: []form.Field{
				form.One(statusKey, "Tình trạng", "Nhiệm vụ này làm đến đâu?",
					form.Choice{Value: string(storage.LineDone), Label: "Đã xong"}, form.Choice{Value: string(storage.LineGoing), Label: "Đang làm"},
					form.Choice{Value: string(storage.LineWaiting), Label: "Chưa bắt đầu"}),
				narrative, figures, documents,
			},
		},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if argument == "" && t.Resume(filling) {
				return nil
			}
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.beginFilling(ctx, tx, t, argument) })
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			subject := t.Session.Form.Answers[subjectKey]
			t.Session.Drop()
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.keepFilled(ctx, tx, t, subject, kept) })
			return nil
		},
	}
}

// findLine finds the task that "CODE:TASK" names, with its obligation; ok is false for none.
func findLine(ctx context.Context, tx *storage.Tx, subject string) (l storage.Line, owed storage.Obligation, ok bool, err error) {
	code, task, _ := strings.Cut(subject, ":")
	owed, ok, err = storage.FindObligation(ctx, tx, code)
	if !ok || err != nil {
		return l, owed, false, err
	}
	lines, err := storage.LinesOf(ctx, tx, owed.ID)
	i := slices.IndexFunc(lines, func(l storage.Line) bool { return l.Task == task })
	if err != nil || i < 0 {
		return l, owed, false, err
	}
	return lines[i], owed, true, nil
}

// beginFilling begins the form with what is known already.
func (o Office) beginFilling(ctx context.Context, tx *storage.Tx, t *handlers.Turn, subject string) error {
	l, owed, ok, err := findLine(ctx, tx, subject)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Anh/chị chọn nhiệm vụ từ phiếu của một việc giúp.", Buttons: []bot.Button{row("Tiến độ", progress, "")}})
		return nil
	}
	if o, err = o.on(ctx, t, plan.DecidingDay(owed.Year, owed.DueOn)); err != nil {
		return err
	}
	known := form.Answers{subjectKey: subject}
	for key, value := range map[string]string{statusKey: string(l.Status), narrativeKey: l.Narrative, figuresKey: l.Figures, documentsKey: l.Documents} {
		if l.At > 0 && (value != "" || key != statusKey) {
			known[key] = value
		}
	}
	t.Say(bot.Outgoing{Text: owed.Owner + " · " + owed.Title + "\n" + o.taskTitle(l.Task)})
	t.Begin(filling, known)
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

func (o Office) keepFilled(ctx context.Context, tx *storage.Tx, t *handlers.Turn, subject string, kept form.Answers) error {
	l, owed, ok, err := findLine(ctx, tx, subject)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(goneObligation())
		return nil
	}
	if o, err = o.on(ctx, t, plan.DecidingDay(owed.Year, owed.DueOn)); err != nil {
		return err
	}
	if l.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	l.Status, l.Narrative, l.Figures, l.Documents = storage.LineStatus(kept[statusKey]), kept[narrativeKey], kept[figuresKey], kept[documentsKey]
	ok, err = storage.KeepLine(ctx, tx, l, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(bot.Outgoing{Text: "Nhiệm vụ này vừa được giao lại, nên mình chưa lưu.", Buttons: []bot.Button{row("Các nhiệm vụ", obligation, chooseTask, owed.Code)}})
		return nil
	}
	t.Say(bot.Outgoing{Text: "Đã lưu kết quả " + o.taskTitle(l.Task) + ".", Buttons: []bot.Button{row("Các nhiệm vụ", obligation, chooseTask, owed.Code), row("Mở "+owed.Code, obligation, owed.Code)}})
	return storage.AddAudit(ctx, tx, t.In.From, "fill-task", owed.Code+" "+l.Task, t.Now)
}
