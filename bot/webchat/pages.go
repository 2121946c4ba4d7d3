package webchat

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// Everything the page loads is ours, and nothing stands inside the page: a script in a text that somebody wrote has no
// way to run. Only our own pages and the configured sites may frame it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// pages serves the page, alone and for frames, the script that brings the frame to other sites, and what they load.
func (s *site) pages(mux *http.ServeMux) {
	version := hashOf(static)
	at := s.Path()
	html := s.html(version)
	mux.HandleFunc("GET "+at, s.page(html, policy+"'none'"))
	mux.HandleFunc("GET "+at+"/embed", s.page(html, policy+strings.Join(append([]string{"'self'"}, s.Origins...), " ")))
	mux.HandleFunc("GET "+at+"/widget.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600") // other sites name it without a version
		serveStatic(w, r, "widget.js", version)
	})
	mux.HandleFunc("GET "+at+"/static/{version}/{name}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("version") == version {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			w.Header().Set("Cache-Control", "no-store") // a page of another replica's version
		}
		serveStatic(w, r, r.PathValue("name"), version)
	})
}

// html renders the page for this channel.
func (s *site) html(version string) []byte {
	page := template.Must(template.ParseFS(static, "static/chat.html"))
	var b bytes.Buffer
	data := struct{ Channel, Static string }{s.Name(), s.Path() + "/static/" + version}
	if err := page.Execute(&b, data); err != nil {
		panic(fmt.Sprintf("render the page of the web chat: %v", err)) // the page is part of the program
	}
	return b.Bytes()
}

func (s *site) page(html []byte, policy string) http.HandlerFunc {
	sum := sha256.Sum256(html)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-cache")
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(html) // whoever would be told of a failure is gone
	}
}

func serveStatic(w http.ResponseWriter, r *http.Request, name, version string) {
	if path.Ext(name) == ".html" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("ETag", `"`+version+`"`)
	http.ServeFileFS(w, r, static, "static/"+name)
}

// hashOf names a version of all files together, as scripts import one another by name.
func hashOf(files fs.FS) string {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		fmt.Fprintf(h, "%s %d\n%s", name, len(content), content)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("read the files of the web chat: %v", err)) // they are part of the program
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
