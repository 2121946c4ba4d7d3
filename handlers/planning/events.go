package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Keys of an event's answers beside those of own.go.
const (
	taskKey     = "nhiem_vu"
	placeKey    = "noi"
	attendedKey = "so_nguoi"
)

// eventTasks are the tasks that are done by holding events.
var eventTasks = []string{"1.6", "2.2", "2.3", "2.4"}

// RecordEvent has staff write down that an event was held, so that it counts for the quotas.
func (o Office) RecordEvent() *handlers.Conversation {
	f := o.eventForm()
	return &handlers.Conversation{
		Name: recording, Label: "Ghi sự kiện đã tổ chức", Role: storage.Staff,
		Words: []string{"ghi sự kiện", "sự kiện đã tổ chức"},
		Form:  f,

		Answered: o.nameThem(f, anyDay, namedOne),
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			if kept[dayKey] > today(t) {
				t.AskAgain(f, *t.Session.Form, dayKey, "Ngày này chưa tới. Chỉ ghi sự kiện đã tổ chức; anh/chị xem lại ngày.")
				return nil
			}
			filled := *t.Session.Form
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.keepEvent(ctx, tx, t, f, filled, kept) })
			return nil
		},
	}
}

func (o Office) eventForm() *form.Form {
	choices := []form.Choice{}
	for _, id := range eventTasks {
		choices = append(choices, form.Choice{Value: id, Label: o.taskTitle(id)})
	}
	who := form.Text(agencyKey, "Đơn vị tổ chức", "Đơn vị nào tổ chức?", "Tỉnh Đoàn")
	place := form.Text(placeKey, "Nơi tổ chức", "Tổ chức ở đâu?", "Hội trường UBND xã Ba Vinh")
	attended := form.Number(attendedKey, "Số người dự", "Có bao nhiêu người dự?", "120")
	document := form.Text(documentsKey, "Văn bản", "Số, ngày văn bản chứng minh (kế hoạch, báo cáo) là gì?", "45/KH-TĐTN ngày 02/03/2026")
	place.Optional, attended.Optional, document.Optional = true, true, true
	return &form.Form{
		Officer: true,
		Name:    recording, Title: "Ghi sự kiện đã tổ chức", Submit: "Ghi sự kiện",
		Fields: []form.Field{
			form.One(taskKey, "Nhiệm vụ", "Sự kiện thuộc nhiệm vụ nào của kế hoạch?", choices...),
			who,
			form.Text(titleKey, "Tên sự kiện", "Tên sự kiện là gì?", "Tọa đàm khởi nghiệp thanh niên"),
			form.PastDate(dayKey, "Ngày tổ chức", "Tổ chức ngày nào?"),
			place, attended, document,
		},
	}
}

func (o Office) keepEvent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, f *form.Form, filled form.Progress, kept form.Answers) error {
	known, err := storage.Agencies(ctx, tx)
	if err != nil {
		return err
	}
	a, err := named(o.agenciesOn(known, anyDay(t)), kept[agencyKey])
	switch {
	case err != nil: // it is called something else by now
		t.AskAgain(f, filled, agencyKey, t.Address(err.Error()))
		return nil
	case !o.isAgencyOn(a.ID, kept[dayKey]):
		t.AskAgain(f, filled, agencyKey, fmt.Sprintf("Ngày %s chưa có hoặc không còn %s. Anh/chị xem lại đơn vị tổ chức, hoặc ngày.", shortDay(kept[dayKey]), a.Name))
		return nil
	}
	t.Session.Drop()
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	attended, _ := strconv.ParseInt(kept[attendedKey], 10, 64) // "": not told
	e := storage.HeldEvent{
		Source: filled.Draft, Agency: a.ID, Task: kept[taskKey], Name: kept[titleKey], Day: kept[dayKey], Place: kept[placeKey],
		Attended: attended, Document: kept[documentsKey], Person: me,
	}
	if _, err := storage.RecordHeldEvent(ctx, tx, e, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã ghi: " + e.Name + ", " + a.Name + ", " + viet.ShowDate(e.Day) + ".", Buttons: []bot.Button{
		row("Xem định mức", quotas, e.Day[:4]), row("Ghi sự kiện khác", recording, ""),
	}})
	return storage.AddAudit(ctx, tx, t.In.From, "record-event", a.ID+" "+e.Task, t.Now)
}

