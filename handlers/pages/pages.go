// Package pages has what is a web page and not a chat: the page that a link with a code opens, and that of an announcement.
package pages

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"khoinghiep/storage"
)

var (
	//go:embed code.html
	codeHTML string
	//go:embed code.js
	codeJS string
)

// Code shows what a link with a code is for. Opening it uses nothing up, so that previews of links do no harm, and it tells
// nothing of any person.
type Code struct {
	Store    *storage.Store
	Clock    func() time.Time
	Telegram func(ctx context.Context) string // the bot's link, https://t.me/…; "" when there is none
	WebChat  bool                             // /chat is served here

	frame frame
}

// NewCode makes the page; its address must end in {code}.
func NewCode(c Code) *Code {
	c.frame = newFrame("code", codeHTML, "script-src 'sha256-"+hash(codeJS)+"'; ")
	return &c
}

// content is what the page shows.
type content struct {
	about
	Code, Telegram, WebChat string // WebChat and Telegram are links
	Script                  template.JS
}

func (p *Code) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, what, err := p.look(r)
	if err != nil {
		slog.Warn("the page of a code is not available", "error", err)
		status, what = http.StatusServiceUnavailable, unavailable()
	}
	c := content{about: what, Script: template.JS(codeJS)}
	if code, _ := storage.NormalCode(r.PathValue("code")); status == http.StatusOK {
		c.Code = storage.ShowCode(code)
		c.Telegram, c.WebChat = p.ways(r, code)
	}
	w.Header().Set("X-Robots-Tag", "noindex, nofollow") // the code is in the address
	p.frame.write(w, status, c)
}

// look finds out what the code is for. A code of a kind without a page is as unknown as a wrong one.
func (p *Code) look(r *http.Request) (status int, what about, err error) {
	source, now := "ip:"+clientIP(r), p.Clock()
	code, ok, err := p.Store.FindCode(r.Context(), r.PathValue("code"), source, now)
	switch {
	case errors.Is(err, storage.ErrTooManyCodes):
		return http.StatusTooManyRequests, tooMany(), nil
	case err != nil:
		return 0, about{}, fmt.Errorf("look at a code: %w", err)
	}
	if what, known := purposes()[code.Kind]; ok && known {
		return http.StatusOK, what, nil
	}
	err = p.Store.InTx(r.Context(), func(tx *storage.Tx) error { return storage.CountWrongCode(r.Context(), tx, source, now) })
	return http.StatusNotFound, unknown(), err
}

// ways are the links that bring the code to the bot.
func (p *Code) ways(r *http.Request, code string) (telegram, webChat string) {
	if bot := p.Telegram(r.Context()); bot != "" {
		telegram = bot + "?start=" + code
	}
	if p.WebChat {
		webChat = "/chat?start=" + code
	}
	return telegram, webChat
}
