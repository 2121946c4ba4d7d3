package pages

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
)

var (
	//go:embed frame.html
	frameHTML string
	//go:embed page.css
	pageCSS string
)

// frame is a page: what all pages look like, around a part of their own.
type frame struct {
	page   *template.Template
	policy string
}

// newFrame frames what the templates in parts define: "main", and "head" and "end" where there is more in those. The page may
// load what sources, directives of its Content-Security-Policy, allow beside its style.
func newFrame(name, parts, sources string) frame {
	style := func() template.CSS { return template.CSS(pageCSS) }
	page := template.Must(template.New(name).Funcs(template.FuncMap{"style": style}).Parse(frameHTML))
	return frame{
		page:   template.Must(page.Parse(parts)),
		policy: fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; %sbase-uri 'none'; form-action 'none'; frame-ancestors 'none'", hash(pageCSS), sources),
	}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// write answers with the page. Nobody keeps it, and no other site learns its address: that may hold a code or a ticket, and
// what the page shows may be taken back.
func (f frame) write(w http.ResponseWriter, status int, what any) {
	var body bytes.Buffer
	if err := f.page.Execute(&body, what); err != nil {
		slog.Error("a page failed", "page", f.page.Name(), "error", err)
		http.Error(w, "Xin lỗi, trang này gặp trục trặc.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", f.policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
}
