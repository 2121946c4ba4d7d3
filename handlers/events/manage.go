package events

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Manage do with an event, before its code. A number alone is a page of the list.
const (
	openCard    = "mo"
	guestSheet  = "khach"
	askCancel   = "huy"
	confirmHeld = "xong"
	askNotice   = "bao"
)

// Manage lists the events of who organises them, shows one and sees it through.
func Manage() *handlers.Conversation {
	return &handlers.Conversation{
		Name: managing, Label: "Quản lý sự kiện", Role: storage.Organiser, Menu: true, Words: []string{"danh sách sự kiện", "sự kiện của đơn vị"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if t.Session.Name == managing {
				t.Session.Drop() // no reason is waited for any more
			}
			verb, code, _ := strings.Cut(argument, ":")
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return manage(ctx, tx, t, verb, code) })
			return nil
		},
		Asks:   true,
		Listen: hearReason,
	}
}

func manage(ctx context.Context, tx *storage.Tx, t *handlers.Turn, verb, code string) error {
	step, ok := steppers()[verb]
	if !ok {
		page, _ := strconv.Atoi(verb) // not a number: the first page
		return listOrganised(ctx, tx, t, max(page, 0))
	}
	e, ok, err := own(ctx, tx, t, code)
	if !ok || err != nil {
		return err
	}
	return step(ctx, tx, t, e)
}

func steppers() map[string]func(context.Context, *storage.Tx, *handlers.Turn, storage.Event) error {
	return map[string]func(context.Context, *storage.Tx, *handlers.Turn, storage.Event) error{
		openCard: open, guestSheet: sendSheet, askCancel: askReason, confirmHeld: recordHeld, askNotice: askForNotice,
	}
}

func listOrganised(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	holds, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	list, err := storage.OrganisedEvents(ctx, tx, holds, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{
		Title: fmt.Sprintf("Quản lý sự kiện, trang %d", page+1), Buttons: []bot.Button{{Label: "Tạo sự kiện", Data: creating + ":", Row: true}},
	}
	lines := []string{}
	for _, e := range list[:min(len(list), pageSize)] {
		lines = append(lines, fmt.Sprintf("%s · %s\n%s\n%s · %s", e.Code, e.Name, handlers.EventHost(e), viet.ShowMoment(e.Start(t.Now.Location())), handlers.EventDays(e, t.Now)))
		m.Buttons = append(m.Buttons, button("Mở "+e.Code, managing, openCard, e))
	}
	if m.Text = strings.Join(lines, "\n\n"); m.Text == "" {
		m.Text = "Không có sự kiện nào ở trang này."
	}
	if len(list) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("%s:%d", managing, page+1), Row: true})
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-events", "page "+strconv.Itoa(page+1), t.Now)
}

func open(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	if err := showOrganised(ctx, tx, t, e); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

// showOrganised shows an event as organisers see it.
func showOrganised(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	s, err := storage.SeatsOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	held, err := storage.EventHeld(ctx, tx, e)
	if err != nil {
		return err
	}
	isStaff, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	task := handlers.Label(tasks(), e.Task)
	if e.Task == "" {
		task = handlers.Label(tasks(), noTask)
	}
	lines := []string{
		handlers.Label(handlers.EventKinds(), e.Kind) + " · " + handlers.EventHost(e), "Nhiệm vụ: " + task,
		e.Where(t.Now.Location()), "Tình trạng: " + handlers.EventDays(e, t.Now) + ".", counts(e, s),
	}
	if held {
		lines = append(lines, "Đã ghi nhận là sự kiện đã tổ chức.")
	}
	if url := t.Page(pagePath(e)); url != "" && e.State != storage.EventCancelled {
		lines = append(lines, "Trang của sự kiện: "+url)
	}
	t.Say(bot.Outgoing{Title: e.Code + " · " + e.Name, Text: strings.Join(lines, "\n"), Buttons: organiserSteps(t, e, held, isStaff)})
	return nil
}

func counts(e storage.Event, s storage.Seats) string {
	places := "không giới hạn"
	if e.Capacity > 0 {
		places = viet.ShowCount(int(e.Capacity)) + " chỗ"
	}
	text := fmt.Sprintf("Có chỗ: %d (%s); chờ xác nhận: %d; đang chờ: %d; đã đến: %d.", s.Going, places, s.Offered, s.Waiting, s.Arrived)
	if s.Rated > 0 {
		mean := strings.Replace(fmt.Sprintf("%.1f", float64(s.Points)/float64(s.Rated)), ".", ",", 1)
		text += fmt.Sprintf(" Điểm: %s/5 của %d người.", mean, s.Rated)
	}
	return text
}

// organiserSteps are what can be done with an event: five at most, with the list of guests first.
func organiserSteps(t *handlers.Turn, e storage.Event, held, isStaff bool) []bot.Button {
	buttons := []bot.Button{button("Danh sách khách", managing, guestSheet, e)}
	ended := !t.Now.Before(e.End(t.Now.Location()))
	switch {
	case e.State == storage.EventCancelled:
	case ended:
		if !held && e.Task != "" {
			buttons = append(buttons, button("Xác nhận đã tổ chức", managing, confirmHeld, e))
		}
	default:
		notice := button("Đề nghị Sở gửi thông báo", managing, askNotice, e)
		if isStaff {
			notice = bot.Button{Label: "Soạn thông báo mời", Data: "thongbaomoi:" + e.Code, Row: true}
		}
		buttons = append(buttons,
			bot.Button{Label: "Soát vé", Data: door + ":" + e.Code, Row: true}, notice,
			bot.Button{Label: "Sửa sự kiện", Data: creating + ":" + e.Code, Row: true},
			button("Hủy sự kiện", managing, askCancel, e))
	}
	return buttons
}

// recordHeld counts an event that is over for the quota of its unit.
func recordHeld(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	ended := e.State != storage.EventCancelled && !t.Now.Before(e.End(t.Now.Location()))
	if ended && e.Task != "" {
		if err := storage.RecordEventHeld(ctx, tx, e, t.Now); err != nil {
			return err
		}
	}
	if err := showOrganised(ctx, tx, t, e); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "confirm-event", e.Code, t.Now)
}