// Quotas tells for a year who has held the events that the plan wants of them, and what is missing.
func (o Office) Quotas() *handlers.Conversation {
	return &handlers.Conversation{
		Name: quotas, Label: "Định mức sự kiện", Role: storage.Staff,
		Words: []string{"định mức", "chỉ tiêu sự kiện"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			year, err := strconv.Atoi(argument)
			if err != nil {
				year = t.Now.Year()
			}
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.tellQuotas(ctx, tx, t, year) })
			return nil
		},
	}
}

func (o Office) tellQuotas(ctx context.Context, tx *storage.Tx, t *handlers.Turn, year int) error {
	o, err := o.on(ctx, t, min(today(t), fmt.Sprintf("%d-12-31", year)))
	if err != nil {
		return err
	}
	texts := []string{}
	for _, q := range o.Plan.Quotas {
		if q.Every != plan.EveryYear || !slices.Contains(eventTasks, q.Task) {
			continue
		}
		held, err := storage.HeldEvents(ctx, tx, q.Task, fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-12-31", year))
		if err != nil {
			return err
		}
		text := fmt.Sprintf("%s (%s), ít nhất %d: đã có %d sự kiện.", q.Title, q.Task, q.Least, len(held))
		if q.By == plan.ByLead {
			if text, err = o.quotaOfLeads(ctx, tx, t, q, year, held); err != nil {
				return err
			}
		} else if len(held) < q.Least {
			text += fmt.Sprintf(" Còn thiếu %d.", q.Least-len(held))
		}
		texts = append(texts, text+eventLines(held))
	}
	t.Say(bot.Outgoing{Title: fmt.Sprintf("Định mức sự kiện năm %d", year), Text: strings.Join(texts, "\n\n"), Buttons: []bot.Button{
		row("Ghi sự kiện", recording, ""), row(fmt.Sprintf("Năm %d", year-1), quotas, strconv.Itoa(year-1)), {Label: fmt.Sprintf("Năm %d", year+1), Data: quotas + ":" + strconv.Itoa(year+1)},
	}})
	return storage.AddAudit(ctx, tx, t.In.From, "view-quotas", strconv.Itoa(year), t.Now)
}

func eventLines(held []storage.HeldEvent) string {
	text := ""
	for _, e := range held[:min(len(held), 2*pageSize)] {
		text += "\n" + shortDay(e.Day) + " · " + e.Name
	}
	return text
}

// quotaOfLeads tells which of the agencies that lead a task have held enough.
func (o Office) quotaOfLeads(ctx context.Context, tx *storage.Tx, t *handlers.Turn, q plan.Quota, year int, held []storage.HeldEvent) (string, error) {
	owing, err := o.leadsOf(ctx, tx, q.Task, year)
	if err != nil {
		return "", err
	}
	missing := []string{}
	for _, id := range owing {
		n := 0
		for _, e := range held {
			if e.Agency == id {
				n++
			}
		}
		if n >= q.Least {
			continue
		}
		name, err := o.nameOf(ctx, tx, t, id)
		if err != nil {
			return "", err
		}
		missing = append(missing, name)
	}
	text := fmt.Sprintf("%s (%s), mỗi đơn vị ít nhất %d: %d/%d đơn vị đã đủ.", q.Title, q.Task, q.Least, len(owing)-len(missing), len(owing))
	if len(missing) > 0 {
		text += "\nChưa đủ: " + strings.Join(missing, "; ") + "."
	}
	return text, nil
}

// leadsOf lists the agencies that lead a task in a year: those that the plan names, and those that owe something about it, as staff
// chose them of a group.
func (o Office) leadsOf(ctx context.Context, tx *storage.Tx, task string, year int) ([]string, error) {
	owing := []string{}
	add := func(ids ...string) {
		for _, id := range ids {
			if !slices.Contains(owing, id) {
				owing = append(owing, id)
			}
		}
	}
	planned, _ := o.Plan.Task(task)
	for _, lead := range planned.Leads {
		if found, choice := o.Plan.Resolve(lead, fmt.Sprintf("%d-12-31", year)); !choice {
			add(found...)
		}
	}
	chosen, err := storage.AgenciesWithTask(ctx, tx, task, year)
	add(chosen...)
	return owing, err
}
