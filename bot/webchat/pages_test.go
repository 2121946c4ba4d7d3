package webchat_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestPagesAreStrict(t *testing.T) {
	w := newWorld(t, "https://skhcn.example")
	for path, frames := range map[string]string{
		"/chat":       "frame-ancestors 'none'",
		"/chat/embed": "frame-ancestors 'self' https://skhcn.example",
	} {
		resp := w.call(http.MethodGet, path, "", "")
		policy := resp.header.Get("Content-Security-Policy")
		if !strings.HasSuffix(policy, frames) || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s has the policy %q", path, policy)
		}
		if strings.Contains(resp.body, "<style") || strings.Contains(resp.body, " style=") || resp.header.Get("Set-Cookie") != "" {
			t.Errorf("%s has styles inside, or cookies", path)
		}
		if again := w.call(http.MethodGet, path, "", "", "If-None-Match: "+resp.header.Get("ETag")); again.status != http.StatusNotModified {
			t.Errorf("%s again got %d", path, again.status)
		}
	}
	if resp := w.call(http.MethodGet, "/chat/static/any/chat.html", "", ""); resp.status != http.StatusNotFound {
		t.Errorf("the template got %d", resp.status)
	}
}

// TestAssetsAreSmallAndKept adds up what a first visit loads, for lines of 40 kB/s; nothing of it is asked for again.
func TestAssetsAreSmallAndKept(t *testing.T) {
	w := newWorld(t)
	html := w.call(http.MethodGet, "/chat", "", "").body
	size := len(html)
	for _, asset := range regexp.MustCompile(`"(/chat/static/[^"]+)"`).FindAllStringSubmatch(html, -1) {
		resp := w.call(http.MethodGet, asset[1], "", "")
		size += len(resp.body)
		if resp.status != http.StatusOK || !strings.Contains(resp.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", asset[1], resp.status, resp.header.Get("Cache-Control"))
		}
	}
	if size > 40_000 {
		t.Errorf("a first visit loads %d bytes", size)
	}
}
