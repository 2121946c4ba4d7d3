package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"khoinghiep/storage/storagetest"
)

const banner = "Mất kết nối, đang thử lại…"

// bannerIs waits until the page says that it has no connection, or no longer.
func (p *tab) bannerIs(text string) {
	p.t.Helper()
	p.until("the banner says "+text, `document.querySelector('#banner').innerText === `+quote(text))
}

// restart starts a stopped program again where it was.
func (p *program) restart(t *testing.T) {
	t.Helper()
	cfg := p.app.config
	cfg.httpAddr = p.app.listener.Addr().String()
	startProgram(t, cfg)
}

func reloads(t *testing.T, b *browser) {
	url := startProgram(t, webConfig(t)).url + "/chat"
	p := b.person(t, url)
	agreesByKeyboard(p)
	p.types("Lê Văn An")
	p.sees("Cán bộ gọi bạn số nào?")
	before := p.text()
	p.open(url)
	p.sees("Cán bộ gọi bạn số nào?")
	if after := p.text(); after != before {
		t.Errorf("after a reload the chat shows\n%s\nbefore\n%s", after, before)
	}
	p.types("0912 345 678")
	p.sees("Dự án làm ở xã, phường nào?")
}

func losesTheLine(t *testing.T, b *browser) {
	server := startProgram(t, webConfig(t))
	p := b.person(t, server.url+"/chat")
	agreesByKeyboard(p)
	server.stop()
	p.bannerIs(banner)
	p.types("Lê Văn An")
	p.sees("Đang gửi…")
	server.restart(t)
	p.sees("Cán bộ gọi bạn số nào?")
	p.bannerIs("")
	p.hasOnce("Lê Văn An")
}

func closesThePage(t *testing.T, b *browser) {
	server := startProgram(t, webConfig(t))
	p := b.person(t, server.url+"/chat")
	agreesByKeyboard(p)
	server.stop()
	p.bannerIs(banner)
	p.types("Lê Văn An")
	p.sees("Đang gửi…")
	p.open("about:blank")
	server.restart(t)
	p.open(server.url + "/chat")
	p.sees("Cán bộ gọi bạn số nào?")
	p.hasOnce("Lê Văn An")
}

func opensTwoTabs(t *testing.T, b *browser) {
	url := startProgram(t, webConfig(t)).url + "/chat"
	one := b.person(t, url)
	agreesByKeyboard(one)
	other := one.another(url)
	other.sees("Bạn tên gì?")
	one.types("Lê Văn An")
	other.sees("Cán bộ gọi bạn số nào?")
	other.types("0912 345 678")
	one.sees("Dự án làm ở xã, phường nào?")
	if one.text() != other.text() {
		t.Errorf("one tab shows\n%s\nthe other\n%s", one.text(), other.text())
	}
}

func talksThroughReplicas(t *testing.T, b *browser) {
	cfg := testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
	one, other := startProgram(t, cfg), startProgram(t, cfg)
	p := b.person(t, one.url+"/chat")
	agreesByKeyboard(p)
	client := &webClient{t, other.url, ask(p, chromedp.Evaluate[string](`localStorage.getItem('khoinghiep:/chat::token')`))}
	client.send(`{"id": "on-the-other-replica", "text": "Lê Văn An"}`)
	p.sees("Cán bộ gọi bạn số nào?")
	p.hasOnce("Lê Văn An")
	seen := client.events("")
	client.send(`{"id": "another", "text": "0912 345 678"}`)
	client.url = one.url
	fresh := client.events(seen[len(seen)-1].ID)
	if len(fresh) != 2 || fresh[0].Text != "0912 345 678" || !fresh[0].Mine {
		t.Errorf("on the first replica the events go on with %+v, want the phone number and the next question", fresh)
	}
}

// hasOnce checks that the chat has exactly one message of the person with this text.
func (p *tab) hasOnce(text string) {
	p.t.Helper()
	n := ask(p, chromedp.Evaluate[int](`[...document.querySelectorAll('.mine p')].filter((m) => m.textContent === `+quote(text)+`).length`))
	if n != 1 {
		p.t.Errorf("%q stands %d times in the chat:\n%s", text, n, p.text())
	}
}

// typesTooMuch pastes more than a message may have: nothing is cut off or sent, and once it is shorter it goes.
func typesTooMuch(t *testing.T, b *browser) {
	p := b.person(t, startProgram(t, webConfig(t)).url+"/chat")
	p.sees("Bạn cần làm gì?")
	p.types(strings.Repeat("ă", 4001))
	p.until("it is told why", `document.querySelector('#text').validationMessage.includes('4.001')`)
	if left := ask(p, chromedp.Evaluate[int](`document.querySelector('#text').value.length`)); left != 4001 {
		t.Errorf("%d characters are left", left)
	}
	ask(p, chromedp.KeyEvent(kb.Backspace))
	ask(p, chromedp.KeyEvent(kb.Enter))
	p.sees("Mình chưa hiểu ý bạn.")
}
