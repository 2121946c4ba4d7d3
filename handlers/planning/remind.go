package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// byHand is the step of reminders that staff send at once.
const byHand = "now"

// mayRemind has what is sent meanwhile wait, or be seen by who reminds. At night nobody is reminded, which is said: ok is false.
func mayRemind(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (ok bool, err error) {
	if !storage.Daytime.Open(t.Now) {
		t.Say(bot.Outgoing{Text: "Từ 20:00 đến 08:00 mình không nhắc ai. Sau 08:00, anh/chị nhấn lại giúp.", Buttons: []bot.Button{row("Tiến độ", progress, "")}})
		return false, nil
	}
	return true, storage.AwaitReminders(ctx, tx)
}

// remindNow reminds the officers of one agency of one thing that it owes.
func (o Office) remindNow(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	if ok, err := mayRemind(ctx, tx, t); !ok || err != nil {
		return err
	}
	owed, ok, err := storage.FindObligation(ctx, tx, code)
	if err != nil {
		return err
	}
	if !ok || owed.State != storage.ObligationOpen {
		t.Say(bot.Outgoing{Text: "Việc này đã gửi hoặc đã xong, nên không cần nhắc.", Buttons: []bot.Button{row("Tiến độ", progress, "")}})
		return nil
	}
	if err := o.remind(ctx, tx, t, []storage.Obligation{owed}); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "remind-agency", owed.Code, t.Now)
}

// remindAllLate reminds everybody who answers for what is late.
func (o Office) remindAllLate(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	if ok, err := mayRemind(ctx, tx, t); !ok || err != nil {
		return err
	}
	late, err := storage.LateObligations(ctx, tx, today(t))
	if err != nil {
		return err
	}
	if len(late) == 0 {
		t.Say(bot.Outgoing{Text: "Không có đơn vị nào trễ hạn.", Buttons: []bot.Button{row("Tiến độ", progress, "")}})
		return nil
	}
	if err := o.remind(ctx, tx, t, late); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "remind-late", fmt.Sprintf("%d obligations", len(late)), t.Now)
}

// reminded counts what came of reminding.
type reminded struct {
	people, again int
	idle          []string // agencies that have nobody to remind
}

// remind tells each officer once of all they owe of the list. What somebody was reminded of today they are not again.
func (o Office) remind(ctx context.Context, tx *storage.Tx, t *handlers.Turn, list []storage.Obligation) error {
	owes, order, r := map[int64][]storage.Obligation{}, []int64{}, reminded{}
	for _, owed := range list {
		officers, err := storage.OfficersOf(ctx, tx, owed.Agency)
		if err != nil {
			return err
		}
		told, err := storage.RemindedSince(ctx, tx, owed.ID, midnight(t.Now))
		if err != nil {
			return err
		}
		if len(officers) == 0 && !slices.Contains(r.idle, owed.Owner) {
			r.idle = append(r.idle, owed.Owner)
		}
		for _, officer := range officers {
			if slices.Contains(told, officer.Person) {
				r.again++
				continue
			}
			if owes[officer.Person] == nil {
				order = append(order, officer.Person)
			}
			owes[officer.Person] = append(owes[officer.Person], owed)
		}
	}
	for _, person := range order {
		if err := o.remindPerson(ctx, tx, t, person, owes[person]); err != nil {
			return err
		}
	}
	r.people = len(order)
	t.Say(bot.Outgoing{Text: r.inWords(), Buttons: []bot.Button{row("Tiến độ", progress, "")}})
	return nil
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func (r reminded) inWords() string {
	parts := []string{}
	if r.people > 0 {
		parts = append(parts, fmt.Sprintf("Đã nhắc %d cán bộ đầu mối.", r.people))
	}
	if r.again > 0 {
		parts = append(parts, "Ai đã được nhắc việc này trong hôm nay thì không nhắc lại.")
	}
	if len(r.idle) > 0 {
		parts = append(parts, "Chưa có cán bộ đầu mối: "+strings.Join(r.idle, "; ")+".")
	}
	return strings.Join(parts, " ")
}

func (o Office) remindPerson(ctx context.Context, tx *storage.Tx, t *handlers.Turn, person int64, list []storage.Obligation) error {
	source := fmt.Sprintf("remind-now/%d", t.Now.UnixMilli())
	n := storage.Notice{Source: source, Person: person, Message: o.reminder(list, t), Queue: storage.QueueReminders, Again: true}
	if err := storage.Notify(ctx, tx, n, t.Now); err != nil {
		return err
	}
	for _, owed := range list {
		r := storage.Reminder{Obligation: owed.ID, Step: byHand, Moment: t.Now.UnixMilli(), Person: person, Source: source}
		if err := storage.KeepReminder(ctx, tx, r, t.Now); err != nil {
			return err
		}
	}
	return nil
}

// reminder is what an officer reads: the button leads to the first of the list, and to all that is theirs.
func (o Office) reminder(list []storage.Obligation, t *handlers.Turn) bot.Outgoing {
	owners, lines := []string{}, []string{}
	for _, owed := range list {
		if !slices.Contains(owners, owed.Owner) {
			owners = append(owners, owed.Owner)
		}
		lines = append(lines, "- "+about(owed)+": hạn "+lastDay(owed)+", "+o.left(owed, t.Now)+".")
	}
	first := list[0]
	return bot.Outgoing{
		Title: "Nhắc gửi " + viet.LowerFirst(first.Title),
		Text: fmt.Sprintf("Kính gửi %s. Đến %s, %s, Sở Khoa học và Công nghệ chưa nhận được:\n%s\nĐề nghị anh/chị gửi, hoặc cho biết ngày gửi.",
			strings.Join(owners, "; "), t.Now.Format("15:04"), viet.ShowDate(today(t)), strings.Join(lines, "\n")),
		Buttons:  officerButtons(first),
		Template: dueTemplate(first.Owner, first.Title, first),
	}
}
