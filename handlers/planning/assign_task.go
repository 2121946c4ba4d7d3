package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// noUnit stands for nobody in a button.
const noUnit = "-"

// askUnit asks which unit a task is assigned to.
func (o Office) askUnit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, task string) error {
	units, err := storage.UnitsOf(ctx, tx, owed.Agency)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Text: "Giao " + o.taskTitle(task) + " cho đơn vị nào?"}
	for _, u := range units {
		m.Buttons = append(m.Buttons, row(u.Name, obligation, setUnit, owed.Code, task, u.ID))
	}
	m.Buttons = append(m.Buttons, row("Không giao cho ai", obligation, setUnit, owed.Code, task, noUnit))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "view-obligation", owed.Code, t.Now)
}

// assignTo assigns a task to the unit that a button named, and tells the officers of that unit and of the one that had it. What
// is so already, or cannot be, changes nothing. The note is for staff.
func (o Office) assignTo(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, l storage.Line, named string) (note string, err error) {
	units, err := storage.UnitsOf(ctx, tx, owed.Agency)
	if err != nil {
		return "", err
	}
	known := named == noUnit || slices.ContainsFunc(units, func(u storage.Agency) bool { return u.ID == named })
	unit := strings.TrimPrefix(named, noUnit)
	if !known || unit == l.Unit || owed.Done() {
		return "", nil
	}
	ok, err := storage.AssignLine(ctx, tx, l, unit)
	switch {
	case err != nil:
		return "", err
	case !ok: // a colleague assigned it meanwhile
		return "Nhiệm vụ này vừa được giao lại. Thao tác vừa rồi của anh/chị chưa được ghi.\n\n", nil
	}
	if err := o.tellTaken(ctx, tx, t, owed, l); err != nil {
		return "", err
	}
	if note, err = o.tellGiven(ctx, tx, t, owed, l.Task, unit); err != nil {
		return "", err
	}
	return note, storage.AddAudit(ctx, tx, t.In.From, "assign-task", owed.Code+" "+l.Task, t.Now)
}

// tellGiven tells the officers of a unit of its task; the note says that there are none.
func (o Office) tellGiven(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, task, unit string) (note string, err error) {
	a, ok, err := storage.FindAgency(ctx, tx, unit)
	if !ok || err != nil { // "": no unit
		return "", err
	}
	told, err := tellOfficers(ctx, tx, t, unit, fmt.Sprintf("task-given/%d/%s", owed.ID, task), bot.Outgoing{
		Title: "Nhiệm vụ " + task + " được giao cho đơn vị",
		Text: fmt.Sprintf("Kính gửi %s. Sở Khoa học và Công nghệ giao đơn vị ghi tình hình nhiệm vụ dưới đây trong %s, hạn %s.\n%s",
			a.Name, viet.LowerFirst(about(owed)), lastDay(owed), o.taskTitle(task)),
		Buttons:  []bot.Button{row("Ghi tình hình nhiệm vụ", "nhiemvu", owed.Code, task), row("Việc của tôi", "vieccuatoi", "")},
		Template: dueTemplate(a.Name, "nhiệm vụ "+task+", "+viet.LowerFirst(owed.Title), owed),
	})
	if told || err != nil {
		return "", err
	}
	return a.Name + " chưa có cán bộ đầu mối, nên chưa ai được báo.\n\n", nil
}

// tellTaken tells the officers of the unit that had a task.
func (o Office) tellTaken(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, l storage.Line) error {
	a, ok, err := storage.FindAgency(ctx, tx, l.Unit)
	if !ok || err != nil { // "": no unit
		return err
	}
	_, err = tellOfficers(ctx, tx, t, l.Unit, fmt.Sprintf("task-taken/%d/%s", owed.ID, l.Task), decided(bot.Outgoing{
		Title: "Nhiệm vụ " + l.Task + " thôi giao cho đơn vị",
		Text: fmt.Sprintf("Kính gửi %s. Đơn vị không phải ghi tình hình nhiệm vụ dưới đây trong %s nữa; phần đã ghi vẫn được giữ.\n%s",
			a.Name, viet.LowerFirst(about(owed)), o.taskTitle(l.Task)),
		Buttons: []bot.Button{row("Việc của tôi", "vieccuatoi", "")},
	}, owed, "thôi giao nhiệm vụ "+l.Task))
	return err
}
