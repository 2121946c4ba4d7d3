package zalo_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
)

const downloadLimit = 20 << 20

func TestDownloadRefusesFilesOverTheLimit(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s)
	if _, err := c.Download(t.Context(), bot.File{ID: s.URL, Size: downloadLimit + 1}); err == nil || !strings.Contains(err.Error(), "20 MB") {
		t.Errorf("told by the event: %v", err)
	}
	large := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("a"), downloadLimit+1))
	}))
	t.Cleanup(large.Close)
	r, err := c.Download(t.Context(), bot.File{ID: large.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if n, err := io.Copy(io.Discard, r); err == nil || !strings.Contains(err.Error(), "20 MB") || n > downloadLimit {
		t.Errorf("found while reading: %d bytes, %v", n, err)
	}
}

// TestDownloadStaysOutside holds that with the true Zalo nobody can have us fetch what is inside our own network, by
// whatever name.
func TestDownloadStaysOutside(t *testing.T) {
	s, _ := platform(t)
	asked := 0
	within := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(within.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(within.URL, "https://"), ":")
	c := connect(t, s, func(cfg *zalo.Config) { cfg.APIURL = "https://openapi.zalo.me" })
	for address, why := range map[string]string{
		within.URL:                         "public",
		"https://localhost:" + port:        "public",
		"https://[::ffff:127.0.0.1]:1":     "public",
		"https://[::1]:1":                  "public",
		"https://0.0.0.0:" + port:          "public",
		"https://10.0.0.1/x":               "public",
		"https://192.168.1.1/x":            "public",
		"https://169.254.169.254/metadata": "public",
		"https://100.64.0.1/x":             "public",
		"https://[fd00::1]/x":              "public",
		"http://a.vn/x":                    "https",
		"file:///etc/passwd":               "https",
		"không phải địa chỉ":               "https",
		"":                                 "https",
	} {
		_, err := c.Download(t.Context(), bot.File{ID: address})
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked != 0 {
		t.Errorf("%d requests came inside", asked)
	}
}
