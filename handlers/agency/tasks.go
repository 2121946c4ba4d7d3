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

// tasks are those in an obligation, in the order of the plan, which names them.
type tasks struct {
	plan  *plan.Catalogue
	lines []storage.Line
}

func (d Office) tasksOf(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation) (tasks, error) {
	p, err := t.PlanOn(ctx, d.Plan, plan.DecidingDay(o.Year, o.DueOn))
	if err != nil {
		return tasks{}, err
	}
	lines, err := storage.LinesOf(ctx, tx, o.ID)
	place := func(l storage.Line) int {
		return slices.IndexFunc(p.Tasks, func(t plan.Task) bool { return t.ID == l.Task })
	}
	slices.SortStableFunc(lines, func(a, b storage.Line) int { return place(a) - place(b) })
	return tasks{p, lines}, err
}

// line finds a task; ok is false for none.
func (all tasks) line(task string) (l storage.Line, ok bool) {
	i := slices.IndexFunc(all.lines, func(l storage.Line) bool { return l.Task == task })
	if i < 0 {
		return storage.Line{}, false
	}
	return all.lines[i], true
}

// name is a task as people know it; its number alone when the plan does not have it.
func (all tasks) name(task string) string {
	known, ok := all.plan.Task(task)
	if !ok {
		return "Nhiệm vụ " + task
	}
	return task + " " + known.Title
}

func (all tasks) list(o storage.Obligation) bot.Outgoing {
	m := bot.Outgoing{
		Title: "Tình hình nhiệm vụ · " + o.Title,
		Text:  "Anh/chị chọn nhiệm vụ muốn ghi. Phần này không bắt buộc, để trống cũng được.",
	}
	for _, l := range all.lines {
		label := all.name(l.Task)
		if l.At > 0 {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: telling + ":" + o.Code + ":" + l.Task, Row: true})
	}
	m.Buttons = append(m.Buttons, openButton(o))
	return m
}

func (all tasks) card(f *form.Form, o storage.Obligation, l storage.Line, note string) bot.Outgoing {
	answers := answersOf(l)
	text := strings.Join(f.Tell(answers), "\n")
	if text == "" {
		text = "Chưa ghi gì. Anh/chị chọn mục muốn ghi, hoặc bỏ qua."
	}
	m := bot.Outgoing{Title: all.name(l.Task), Text: paragraphs(note, text)}
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

// text lists the tasks, with their status.
func (all tasks) text() string {
	if len(all.lines) == 0 {
		return ""
	}
	rows := []string{"Các nhiệm vụ:"}
	for _, l := range all.lines {
		row := all.name(l.Task)
		for _, s := range statuses() {
			if s.Value == string(l.Status) {
				row += ": " + strings.ToLower(s.Label)
			}
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}
