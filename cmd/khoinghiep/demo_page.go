package main

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

//go:embed demo
var demoFiles embed.FS

// look is how the web chat of the demo is shown: by what the channel of that name can do.
type look struct {
	Label, Path string
	channel     string
	can         bot.Abilities
}

// looks are shown besides the web chat's own. What Zalo can: https://developers.zalo.me/docs/official-account; no column
// shares a phone number, as a page has none.
func looks() []look {
	return []look{
		{"Zalo", "/demo/zalo", "web-zalo", bot.Abilities{TextLimit: 2000, ButtonLimit: 5, Files: true}},
		{"Telegram", "/demo/telegram", "web-telegram", bot.Abilities{TextLimit: 4096, ButtonLimit: 100, Files: true, Edits: true, WritesFirst: true}},
	}
}

// somebody is a person to be in the demo.
type somebody struct {
	Title, Note string
	session     string           // names the conversation in the browser's storage
	kind        storage.CodeKind // of the code that makes them who they are; "": none
	data        string
}

func people() []somebody {
	return []somebody{
		{"Người khởi nghiệp", "đăng ký dự án, dự thi, tham gia sự kiện", "founder", "", ""},
		{"Cán bộ đầu mối", "Sở Công Thương: báo cáo phải gửi, cuộc thi, sự kiện", "officer", storage.OfficerCode, sampleAgency},
		{"Cán bộ Sở KH&CN", "xem đăng ký, gửi thông báo, theo dõi tiến độ", "staff", storage.InviteCode, string(storage.Approver)},
	}
}

// openLooks adds the looks to the channels.
func (a *app) openLooks() {
	for _, l := range looks() {
		a.channels = append(a.channels, a.webChat(l.channel, l.Path, l.can))
	}
}

// demoRoutes serves the page with three people side by side.
func (a *app) demoRoutes(mux *http.ServeMux) {
	page := template.Must(template.ParseFS(demoFiles, "demo/demo.html"))
	mux.Handle("GET /{$}", http.RedirectHandler("/demo", http.StatusFound))
	mux.HandleFunc("GET /demo/static/{name}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, demoFiles, "demo/"+r.PathValue("name"))
	})
	mux.HandleFunc("GET /demo", func(w http.ResponseWriter, r *http.Request) {
		columns, err := a.columns(r.Context(), time.Now())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("Cache-Control", "no-store")
		_ = page.Execute(w, columns) // whoever would be told of a failure is gone
	})
}

// column is one person on the page; each look of theirs is a conversation of its own.
type column struct {
	somebody
	Frames []frame
}

type frame struct{ Label, URL string }

// columns makes a new code for each conversation of an official, which uses it only when it begins.
func (a *app) columns(ctx context.Context, now time.Time) ([]column, error) {
	list := []column{}
	for _, who := range people() {
		c := column{somebody: who}
		for _, l := range append([]look{{Label: "Web", Path: "/chat"}}, looks()...) {
			url := fmt.Sprintf("%s/embed?session=%s", l.Path, who.session)
			if who.kind != "" {
				code, err := a.codeFor(ctx, who, now)
				if err != nil {
					return nil, err
				}
				url += "&first=" + code
			}
			c.Frames = append(c.Frames, frame{l.Label, url})
		}
		list = append(list, c)
	}
	return list, nil
}

func (a *app) codeFor(ctx context.Context, who somebody, now time.Time) (code string, err error) {
	err = a.store.InTx(ctx, func(tx *storage.Tx) error {
		code, err = storage.NewCode(ctx, tx, who.kind, who.data, now, now.Add(inviteFor))
		return err
	})
	return code, err
}
