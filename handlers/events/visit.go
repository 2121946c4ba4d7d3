package events

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Visit do with an event, before its code. A code alone opens it, a number alone is a page of the list.
const (
	showTicket = "ve"
	takePlace  = "den"
	passPlace  = "nhuong"
	askLeave   = "hoi"
	leave      = "roi"
	rate       = "cham" // followed by the points
)

const pageSize = 4 // with the two other buttons, what a small screen shows

// rateFor is how long after its end an event may be rated.
const rateFor = 30 * 24 * time.Hour

// Visit shows people what is on, and sees those who join through it.
func Visit() *handlers.Conversation {
	return &handlers.Conversation{
		Name: visiting, Label: "Sự kiện", Menu: true,
		Words: []string{"sự kiện sắp tới", "xem sự kiện"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			if t.Session.Name == visiting {
				t.Session.Drop() // no comment is waited for any more
			}
			verb, rest, isVerb := strings.Cut(argument, ":")
			code, detail, _ := strings.Cut(rest, ":")
			page, err := strconv.Atoi(argument)
			switch {
			case isVerb:
				return visit(ctx, t, verb, code, detail)
			case argument == "" || err == nil:
				return listOn(ctx, t, max(page, 0))
			}
			return showEvent(ctx, t, argument)
		},
		Typed: func(text string) (string, bool) {
			if slices.Contains(guestWords, viet.Fold(text)) {
				return "", true
			}
			code := strings.ToUpper(viet.Clean(text))
			return code, eventCode.MatchString(code)
		},
		Asks:   true,
		Listen: hearComment,
	}
}

// guestWords are what somebody with a place asks for where no button of that name is shown: the list says at which events they have
// one.
var guestWords = []string{"ve cua toi", "ve su kien", "khong den duoc", "huy ve", "huy tham gia"}

var eventCode = regexp.MustCompile(`^SK-\d{4}-\d{4,}$`)

// visit does what a button says with an event.
func visit(ctx context.Context, t *handlers.Turn, verb, code, detail string) error {
	switch verb {
	case showTicket:
		return giveTicket(ctx, t, code)
	case askLeave:
		return confirmLeave(ctx, t, code)
	case takePlace:
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return take(ctx, tx, t, code) })
	case passPlace, leave:
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return goAway(ctx, tx, t, code) })
	case rate:
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return keepRating(ctx, tx, t, code, detail) })
	default:
		return listOn(ctx, t, 0)
	}
	return nil
}

func listOn(ctx context.Context, t *handlers.Turn, page int) error {
	list, err := t.Store.EventsOn(ctx, t.Now, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: "Sự kiện sắp diễn ra"}, []string{}
	for _, e := range list[:min(len(list), pageSize)] {
		line, err := describe(ctx, t, e)
		if err != nil {
			return err
		}
		lines = append(lines, line)
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem " + e.Code, Data: visiting + ":" + e.Code, Row: true})
	}
	if m.Text = strings.Join(lines, "\n\n"); m.Text == "" {
		m.Text = t.Address("Hiện chưa có sự kiện nào mở đăng ký. Muốn được báo khi có, bạn nhắn “nhận thông báo”.")
	}
	if len(list) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("%s:%d", visiting, page+1), Row: true})
	}
	t.Say(m)
	return offerRating(ctx, t)
}

// describe is an event in two lines.
func describe(ctx context.Context, t *handlers.Turn, e storage.Event) (string, error) {
	text := fmt.Sprintf("%s · %s\n%s · %s", e.Code, e.Name, viet.ShowMoment(e.Start(t.Now.Location())), handlers.EventDays(e, t.Now))
	g, ok, err := t.Store.GuestAt(ctx, t.In.From, e.ID)
	if ok {
		text += mark(g)
	}
	return text, err
}

