package telegram_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
)

const limit = 20 << 20

func TestDownload(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	largest := bytes.Repeat([]byte("a"), limit)
	p.SendDocument("a.pdf", "application/pdf", largest)
	updates, stop := poll(t, c)
	next(t, updates).settle <- nil
	document := next(t, updates)
	document.settle <- nil
	f := document.in.Files[0]
	if f.Name != "a.pdf" || f.Size != limit {
		t.Fatalf("%+v", f)
	}
	r, err := c.Download(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, largest) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// claiming serves a file of some size as one of another.
func claiming(t *testing.T, claim, size int) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/file/") {
			_, _ = fmt.Fprintf(w, `{"ok":true,"result":{"file_id":"x","file_size":%d,"file_path":"documents/x"}}`, claim)
			return
		}
		_, _ = w.Write(bytes.Repeat([]byte("a"), size))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestDownloadRefusesFilesOverTheLimit(t *testing.T) {
	unasked := connect(t, "http://127.0.0.1:1")
	if _, err := unasked.Download(t.Context(), bot.File{ID: "x", Size: limit + 1}); err == nil || !strings.Contains(err.Error(), "20 MB") {
		t.Errorf("told by the update: %v", err)
	}
	told := connect(t, claiming(t, limit+1, 10))
	if _, err := told.Download(t.Context(), bot.File{ID: "x"}); err == nil || !strings.Contains(err.Error(), "20 MB") {
		t.Errorf("told by getFile: %v", err)
	}
	r, err := connect(t, claiming(t, 10, limit+1)).Download(t.Context(), bot.File{ID: "x"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if n, err := io.Copy(io.Discard, r); err == nil || !strings.Contains(err.Error(), "20 MB") || n > limit {
		t.Errorf("found while reading: %d bytes, %v", n, err)
	}
}

func TestDownloadFailsWithoutShowingTheToken(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	p.SendDocument("a.pdf", "application/pdf", []byte("%PDF"))
	for name, fault := range map[string]telegramtest.Fault{
		"gone": {Status: 404}, "cut": {Cut: true}, "page": telegramtest.Page(502),
	} {
		s.Fail("file", telegramtest.Always(fault))
		_, err := c.Download(t.Context(), bot.File{ID: "file-1"})
		if err == nil || strings.Contains(err.Error(), "AAFakeToken") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Download(t.Context(), bot.File{ID: "unknown"}); err == nil {
		t.Error("an unknown file was found")
	}
}
