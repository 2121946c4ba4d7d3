// Package pages has what is a web page and not a chat: the page that a link with a code opens, and that of an announcement.
package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
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
	//go:embed page.css
	pageCSS string
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

	page   *template.Template
	policy string
}

// NewCode makes the page; its address must end in {code}.
func NewCode(c Code) *Code {
	c.page = template.Must(template.New("code").Parse(codeHTML))
	c.policy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		hash(pageCSS), hash(codeJS))
	return &c
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// content is what the page shows.
type content struct {
	about
	Code, Telegram, WebChat string // WebChat and Telegram are links
	Style                   template.CSS
	Script                  template.JS
}

func (p *Code) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, what, err := p.look(r)
	if err != nil {
		slog.Warn("the page of a code is not available", "error", err)
		status, what = http.StatusServiceUnavailable, unavailable()
	}
	c := content{about: what, Style: template.CSS(pageCSS), Script: template.JS(codeJS)}
	if code, _ := storage.NormalCode(r.PathValue("code")); status == http.StatusOK {
		c.Code = storage.ShowCode(code)
		c.Telegram, c.WebChat = p.ways(r, code)
	}
	var body bytes.Buffer
	if err := p.page.Execute(&body, c); err != nil {
		slog.Error("the page of a code failed", "error", err)
		http.Error(w, "Xin lỗi, trang này gặp trục trặc.", http.StatusInternalServerError)
		return
	}
	p.setHeaders(w.Header())
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
}

// setHeaders keeps the code, which is in the address, from caches, search engines and other sites.
func (p *Code) setHeaders(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
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