func mark(g storage.Guest) string {
	switch g.State {
	case storage.GuestGoing:
		return " · có chỗ"
	case storage.GuestOffered:
		return " · có chỗ, chờ xác nhận"
	case storage.GuestWaiting:
		return " · đang chờ"
	}
	return ""
}

func showEvent(ctx context.Context, t *handlers.Turn, code string) error {
	e, ok, err := t.Store.EventAt(ctx, code)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(noEvent(t))
		return nil
	}
	s, err := t.Store.Seats(ctx, e.ID)
	if err != nil {
		return err
	}
	g, _, err := t.Store.GuestAt(ctx, t.In.From, e.ID)
	if err != nil {
		return err
	}
	standing := ""
	if g.State == storage.GuestWaiting {
		n, err := t.Store.Ahead(ctx, g)
		if err != nil {
			return err
		}
		standing = fmt.Sprintf("Bạn đang chờ, số thứ tự %d.", n)
	}
	t.Say(card(t, e, s, g, standing))
	return nil
}

func noEvent(t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{Text: t.Address("Mình không thấy sự kiện này. Bạn xem các sự kiện đang mở nhé."), Buttons: []bot.Button{listButton()}}
}

// card shows an event to somebody who is g there; the zero Guest is nobody.
func card(t *handlers.Turn, e storage.Event, s storage.Seats, g storage.Guest, standing string) bot.Outgoing {
	lines := []string{
		handlers.Label(handlers.EventKinds(), e.Kind) + " · " + handlers.EventHost(e),
		e.Where(t.Now.Location()),
	}
	m := bot.Outgoing{Title: e.Name}
	if e.Joinable(t.Now) {
		lines = append(lines, handlers.EventPlaces(e, s))
		switch g.State {
		case storage.GuestGoing:
			standing = "Bạn có một chỗ."
		case storage.GuestOffered:
			standing = "Có một chỗ cho bạn, nếu bạn trả lời trước " + moment(t, g.OfferedUntil) + "."
		}
		if standing != "" {
			lines = append(lines, t.Address(standing))
		}
		m.Buttons = steps(t, e, s, g)
	} else {
		lines = append(lines, "Sự kiện "+handlers.EventDays(e, t.Now)+".")
	}
	m.Text = strings.Join(lines, "\n")
	if e.Map != "" {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem bản đồ", URL: e.Map, Row: true})
	}
	m.Buttons = append(m.Buttons, listButton())
	return m
}

// steps are what the guest may do next.
func steps(t *handlers.Turn, e storage.Event, s storage.Seats, g storage.Guest) []bot.Button {
	switch g.State {
	case storage.GuestGoing:
		buttons := []bot.Button{button("Vé của tôi", visiting, showTicket, e)}
		if url := t.Page(pagePath(e) + "/lich.ics"); url != "" {
			buttons = append(buttons, bot.Button{Label: "Thêm vào lịch", URL: url, Row: true})
		}
		return append(buttons, button("Không đến được", visiting, askLeave, e))
	case storage.GuestOffered:
		return []bot.Button{button("Tôi sẽ đến", visiting, takePlace, e), button("Nhường chỗ", visiting, passPlace, e)}
	case storage.GuestWaiting:
		return append(correction(t, e, g), button("Rời danh sách chờ", visiting, askLeave, e))
	}
	label := "Tham gia"
	if s.Waiting > 0 || s.Free(e) <= 0 {
		label = "Vào danh sách chờ"
	}
	return []bot.Button{{Label: label, Data: joining + ":" + e.Code, Row: true}}
}

// correction leads to what g answered, while that may be corrected.
func correction(t *handlers.Turn, e storage.Event, g storage.Guest) []bot.Button {
	if !mayCorrect(t, e, g) {
		return nil
	}
	return []bot.Button{{Label: "Sửa câu trả lời", Data: answering + ":" + e.Code, Row: true}}
}

func moment(t *handlers.Turn, at int64) string {
	return viet.ShowMoment(time.UnixMilli(at).In(t.Now.Location()))
}
