package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const script = `<script>document.title='run'</script><img src=x onerror="document.title='run'">`

func entersScripts(t *testing.T, b *browser) {
	p := b.person(t, startProgram(t, webConfig(t)).url+"/chat")
	agreesByKeyboard(p)
	p.types(script) // as a name
	p.shows(script)
	p.types("Lê Văn An")
	p.sees("Cán bộ gọi bạn số nào?")
	p.types("0912 345 678")
	p.sees("Dự án làm ở xã, phường nào?")
	p.types(script)
	p.types("Ba Vinh")
	p.sees("Dự án của bạn tên gì?")
	p.types("Sả " + script)
	p.sees("Dự án thuộc lĩnh vực nào?")
	p.types("1")
	p.sees("Dự án đang ở giai đoạn nào?")
	p.types("1")
	p.sees("Sả <script>")
	p.presses("Gửi đăng ký")
	p.shows("Dự án: Sả <script>")
	if title := ask(p, chromedp.Title()); title != "Khởi nghiệp Quảng Ngãi" {
		t.Errorf("a script that somebody entered ran: the title is %q", title)
	}
	if n := ask(p, chromedp.Evaluate[int](`document.querySelectorAll('#log script, #log img').length`)); n != 0 {
		t.Errorf("%d elements came out of texts", n)
	}
}

// otherSite is another site with the widget, of which chat gives the origin.
func otherSite(t *testing.T, chat func() string) *httptest.Server {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>another site</title><body><script src="%s/chat/widget.js"></script>`, chat())
	}))
	t.Cleanup(site.Close)
	return site
}

const openWidget = `document.querySelector('button').click()`

func embedsOnConfiguredOrigin(t *testing.T, b *browser) {
	var server *program
	site := otherSite(t, func() string { return server.url })
	cfg := webConfig(t)
	cfg.webOrigins = []string{site.URL}
	server = startProgram(t, cfg)
	p := b.person(t, site.URL)
	ask(p, chromedp.Evaluate[chromedp.Void](openWidget))
	eventually(t, "the greeting in the frame", func() bool { return slices.ContainsFunc(p.frames(), says("Bạn cần làm gì?")) })
}

func embedsElsewhere(t *testing.T, b *browser) {
	var server *program
	site := otherSite(t, func() string { return server.url })
	cfg := webConfig(t)
	cfg.webOrigins = []string{"https://skhcn.example"}
	server = startProgram(t, cfg)
	p := b.person(t, site.URL)
	ask(p, chromedp.Evaluate[chromedp.Void](openWidget))
	eventually(t, "the browser's refusal", func() bool {
		return slices.ContainsFunc(p.frames(), func(f shownFrame) bool { return f.url == "chrome-error://chromewebdata/" })
	})
}

// shownFrame is a frame of a page: its address and its text.
type shownFrame struct{ url, text string }

func says(text string) func(shownFrame) bool {
	return func(f shownFrame) bool { return strings.Contains(f.text, text) }
}

// frames lists what the frames in the page show now. One that is just being loaded shows nothing.
func (p *tab) frames() []shownFrame {
	p.t.Helper()
	list := []shownFrame{}
	for _, f := range order(p, page.GetFrameTree, cdp.Empty{}).FrameTree.ChildFrames {
		shown := shownFrame{url: f.Frame.URL}
		world, err := chromedp.Call(p.ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: f.Frame.ID})
		if err == nil {
			in := runtime.EvaluateParams{Expression: "document.body?.innerText ?? ''", ContextID: world.ExecutionContextID}
			if text, err := chromedp.Call(p.ctx, runtime.Evaluate, in); err == nil {
				_ = json.Unmarshal(text.Result.Value, &shown.text) // a string, as the expression says
			}
		}
		list = append(list, shown)
	}
	return list
}
