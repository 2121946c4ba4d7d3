package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func showsThreePeople(t *testing.T, b *browser) {
	cfg := webConfig(t)
	cfg.demo = true
	p := b.person(t, startProgram(t, cfg).url+"/demo")
	p.looks(1280, "light")
	for _, text := range []string{"Bạn cần làm gì?", "cán bộ đầu mối của Sở Công Thương", "Anh/chị đã nhận vai trò"} {
		eventually(t, text, func() bool { return slices.ContainsFunc(p.frames(), says(text)) })
	}
	p.hasNoFault()
	p.screenshot("demo.png")
	ask(p, chromedp.Evaluate[chromedp.Void](`
		const select = document.querySelector('select');
		select.value = [...select.options].find((option) => option.text === 'Zalo').value;
		select.dispatchEvent(new Event('change'))`))
	eventually(t, "the conversation as on Zalo", func() bool {
		return slices.ContainsFunc(p.frames(), func(f shownFrame) bool {
			return strings.Contains(f.url, "/demo/zalo/embed") && says("Bạn cần làm gì?")(f)
		})
	})
}
