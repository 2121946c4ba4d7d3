package main

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// screenshot writes what the page looks like into docs, when the tests run with -update.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	if !*update {
		return
	}
	png := ask(p, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join("..", "..", "docs", name), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
