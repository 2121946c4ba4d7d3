package events

import (
	"context"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// joinEvent gives who writes a place, or a number on the waiting list, if what they agreed to still holds. Whom a place is offered
// to takes it so.
func joinEvent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, answers storage.Profile) error {
	agrees, err := storage.Agrees(ctx, tx, t.In.From, storage.Attendance)
	if err != nil {
		return err
	}
	if !agrees {
		t.Say(bot.Outgoing{Text: t.Address("Đồng ý lưu tên của bạn không còn hiệu lực, nên mình chưa giữ chỗ. Bạn mở sự kiện và bấm “Tham gia” lại nhé."), Buttons: []bot.Button{listButton()}})
		return nil
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	g, ok, err := storage.JoinEvent(ctx, tx, code, me, answers, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: t.Address("Sự kiện này không nhận đăng ký nữa. Bạn xem các sự kiện khác nhé."), Buttons: []bot.Button{listButton()}})
		return nil
	}
	if g.State == storage.GuestOffered {
		return take(ctx, tx, t, code)
	}
	return tellPlace(ctx, tx, t, code, g)
}

// tellPlace is the receipt.
func tellPlace(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, g storage.Guest) error {
	e, _, err := storage.FindEvent(ctx, tx, code)
	if err != nil {
		return err
	}
	m := bot.Outgoing{
		Title: t.Address("Đã giữ chỗ cho bạn: ") + e.Name,
		Text:  e.Where(t.Now.Location()) + "\n" + t.Address(strings.TrimSpace(e.Promise(t.Now)+" Không đến được, bạn báo sớm để người khác có chỗ nhé.")),
	}
	if g.State == storage.GuestWaiting {
		n, err := storage.AheadOf(ctx, tx, g)
		if err != nil {
			return err
		}
		m = bot.Outgoing{
			Title: t.Address("Bạn vào danh sách chờ: ") + e.Name,
			Text:  e.Where(t.Now.Location()) + "\n" + t.Address(fmt.Sprintf("Sự kiện đã hết chỗ. Số thứ tự của bạn: %d. Khi có chỗ, mình nhắn bạn xác nhận.", n)),
		}
	}
	m.Buttons = append(steps(t, e, storage.Seats{}, g), listButton())
	t.Say(m)
	return nil
}

// take takes the place that was offered.
func take(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.TakePlace(ctx, tx, code, me, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: t.Address("Chỗ này không còn chờ bạn xác nhận. Bạn mở sự kiện để xem nhé."), Buttons: []bot.Button{{Label: "Xem " + code, Data: visiting + ":" + code, Row: true}}})
		return nil
	}
	return tellPlace(ctx, tx, t, code, storage.Guest{State: storage.GuestGoing})
}

func confirmLeave(ctx context.Context, t *handlers.Turn, code string) error {
	e, ok, err := t.Store.EventAt(ctx, code)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(noEvent(t))
		return nil
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf(t.Address("Bạn không đến “%s” nữa? Chỗ hoặc số thứ tự của bạn sẽ nhường cho người khác, vào lại thì xếp cuối."), e.Name),
		Buttons: []bot.Button{
			button("Rời sự kiện", visiting, leave, e), {Label: "Giữ lại", Data: visiting + ":" + e.Code, Row: true},
		},
	})
	return nil
}

func goAway(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.LeaveEvent(ctx, tx, code, me, t.Now)
	if err != nil {
		return err
	}
	text := "Cảm ơn bạn đã báo. Bạn đã rời sự kiện, chỗ được nhường cho người khác."
	if !ok {
		text = "Bạn không có chỗ ở sự kiện này, đã vào cửa, hoặc sự kiện không còn mở."
	}
	t.Say(bot.Outgoing{Text: t.Address(text), Buttons: []bot.Button{listButton()}})
	return nil
}

// giveTicket shows the ticket of who has a place: as a picture where there are files, and where there is a page as a link.
func giveTicket(ctx context.Context, t *handlers.Turn, code string) error {
	e, ok, err := t.Store.EventAt(ctx, code)
	if err != nil {
		return err
	}
	g := storage.Guest{}
	if ok {
		if g, _, err = t.Store.GuestAt(ctx, t.In.From, e.ID); err != nil {
			return err
		}
	}
	if e.State == storage.EventCancelled {
		return showEvent(ctx, t, code)
	}
	if g.State != storage.GuestGoing {
		t.Say(bot.Outgoing{Text: t.Address("Bạn chưa có chỗ ở sự kiện này nên chưa có vé."), Buttons: []bot.Button{listButton()}})
		return nil
	}
	m := bot.Outgoing{
		Title: "Vé: " + storage.ShowCode(g.Ticket),
		Text:  e.Name + "\n" + e.Where(t.Now.Location()) + "\n" + t.Address("Bạn đưa vé này ở cửa. Vé của riêng bạn, dùng một lần."),
	}
	url := t.Page(ticketPath(g.Ticket))
	if url != "" {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Mở vé", URL: url, Row: true})
	}
	if url != "" && t.Can.Files {
		picture, err := export.QR(url)
		if err != nil {
			return err
		}
		m.File = &bot.File{Name: "ve-" + e.Code + ".png", MIME: "image/png", Image: true, Data: picture, Size: int64(len(picture))}
	}
	m.Buttons = append(m.Buttons, correction(t, e, g)...)
	m.Buttons = append(m.Buttons, bot.Button{Label: "Xem " + e.Code, Data: visiting + ":" + e.Code, Row: true})
	t.Say(m)
	return nil
}

// known are the answers that need no asking.
func known(p storage.Person, agreed bool) form.Answers {
	answers := form.Answers{}
	if agreed {
		answers[consentKey] = agreedTo
	}
	if p.Name != "" {
		answers[nameKey] = p.Name
	}
	if p.Phone != "" {
		answers[phoneKey] = p.Phone
	}
	return answers
}
