package main

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"khoinghiep/storage/storagetest"
)

// TestWebChat talks with the whole program in a real browser.
func TestWebChat(t *testing.T) {
	b := newBrowser(t)
	for name, test := range map[string]func(t *testing.T, b *browser){
		"a registration by keyboard alone":       registersByKeyboard,
		"a reload loses nothing":                 reloads,
		"a broken line loses nothing":            losesTheLine,
		"what is unsent outlives the page":       closesThePage,
		"two tabs agree":                         opensTwoTabs,
		"page and turn on two replicas":          talksThroughReplicas,
		"scripts in texts are texts":             entersScripts,
		"a file of 20 MB, with progress":         uploadsLargeFile,
		"a file too large":                       uploadsTooLargeFile,
		"a text too long stays in its box":       typesTooMuch,
		"the widget on a configured origin":      embedsOnConfiguredOrigin,
		"the widget on another origin":           embedsElsewhere,
		"three people side by side, in the demo": showsThreePeople,
	} {
		t.Run(name, func(t *testing.T) { test(t, b) })
	}
}

func webConfig(t *testing.T) config {
	t.Helper()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.filesDir = t.TempDir()
	return cfg
}

// answersByKeyboard goes from the greeting to the review.
func answersByKeyboard(p *tab) {
	p.t.Helper()
	agreesByKeyboard(p)
	p.types("Lê Văn An")
	p.sees("Cán bộ gọi bạn số nào?")
	p.types("0912 345 678")
	p.sees("Dự án làm ở xã, phường nào?")
	p.types("Ba Vinh")
	p.sees("Dự án của bạn tên gì?")
	p.types("Tinh dầu sả Trà Bồng")
	p.sees("Dự án thuộc lĩnh vực nào?")
	p.types("1")
	p.sees("Dự án đang ở giai đoạn nào?")
	p.presses("Đã có mẫu thử")
	p.sees("Xem lại: Đăng ký dự án")
}

// agreesByKeyboard goes from the greeting to the first question.
func agreesByKeyboard(p *tab) {
	p.t.Helper()
	p.sees("Bạn cần làm gì?")
	p.presses("Đăng ký dự án")
	p.sees("Bạn có đồng ý không?")
	p.presses("Đồng ý, tôi đủ 16 tuổi")
	p.sees("Bạn tên gì?")
}

func registersByKeyboard(t *testing.T, b *browser) {
	p := b.person(t, startProgram(t, webConfig(t)).url+"/chat")
	answersByKeyboard(p)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{360, 1280} {
			p.looks(width, scheme)
			p.hasNoFault()
			p.screenshot(fmt.Sprintf("webchat-%d-%s.png", width, scheme))
		}
	}
	p.presses("Gửi đăng ký")
	p.shows("Đã nhận đăng ký KN-")
	completesByKeyboard(p)
}

// completesByKeyboard gives a text and ticks two of several choices.
func completesByKeyboard(p *tab) {
	p.t.Helper()
	p.types("hoàn thiện hồ sơ")
	p.sees("4/10")
	p.presses("Mô tả ngắn")
	p.sees("Dự án làm gì")
	p.types("Tinh dầu sả chưng cất tại Trà Bồng")
	p.sees("5/10")
	p.presses("Nhu cầu hỗ trợ")
	p.sees("☐ Cố vấn")
	p.presses("☐ Cố vấn")
	p.sees("☑ Cố vấn")
	p.presses("☐ Vốn")
	p.sees("☑ Vốn")
	p.presses("Xong")
	p.sees("6/10")
}

// hasNoFault has axe look for faults of accessibility that it calls serious or critical; see testdata/axe.
func (p *tab) hasNoFault() {
	p.t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		p.t.Fatal(err)
	}
	const look = `axe.run().then((result) => result.violations.flatMap((v) => v.nodes.map((n) => ({ ID: v.id, Impact: n.impact, Help: v.help + ': ' + n.html }))))`
	ask(p, chromedp.Evaluate[chromedp.Void](string(axe)))
	found := ask(p, chromedp.Evaluate[[]struct{ ID, Impact, Help string }](look, chromedp.EvalAwaitPromise))
	for _, f := range found {
		if f.Impact == "serious" || f.Impact == "critical" {
			p.t.Errorf("%s: %s", f.ID, f.Help)
		}
	}
}

// shows waits until the chat has the text anywhere.
func (p *tab) shows(text string) {
	p.t.Helper()
	p.until("the chat has "+text, `document.querySelector('#log').innerText.includes(`+quote(text)+`)`)
}

func quote(text string) string {
	quoted, _ := json.Marshal(text) // a string always has a JSON form
	return string(quoted)
}
