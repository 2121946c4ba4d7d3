package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// pdf makes a file that looks like a PDF inside.
func pdf(t *testing.T, size int) string {
	t.Helper()
	content := make([]byte, size)
	_, _ = rand.Read(content) // never fails
	copy(content, "%PDF-1.7\n")
	path := filepath.Join(t.TempDir(), "Giới thiệu dự án.pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// uploadsAt gives the page a line of so many bytes a second, up: without one a file may be gone before there is progress to show.
func (p *tab) uploadsAt(speed float64) {
	p.t.Helper()
	order(p, network.Enable, network.EnableParams{})
	line := network.Conditions{DownloadThroughput: -1, UploadThroughput: speed}
	order(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{&line}})
}

func uploadsLargeFile(t *testing.T, b *browser) {
	server := startProgram(t, webConfig(t))
	p := b.person(t, server.url+"/chat")
	p.sees("Bạn cần làm gì?")
	ask(p, chromedp.Evaluate[chromedp.Void](`
		window.shares = [];
		new MutationObserver(() => shares.push(document.querySelector('progress')?.value ?? 1)).observe(document.querySelector('#log'), { subtree: true, childList: true })`))
	p.uploadsAt(10 << 20)
	ask(p, chromedp.SetUploadFiles("#file", []string{pdf(t, 20<<20)}))
	p.sees("Bạn chọn việc cần làm nhé") // the menu asks for no files
	p.until("the file stands in the chat", `document.querySelector('.mine .file').innerText === 'Giới thiệu dự án.pdf (20 MB)'`)
	if between := ask(p, chromedp.Evaluate[int](`new Set(shares.filter((share) => share > 0 && share < 1)).size`)); between == 0 {
		t.Error("no progress was shown between begin and end")
	}
}

func uploadsTooLargeFile(t *testing.T, b *browser) {
	server := startProgram(t, webConfig(t))
	p := b.person(t, server.url+"/chat")
	p.sees("Bạn cần làm gì?")
	ask(p, chromedp.SetUploadFiles("#file", []string{pdf(t, 20<<20+1)}))
	p.sees("Tệp lớn hơn 20 MB")
}
