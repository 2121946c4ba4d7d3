package pages

import (
	"context"
	_ "embed"
	"encoding/base64"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

//go:embed event.html
var eventHTML string

// Events has the pages of events: one of each event, its entry for calendars, and one of each ticket; and those of what the
// public votes on, see Votable. They tell nothing of any person, but that of a ticket to whoever has its link, and of that person only that they have one.
type Events struct {
	Store    *storage.Store
	Clock    func() time.Time
	Public   string                           // the public address of the service
	Telegram func(ctx context.Context) string // the bot's link, https://t.me/…; "" when there is none
	WebChat  bool                             // /chat is served here

	frame frame
}

// NewEvents makes the pages.
func NewEvents(e Events) *Events {
	e.frame = newFrame("event", eventHTML, "img-src data:; ")
	return &e
}

// shownEvent is what the page shows.
type shownEvent struct {
	Title, About, Text, Map string
	Code, Aim               string       // to type, and what for; "": nobody can join
	Ticket                  string       // as people read it; "": the page is of an event
	Picture                 template.URL // the QR code of the ticket
	Telegram, WebChat, Do   string       // links into the bot, and what is done there
	Calendar                string       // a link
}

// Event shows the event with the code in the address.
func (p *Events) Event(w http.ResponseWriter, r *http.Request) {
	e, ok, err := p.Store.EventAt(r.Context(), r.PathValue("code"))
	if err != nil || !ok {
		p.refuse(w, err, "Không có sự kiện này")
		return
	}
	s, err := p.Store.Seats(r.Context(), e.ID)
	if err != nil {
		p.refuse(w, err, "")
		return
	}
	what, now := p.about(e), p.Clock()
	if e.Joinable(now) {
		what.Text += "\n" + handlers.EventPlaces(e, s)
		what.Code, what.Aim, what.Do, what.Calendar = e.Code, "tham gia", "Tham gia", "/sk/"+e.Code+"/lich.ics"
		what.Telegram, what.WebChat = p.ways(r, "sukien-"+e.Code)
	}
	p.write(w, http.StatusOK, what)
}

func (p *Events) about(e storage.Event) shownEvent {
	now := p.Clock()
	return shownEvent{
		Title: e.Name, Map: e.Map,
		About: handlers.Label(handlers.EventKinds(), e.Kind) + " · " + handlers.EventHost(e) + " · " + handlers.EventDays(e, now),
		Text:  e.Where(now.Location()),
	}
}

// Ticket shows a ticket, for its holder to show at the door and for whoever stands there to check it in the chat: the page
// itself lets nobody in.
func (p *Events) Ticket(w http.ResponseWriter, r *http.Request) {
	ticket, isTicket := storage.NormalTicket(r.PathValue("ticket"))
	e, ok, err := storage.Event{}, false, error(nil)
	if isTicket {
		e, ok, err = p.Store.TicketEvent(r.Context(), ticket)
	}
	if err != nil || !ok {
		p.refuse(w, err, "Không có vé này")
		return
	}
	picture, err := export.QR(p.Public + "/ve/" + ticket)
	if err != nil {
		p.refuse(w, err, "")
		return
	}
	what := p.about(e)
	what.Ticket, what.Do = storage.ShowCode(ticket), "Soát vé"
	what.Picture = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(picture)) //nolint:gosec // made here
	what.Telegram, what.WebChat = p.ways(r, "soatve-"+ticket)
	p.write(w, http.StatusOK, what)
}

// Calendar gives the event as a file that calendars open. A later file replaces an earlier one.
func (p *Events) Calendar(w http.ResponseWriter, r *http.Request) {
	e, ok, err := p.Store.EventAt(r.Context(), r.PathValue("code"))
	if err != nil || !ok {
		p.refuse(w, err, "Không có sự kiện này")
		return
	}
	now := p.Clock()
	file := export.ICS(export.Appointment{
		UID: e.Code + "@khoinghiep", Revision: e.Revision, Name: e.Name, Text: handlers.EventHost(e), Place: e.Place, URL: p.Public + "/sk/" + e.Code,
		Start: e.Start(now.Location()), End: e.End(now.Location()), Stamp: now, Cancelled: e.State == storage.EventCancelled,
	})
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+e.Code+`.ics"`)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(file)
}

// ways are the links that bring a payload to the bot.
func (p *Events) ways(r *http.Request, payload string) (telegram, webChat string) {
	if bot := p.Telegram(r.Context()); bot != "" {
		telegram = bot + "?start=" + payload
	}
	if p.WebChat {
		webChat = "/chat?start=" + payload
	}
	return telegram, webChat
}

// refuse answers that there is no such thing or, after an error, not now.
func (p *Events) refuse(w http.ResponseWriter, err error, title string) {
	if err != nil {
		slog.Warn("the page of an event is not available", "error", err)
		p.write(w, http.StatusServiceUnavailable, shownEvent{Title: "Bạn thử lại sau nhé", Text: "Hệ thống đang bận ít phút. Bạn mở lại liên kết này sau ít phút."})
		return
	}
	p.write(w, http.StatusNotFound, shownEvent{Title: title, Text: "Bạn xem lại liên kết, hoặc nhắn trợ lý “sự kiện”."})
}

func (p *Events) write(w http.ResponseWriter, status int, what shownEvent) {
	if what.Ticket != "" {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	}
	p.frame.write(w, status, what)
}
