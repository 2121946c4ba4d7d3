package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers/pages"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// board is the page at /tb/{code} and an announcement that starts in an hour.
type board struct {
	t     *testing.T
	store *storage.Store
	now   time.Time
	told  storage.Announcement
	http.Handler
}

func newBoard(t *testing.T, file *bot.File) *board {
	t.Helper()
	b := &board{t: t, store: storagetest.Open(t, storagetest.SQLiteURL(t)), now: now}
	links, err := b.store.FileLinks(t.Context(), "https://bot.example")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /tb/{code}", pages.NewAnnouncement(pages.Announcement{Store: b.store, Links: links, Clock: func() time.Time { return b.now }}))
	b.Handler = mux
	b.told = storage.Announcement{
		Draft: "x", Category: "su_kien", StartAt: now.Add(time.Hour).UnixMilli(),
		Message: storage.Message{Outgoing: bot.Outgoing{Title: "Ngày hội <khởi nghiệp>", Text: "Mời bạn đến.\nLúc 08:00.", File: file}},
	}
	b.change(func(tx *storage.Tx) error { return storage.AddAnnouncement(t.Context(), tx, &b.told, now) })
	return b
}

func (b *board) change(change func(tx *storage.Tx) error) {
	b.t.Helper()
	if err := b.store.InTx(b.t.Context(), change); err != nil {
		b.t.Fatal(err)
	}
}

func (b *board) launch() {
	b.t.Helper()
	b.change(func(tx *storage.Tx) error {
		_, err := storage.LaunchAnnouncement(b.t.Context(), tx, b.told, nil, now)
		return err
	})
}

func (b *board) open(code string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.ServeHTTP(w, httptest.NewRequestWithContext(b.t.Context(), http.MethodGet, "/tb/"+code, nil))
	return w
}

func TestAnAnnouncementIsPublicFromItsStartUntilItIsTakenBack(t *testing.T) {
	b := newBoard(t, nil)
	expect := func(when string, status int) {
		t.Helper()
		w := b.open(b.told.Code)
		if w.Code != status || strings.Contains(w.Body.String(), "Mời bạn đến") != (status == http.StatusOK) {
			t.Errorf("%s: status %d:\n%s", when, w.Code, w.Body)
		}
	}
	expect("as a draft", http.StatusNotFound)
	b.launch()
	expect("before its start", http.StatusNotFound)
	b.now = now.Add(time.Hour)
	expect("while it is sent", http.StatusOK)
	if w := b.open("TB-2026-9999"); w.Code != http.StatusNotFound {
		t.Errorf("another code: status %d", w.Code)
	}
	b.change(func(tx *storage.Tx) error {
		_, err := storage.CancelAnnouncement(t.Context(), tx, b.told.ID, b.now)
		return err
	})
	expect("taken back", http.StatusNotFound)
}

func TestThePageOfAnAnnouncementShowsItSafely(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for mime, want := range map[string]string{
		"image/png":       `<img src="https://bot.example/f/` + hash,
		"application/pdf": `href="https://bot.example/f/` + hash,
		"image/heic":      `href="https://bot.example/f/` + hash,
	} {
		b := newBoard(t, &bot.File{ID: hash, MIME: mime})
		b.launch()
		b.now = now.Add(time.Hour)
		w := b.open(b.told.Code)
		body := w.Body.String()
		for _, part := range []string{"<h1>Ngày hội &lt;khởi nghiệp&gt;</h1>", "Mời bạn đến.\nLúc 08:00.", "Sự kiện · Chủ nhật, ngày 22/11/2026", want} {
			if !strings.Contains(body, part) {
				t.Errorf("%s: no %q in\n%s", mime, part, body)
			}
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(body, "<script") {
			t.Errorf("policy %q", policy)
		}
	}
}