// askForNotice has staff hear that an agency wants its event announced: announcements are theirs to approve.
func askForNotice(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	if !e.Joinable(t.Now) { // an old button
		return open(ctx, tx, t, e)
	}
	err := storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{
		Source: storage.EventSource(e, fmt.Sprintf("announce/%d", e.Revision)), Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{
			Title: "Đề nghị thông báo sự kiện " + e.Code, Text: e.Name + "\n" + handlers.EventHost(e) + " đề nghị gửi thông báo mời.\n" + e.Where(t.Now.Location()),
			Buttons: []bot.Button{{Label: "Soạn thông báo mời", Data: "thongbaomoi:" + e.Code, Row: true}, button("Mở sự kiện", managing, openCard, e)},
		},
	}, t.Now)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã chuyển đề nghị đến Sở Khoa học và Công nghệ.", Buttons: []bot.Button{button("Mở sự kiện", managing, openCard, e)}})
	return storage.AddAudit(ctx, tx, t.In.From, "request-event-notice", e.Code, t.Now)
}

const longestReason = 300 // characters

// askReason asks why an event is cancelled: that is told to its guests.
func askReason(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event) error {
	if !e.Joinable(t.Now) {
		return showOrganised(ctx, tx, t, e)
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = managing, map[string]string{memoEvent: e.Code}
	t.Say(bot.Outgoing{
		Title: "Hủy sự kiện " + e.Code, Text: "Anh/chị gõ lý do hủy trong một, hai câu. Gửi lý do là sự kiện bị hủy, mọi người có chỗ hoặc đang chờ được báo ngay.",
		Buttons: []bot.Button{button("Giữ sự kiện", managing, openCard, e)},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "open-event", e.Code, t.Now)
}

// hearReason cancels an event with the reason that was asked for.
func hearReason(ctx context.Context, t *handlers.Turn) error {
	if steered, err := t.Steer(ctx); steered || err != nil {
		return err
	}
	t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
		e, ok, err := own(ctx, tx, t, t.Session.Memo[memoEvent])
		if !ok || err != nil {
			t.Session.Drop()
			return err
		}
		if viet.Fold(t.In.Text) == "huy" || viet.Fold(t.In.Text) == "thoi" {
			t.Session.Drop()
			return open(ctx, tx, t, e)
		}
		reason, err := viet.Text(t.In.Text, longestReason)
		var problem viet.Problem
		switch {
		case errors.As(err, &problem):
			t.Say(bot.Outgoing{Text: fmt.Sprintf("Lý do cần có chữ, nhiều nhất %d ký tự. Anh/chị gõ lại, hoặc gõ “thôi”.", longestReason)})
			return nil
		case err != nil:
			return fmt.Errorf("read a reason: %w", err)
		}
		t.Session.Drop()
		return cancel(ctx, tx, t, e, reason)
	})
	return nil
}

func cancel(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Event, reason string) error {
	ok, err := storage.CancelEvent(ctx, tx, e.Code)
	if err != nil {
		return err
	}
	if !ok {
		return open(ctx, tx, t, e)
	}
	e.State = storage.EventCancelled
	n, err := tellCancelled(ctx, tx, t, e, reason)
	if err != nil {
		return err
	}
	stopped, err := takeBack(ctx, tx, t, e, "đã hủy")
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã hủy sự kiện %s. Mình báo ngay cho %d người có chỗ hoặc đang chờ.", e.Code, n) + stopped, Buttons: []bot.Button{{Label: "Quản lý sự kiện", Data: managing + ":", Row: true}}})
	return storage.AddAudit(ctx, tx, t.In.From, "cancel-event", e.Code, t.Now)
}
