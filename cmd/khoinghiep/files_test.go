package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestFileLinks opens links to a file over HTTP: as made, made up, and after staff struck the file.
func TestFileLinks(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.filesDir = t.TempDir()
	p := startProgram(t, cfg)
	const content = "%PDF-1.7 <script>alert(1)</script>"
	file, err := p.app.files.Put(t.Context(), strings.NewReader(content), "Nguyễn Thị Đào.pdf")
	if err != nil {
		t.Fatal(err)
	}
	link := func(made time.Time) string {
		return p.url + strings.TrimPrefix(p.app.links.URL(file.ID, made), cfg.publicURL)
	}
	good := link(time.Now())
	head, body := get(t, good, http.StatusOK)
	if body != content || head.Get("X-Content-Type-Options") != "nosniff" || head.Get("Content-Type") != "application/pdf" ||
		head.Get("Content-Disposition") != "attachment; filename=tai-lieu-"+file.ID[:8]+".pdf" {
		t.Errorf("got %q with %v", body, head)
	}
	for what, url := range map[string]string{
		"too late":            link(time.Now().Add(-time.Hour)),
		"a changed signature": good[:len(good)-1] + "x",
		"another content":     strings.Replace(good, file.ID, strings.Repeat("0", 64), 1),
		"a way out":           strings.Replace(good, file.ID, "..%2f..%2fkhoinghiep.db", 1),
	} {
		if _, body := get(t, url, http.StatusForbidden); strings.Contains(body, content) {
			t.Errorf("%s gives the content", what)
		}
	}
	for _, listing := range []string{"/f/", "/f/" + file.ID, "/files/"} {
		get(t, p.url+listing, http.StatusNotFound)
	}
	strike(t, p, file)
	get(t, good, http.StatusNotFound)
}

func strike(t *testing.T, p *program, file bot.File) {
	t.Helper()
	err := p.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		_, err := p.app.files.Strike(t.Context(), tx, file.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, url string, want int) (http.Header, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		t.Errorf("GET %s: %d, %v; want %d", url, answer.StatusCode, err, want)
	}
	return answer.Header, string(body)
}
