package pages

import (
	_ "embed"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

//go:embed announcement.html
var announcementHTML string

// Announcement shows an announcement from the moment it is sent. It tells nothing of any person.
type Announcement struct {
	Store *storage.Store
	Links *storage.FileLinks
	Clock func() time.Time

	frame frame
}

// NewAnnouncement makes the page; its address must end in {code}.
func NewAnnouncement(a Announcement) *Announcement {
	a.frame = newFrame("announcement", announcementHTML, "img-src 'self'; ")
	return &a
}

// told is what the page shows.
type told struct {
	Title, About, Text string
	Picture, File      string // links that work for a short time; at most one of them
}

func (p *Announcement) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now, status := p.Clock(), http.StatusOK
	var what told
	a, ok, err := p.Store.PublicAnnouncement(r.Context(), r.PathValue("code"), now)
	switch {
	case err != nil:
		slog.Warn("the page of an announcement is not available", "error", err)
		status, what = http.StatusServiceUnavailable, told{Title: "Bạn thử lại sau nhé", Text: "Hệ thống đang bận ít phút. Bạn mở lại liên kết này sau ít phút."}
	case !ok:
		status, what = http.StatusNotFound, told{Title: "Không có thông báo này", Text: "Thông báo chưa được gửi hoặc đã được thu lại. Bạn xem lại liên kết, hoặc nhắn trợ lý “gặp cán bộ”."}
	default:
		what = p.tell(a, now)
	}
	p.frame.write(w, status, what)
}

func (p *Announcement) tell(a storage.Announcement, now time.Time) told {
	start := time.UnixMilli(a.StartAt).In(now.Location())
	what := told{
		Title: a.Message.Title, Text: a.Message.Text,
		About: handlers.Label(handlers.Categories(), a.Category) + " · " + viet.ShowDate(start.Format(time.DateOnly)),
	}
	if f := a.Message.File; f != nil {
		what.link(*f, p.Links.URL(f.ID, now))
	}
	return what
}

// link shows pictures that browsers show, and offers other files.
func (t *told) link(f bot.File, url string) {
	if slices.Contains([]string{"image/jpeg", "image/png", "image/webp"}, f.MIME) {
		t.Picture = url
	} else {
		t.File = url
	}
}
