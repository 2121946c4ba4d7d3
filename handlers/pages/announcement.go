package pages

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
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

	page   *template.Template
	policy string
}

// NewAnnouncement makes the page; its address must end in {code}.
func NewAnnouncement(a Announcement) *Announcement {
	a.page = template.Must(template.New("announcement").Parse(announcementHTML))
	a.policy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", hash(pageCSS))
	return &a
}

// told is what the page shows.
type told struct {
	Title, About, Text string
	Picture, File      string // links that work for a short time; at most one of them
	Style              template.CSS
}

func (p *Announcement) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := p.Clock()
	status, what := http.StatusOK, told{}
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
	what.Style = template.CSS(pageCSS)
	var body bytes.Buffer
	if err := p.page.Execute(&body, what); err != nil {
		slog.Error("the page of an announcement failed", "error", err)
		http.Error(w, "Xin lỗi, trang này gặp trục trặc.", http.StatusInternalServerError)
		return
	}
	p.setHeaders(w.Header())
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
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

// setHeaders keeps the page from being kept: it may be taken back, and its links work for a short time.
func (p *Announcement) setHeaders(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}
