package events

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// doorOpens is how long before its start, and after its end, tickets of an event are checked.
const doorOpens = 12 * time.Hour

// Door checks tickets: typed, or opened as a link. A button carries the code of an event, a link a ticket.
func Door() *handlers.Conversation {
	return &handlers.Conversation{
		Name: door, Label: "Soát vé", Role: storage.Organiser, Words: []string{"kiểm vé", "quét vé", "check in", "điểm danh"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			ticket, isTicket := storage.NormalTicket(argument)
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
				switch {
				case isTicket:
					return checkIn(ctx, tx, t, ticket)
				case argument == "":
					return listDoors(ctx, tx, t)
				}
				return standAt(ctx, tx, t, argument)
			})
			return nil
		},
		Typed:  storage.NormalTicket,
		Listen: hearTicket,
	}
}

// listDoors lists the events whose doors are open.
func listDoors(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	holds, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	list, err := storage.EventsAround(ctx, tx, t.Now.Add(-doorOpens), t.Now.Add(doorOpens))
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: "Soát vé", Text: "Anh/chị chọn sự kiện, rồi gõ mã trên từng vé; hoặc quét mã QR trên vé bằng máy ảnh."}
	for _, e := range list {
		if holds.For(e.Agency) {
			m.Buttons = append(m.Buttons, bot.Button{Label: e.Code + " · " + e.Name, Data: door + ":" + e.Code, Row: true})
		}
	}
	if len(m.Buttons) == 0 {
		m.Text = "Không có sự kiện nào mở cửa lúc này. Cửa mở từ 12 giờ trước khi bắt đầu."
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-events", "door", t.Now)
}

// standAt has what is typed from now on be tickets of an event.
func standAt(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	e, ok, err := own(ctx, tx, t, strings.ToUpper(code))
	if !ok || err != nil {
		return err
	}
	s, err := storage.SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	t.PutAside()
	t.Session.Name = door
	t.Say(bot.Outgoing{Title: "Soát vé: " + e.Name, Text: arrived(s) + " Anh/chị gõ mã trên vé.", Buttons: doorButtons(e)})
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

func arrived(s storage.Seats) string { return fmt.Sprintf("Đã đến: %d/%d.", s.Arrived, s.Going) }

func doorButtons(e storage.Event) []bot.Button {
	return []bot.Button{{Label: "Cập nhật", Data: door + ":" + e.Code, Row: true}, button("Xong", managing, openCard, e)}
}

// hearTicket takes what is typed for a ticket.
func hearTicket(ctx context.Context, t *handlers.Turn) error {
	if ticket, ok := storage.NormalTicket(t.In.Text); ok {
		t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return checkIn(ctx, tx, t, ticket) })
		return nil
	}
	if steered, err := t.Steer(ctx); steered || err != nil {
		return err
	}
	t.KeepAs(storage.Organiser, func(context.Context, *storage.Tx) error {
		t.Say(bot.Outgoing{Text: "Mã vé có 10 chữ cái, ví dụ BCFG-HJKL-MN. Anh/chị gõ lại mã, hoặc gõ “menu” để làm việc khác."})
		return nil
	})
	return nil
}

// checkIn lets the holder of a ticket in, and says who and how many.
func checkIn(ctx context.Context, tx *storage.Tx, t *handlers.Turn, ticket string) error {
	e, ok, err := storage.FindTicketEvent(ctx, tx, ticket)
	if ok && err == nil {
		ok, err = storage.MayOrganise(ctx, tx, t.In.From, e.Agency, t.Now)
	}
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Không có vé này. Anh/chị xem lại mã trên vé."})
		return nil
	}
	t.PutAside()
	t.Session.Name = door // the next ticket can be typed
	m := bot.Outgoing{Title: "Soát vé: " + e.Name, Buttons: doorButtons(e)}
	if m.Text, err = letIn(ctx, tx, t, e, ticket); err != nil {
		return err
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "check-ticket", e.Code, t.Now)
}

// letIn lets the holder of a ticket of e in, if its door is open, and tells what came of it.
func letIn(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event, ticket string) (string, error) {
	zone := t.Now.Location()
	if e.State == storage.EventCancelled || t.Now.Before(e.Start(zone).Add(-doorOpens)) || t.Now.After(e.End(zone).Add(doorOpens)) {
		return "Cửa chưa mở hoặc đã đóng: " + e.When(zone) + ", " + handlers.EventDays(e, t.Now) + ".", nil
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return "", err
	}
	a, _, err := storage.CheckIn(ctx, tx, ticket, me, t.Now)
	if err != nil {
		return "", err
	}
	s, err := storage.SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return "", err
	}
	switch {
	case a.First:
		return "Mời vào: " + a.Name + ". " + arrived(s), nil
	case a.ArrivedAt > 0:
		by := ""
		if a.Checked != "" {
			by = ", do " + a.Checked + " soát"
		}
		return fmt.Sprintf("Vé này đã dùng: %s vào lúc %s%s. %s", a.Name, moment(t, a.ArrivedAt), by, arrived(s)), nil
	}
	return fmt.Sprintf("%s không có chỗ (%s), nên vé chưa dùng được. %s", a.Name, strings.ToLower(noPlace(a.Guest)), arrived(s)), nil
}

func noPlace(g storage.Guest) string {
	if g.State == storage.GuestLeft {
		return "Đã rời sự kiện"
	}
	return stateName(g)
}
