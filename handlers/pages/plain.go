package pages

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
)

//go:embed plain.html
var plainHTML string

// Plain is a page that says one thing, such as what came of a link.
type Plain struct {
	Title, Text string
	Chat        bool   // with a button that opens /chat
	ZaloTag     string // by which Zalo's console knows that the domain is ours; "": none
}

// Write answers with the page.
func (p Plain) Write(w http.ResponseWriter, status int) {
	page, err := template.New("plain").Parse(plainHTML)
	var body bytes.Buffer
	if err == nil {
		err = page.Execute(&body, struct {
			Plain
			Style template.CSS
		}{p, template.CSS(pageCSS)})
	}
	if err != nil {
		slog.Error("a plain page failed", "error", err)
		http.Error(w, "Xin lỗi, trang này gặp trục trặc.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", hash(pageCSS)))
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address of a callback holds a code
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
}
