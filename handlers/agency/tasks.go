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

// tasks are those in an obligation that an officer may tell of, in the order of the plan, which names them.
type tasks struct {
	plan  *plan.Catalogue
	of    storage.Obligation
	lines []storage.Line
	whole bool // the officer answers for who owes it, so that all of it is theirs; else what is assigned to their units
}

// tasksOf gives those that are of one of the agencies: all of an obligation of theirs, and of another's those that are assigned
// to them.
func (d Office) tasksOf(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation, mine []string) (tasks, error) {
	p, err := d.planOf(ctx, t, o)
	if err != nil {
		return tasks{}, err
	}
	all := tasks{plan: p, of: o, whole: slices.Contains(mine, o.Agency)}
	if all.lines, err = storage.LinesOf(ctx, tx, o.ID); err != nil {
		return tasks{}, err
	}
	all.lines = slices.DeleteFunc(all.lines, func(l storage.Line) bool { return !all.whole && !slices.Contains(mine, l.Unit) })
	place := func(l storage.Line) int {
		return slices.IndexFunc(p.Tasks, func(t plan.Task) bool { return t.ID == l.Task })
	}
	slices.SortStableFunc(all.lines, func(a, b storage.Line) int { return place(a) - place(b) })
	return all, nil
}

// planOf is the version of the plan that names the tasks of an obligation.
func (d Office) planOf(ctx context.Context, t *handlers.Turn, o storage.Obligation) (*plan.Catalogue, error) {
	return t.PlanOn(ctx, d.Plan, plan.DecidingDay(o.Year, o.DueOn))
}

// aboutTasks does something with the tasks in the obligation of a code that are the officer's. Where none is, it is no
// obligation at all.
func (d Office) aboutTasks(t *handlers.Turn, code string, do func(ctx context.Context, tx *storage.Tx, all tasks) error) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		o, ok, err := storage.FindObligation(ctx, tx, code)
		all := tasks{}
		if ok && err == nil {
			all, err = d.tasksOf(ctx, tx, t, o, mine)
		}
		switch {
		case err != nil:
			return err
		case !all.whole && len(all.lines) == 0:
			t.Session.Drop()
			t.Say(gone())
			return nil
		}
		return do(ctx, tx, all)
	})
}

// line finds a task; ok is false for none.
func (all tasks) line(task string) (l storage.Line, ok bool) {
	i := slices.IndexFunc(all.lines, func(l storage.Line) bool { return l.Task == task })
	if i < 0 {
		return storage.Line{}, false
	}
	return all.lines[i], true
}

// taskName is a task as people know it; its number alone when the plan does not have it.
func taskName(p *plan.Catalogue, task string) string {
	known, ok := p.Task(task)
	if !ok {
		return "Nhiệm vụ " + task
	}
	return task + " " + known.Title
}

// taskData is the data of a button that opens a task.
func taskData(o storage.Obligation, task string) string { return telling + ":" + o.Code + ":" + task }

func (all tasks) list() bot.Outgoing {
	m := bot.Outgoing{
		Title: "Tình hình nhiệm vụ · " + all.of.Title,
		Text:  "Anh/chị chọn nhiệm vụ muốn ghi. Phần này không bắt buộc, để trống cũng được.",
	}
	if !all.whole {
		m.Text = "Anh/chị chọn nhiệm vụ được giao cho đơn vị."
	}
	for _, l := range all.lines {
		label := taskName(all.plan, l.Task)
		if l.At > 0 {
			label = "✓ " + label
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: taskData(all.of, l.Task), Row: true})
	}
	if all.whole { // an officer of a unit does not see the obligation
		m.Buttons = append(m.Buttons, openButton(all.of))
	} else {
		m.Buttons = append(m.Buttons, listButton())
	}
	return m
}

// card shows what is told of a task, and asks for more, under a note that may be "".
func (d Office) card(t *handlers.Turn, f *form.Form, all tasks, l storage.Line, note string) bot.Outgoing {
	answers := answersOf(l)
	m := bot.Outgoing{Title: taskName(all.plan, l.Task)}
	told := strings.Join(f.Tell(answers), "\n")
	switch {
	case told == "" && settled(all.of):
		told = "Chưa ghi gì."
	case told == "":
		told = "Chưa ghi gì. Anh/chị chọn mục muốn ghi, hoặc bỏ qua."
	}
	m.Text = paragraphs(note, d.standing(t, all, l), told)
	for i, field := range f.Fields {
		label := field.Label
		if answers[field.Key] != "" {
			label = "✓ " + label
		}
		if !settled(all.of) {
			m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: taskData(all.of, l.Task) + ":" + field.Key, Row: i%2 == 0})
		}
	}
	if !all.whole {
		m.Buttons = append(m.Buttons, listButton())
	} else {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Nhiệm vụ khác", Data: telling + ":" + all.of.Code, Row: true})
	}
	return m
}

// standing tells an officer of a unit, who does not see the obligation, what it is and until when they are to tell of the task.
func (d Office) standing(t *handlers.Turn, all tasks, l storage.Line) string {
	if all.whole {
		return ""
	}
	sign, words := d.taskLight(storage.AssignedLine{Line: l, In: all.of}, t.Now)
	known, _ := all.plan.Task(l.Task) // without a clause when the plan does not have it
	return sign + " " + words + "\n" + fullName(all.of) + strings.TrimSuffix(" · "+all.plan.Document+", "+known.Clause, ", ")
}

// text lists the tasks, with their status.
func (all tasks) text() string {
	if len(all.lines) == 0 {
		return ""
	}
	rows := []string{"Các nhiệm vụ:"}
	for _, l := range all.lines {
		row := taskName(all.plan, l.Task)
		for _, s := range statuses() {
			if s.Value == string(l.Status) {
				row += ": " + strings.ToLower(s.Label)
			}
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}
