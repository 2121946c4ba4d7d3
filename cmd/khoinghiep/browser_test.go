package main

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser is a Chromium that ends with the test.
type browser struct{ ctx context.Context }

func newBrowser(t *testing.T) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-sandbox", os.Getuid() == 0), // Chromium's sandbox does not work for root
		chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if _, err := chromedp.Run(ctx, chromedp.Steps()); err != nil {
		t.Fatalf("start Chromium: run `make test`, which installs it: %v", err)
	}
	return &browser{ctx}
}

// person opens a page as somebody who was never here.
func (b *browser) person(t *testing.T, url string) *tab {
	t.Helper()
	return newTab(t, b.ctx, url, chromedp.WithNewBrowserContext())
}

// tab is one page.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func newTab(t *testing.T, parent context.Context, url string, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, options...)
	t.Cleanup(cancel)
	p := &tab{t, ctx}
	if _, err := chromedp.Run(ctx, chromedp.Steps()); err != nil { // the first run must not have a time limit
		t.Fatal(err)
	}
	order(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // as if each tab were in front
	p.open(url)
	return p
}

// ask has the browser do something in the tab and gives what came of it.
func ask[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// order is for what chromedp has no action for.
func order[P, R any](p *tab, c cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	result, err := chromedp.Call(ctx, c, params)
	if err != nil {
		p.t.Fatal(err)
	}
	return result
}

// another opens a second tab of the same person.
func (p *tab) another(url string) *tab {
	p.t.Helper()
	return newTab(p.t, p.ctx, url)
}

func (p *tab) open(url string) {
	p.t.Helper()
	ask(p, chromedp.Navigate(url))
}

// looks gives the page a width, in CSS pixels, the height of a phone, and a preference for light or dark.
func (p *tab) looks(width int64, scheme string) {
	p.t.Helper()
	ask(p, chromedp.EmulateViewport(width, 740))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	order(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
}

// types types a text and Enter into the box for texts.
func (p *tab) types(text string) {
	p.t.Helper()
	p.tabTo("the box for texts", `document.activeElement.id === 'text'`)
	order(p, input.InsertText, input.InsertTextParams{Text: text})
	ask(p, chromedp.KeyEvent(kb.Enter))
}

// presses brings the focus to the button with the label, and presses Enter.
func (p *tab) presses(label string) {
	p.t.Helper()
	p.tabTo(label, `document.activeElement.textContent.trim() === `+quote(label))
	ask(p, chromedp.KeyEvent(kb.Enter))
}

// tabTo presses Shift+Tab until the focus is where it is wanted.
func (p *tab) tabTo(what, reached string) {
	p.t.Helper()
	for range 50 {
		if ask(p, chromedp.Evaluate[bool](reached)) {
			return
		}
		ask(p, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)))
	}
	p.t.Fatalf("the keyboard does not reach %s; the page shows:\n%s", what, p.text())
}

// text is what the chat shows.
func (p *tab) text() string {
	p.t.Helper()
	return ask(p, chromedp.Evaluate[string](`document.querySelector('#log')?.innerText ?? document.body?.innerText ?? ''`))
}

// sees waits until the last message of the chat has the text.
func (p *tab) sees(text string) {
	p.t.Helper()
	p.until("the last message has "+text, `(document.querySelector('#log')?.lastElementChild?.innerText ?? '').includes(`+quote(text)+`)`)
}

// until waits for an expression to become true.
func (p *tab) until(what, expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience / 3); !ask(p, chromedp.Evaluate[bool](expression)); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("it never came that %s; the page shows:\n%s", what, p.text())
		}
	}
}
