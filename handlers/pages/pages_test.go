package pages_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"khoinghiep/handlers/pages"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var now = time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)

// site is the page at /m/{code}, with a store of its own.
func site(t *testing.T, bot string) (http.Handler, *storage.Store) {
	t.Helper()
	store := storagetest.Open(t, storagetest.SQLiteURL(t))
	mux := http.NewServeMux()
	mux.Handle("GET /m/{code}", pages.NewCode(pages.Code{
		Store: store, Clock: func() time.Time { return now }, WebChat: bot != "",
		Telegram: func(context.Context) string { return bot },
	}))
	return mux, store
}

func open(t *testing.T, h http.Handler, code, from string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/m/"+code, nil)
	r.RemoteAddr = from
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func newCode(t *testing.T, s *storage.Store, kind storage.CodeKind, data string, expires time.Time) (code string) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		code, err = storage.NewCode(t.Context(), tx, kind, data, now, expires)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestEachKindOfCodeHasItsPage(t *testing.T) {
	h, store := site(t, "https://t.me/khoi_bot")
	for kind, title := range map[storage.CodeKind]string{
		storage.InviteCode:   "Mã mời cán bộ",
		storage.JoinCode:     "Nối hai cuộc trò chuyện",
		storage.GuardianCode: "Nhờ cha, mẹ hoặc người giám hộ đồng ý",
		storage.OfficerCode:  "Mã mời cán bộ đầu mối",
	} {
		code := newCode(t, store, kind, "telegram:987654", now.Add(time.Hour))
		for range 2 { // looking uses nothing up
			w := open(t, h, strings.ToLower(code), "203.0.113.7:1")
			body := w.Body.String()
			if w.Code != http.StatusOK || strings.Contains(body, "987654") {
				t.Errorf("%s: status %d:\n%s", kind, w.Code, body)
			}
			for _, part := range []string{"<h1>" + title, storage.ShowCode(code), "Sao chép mã", "https://t.me/khoi_bot?start=" + code, `"/chat?start=` + code} {
				if !strings.Contains(body, part) {
					t.Errorf("%s: no %q in\n%s", kind, part, body)
				}
			}
		}
	}
}

func TestWithoutTelegramAndWebChatTheCodeAloneIsShown(t *testing.T) {
	h, store := site(t, "")
	body := open(t, h, newCode(t, store, storage.JoinCode, "telegram:1", now.Add(time.Hour)), "203.0.113.7:1").Body.String()
	if strings.Contains(body, "<a ") || !strings.Contains(body, "Sao chép mã") {
		t.Error(body)
	}
}

func TestWrongUsedAndExpiredCodesLookTheSame(t *testing.T) {
	h, store := site(t, "https://t.me/khoi_bot")
	used := newCode(t, store, storage.JoinCode, "telegram:1", now.Add(time.Hour))
	c, _, err := store.FindCode(t.Context(), used, "test", now)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.InTx(t.Context(), func(tx *storage.Tx) error {
		_, _, err := storage.UseCode(t.Context(), tx, storage.JoinCode, c.Key, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	wrong := open(t, h, "BBBB-BBBB-BBBB-BBBB", "203.0.113.7:1")
	if wrong.Code != http.StatusNotFound || !strings.Contains(wrong.Body.String(), "Bạn xin mã mới") {
		t.Errorf("status %d:\n%s", wrong.Code, wrong.Body)
	}
	for what, code := range map[string]string{
		"used": used, "expired": newCode(t, store, storage.JoinCode, "telegram:1", now), "no code at all": "%3Cscript%3E",
		"of a kind without a page": newCode(t, store, "other", "7", now.Add(time.Hour)),
	} {
		if w := open(t, h, code, "203.0.113.7:1"); w.Code != wrong.Code || w.Body.String() != wrong.Body.String() {
			t.Errorf("%s: status %d:\n%s", what, w.Code, w.Body)
		}
	}
}

func TestAThousandGuessesAreLimitedByIP(t *testing.T) {
	h, store := site(t, "")
	code := newCode(t, store, storage.JoinCode, "telegram:1", now.Add(time.Hour))
	statuses := map[int]int{}
	for range 1000 {
		statuses[open(t, h, "BBBB-BBBB-BBBB-BBBB", "203.0.113.7:1").Code]++
	}
	if statuses[http.StatusNotFound] != 5 || statuses[http.StatusTooManyRequests] != 995 {
		t.Errorf("got %v", statuses)
	}
	for from, want := range map[string]int{"203.0.113.7:2": http.StatusTooManyRequests, "203.0.113.8:1": http.StatusOK} {
		if w := open(t, h, code, from); w.Code != want {
			t.Errorf("the right code from %s: status %d, want %d", from, w.Code, want)
		}
	}
}

func TestBehindAProxyTheClientCountsAndNotTheHeaderOfAStranger(t *testing.T) {
	h, store := site(t, "")
	code := newCode(t, store, storage.JoinCode, "telegram:1", now.Add(time.Hour))
	ask := func(code, from, forwarded string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/m/"+code, nil)
		r.RemoteAddr = from
		r.Header.Set("X-Forwarded-For", forwarded)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for range 5 {
		ask("BBBB-BBBB-BBBB-BBBB", "127.0.0.1:1", "198.51.100.1, 203.0.113.7")
		ask("BBBB-BBBB-BBBB-BBBB", "203.0.113.9:1", "198.51.100.2")
		ask("BBBB-BBBB-BBBB-BBBB", "[2001:db8:0:1::7]:1", "")
	}
	for _, c := range []struct {
		from, forwarded string
		want            int
	}{
		{"127.0.0.1:1", "203.0.113.7", http.StatusTooManyRequests},
		{"10.0.0.3:1", "198.51.100.1", http.StatusOK},
		{"203.0.113.9:1", "203.0.113.50", http.StatusTooManyRequests},
		{"[2001:db8:0:1::8]:1", "", http.StatusTooManyRequests},
		{"[2001:db8:0:2::8]:1", "", http.StatusOK},
	} {
		if got := ask(code, c.from, c.forwarded); got != c.want {
			t.Errorf("from %s, forwarded for %q: status %d, want %d", c.from, c.forwarded, got, c.want)
		}
	}
}

func TestThePageRunsNothingButItsOwnScript(t *testing.T) {
	h, store := site(t, "https://t.me/khoi_bot")
	w := open(t, h, newCode(t, store, storage.JoinCode, "telegram:1", now.Add(time.Hour)), "203.0.113.7:1")
	policy, body := w.Header().Get("Content-Security-Policy"), w.Body.String()
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	for _, element := range []string{"style", "script"} {
		inside := regexp.MustCompile("(?s)<" + element + ">(.*?)</" + element + ">").FindStringSubmatch(body)
		if inside == nil {
			t.Fatalf("no %s in\n%s", element, body)
		}
		sum := sha256.Sum256([]byte(inside[1]))
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the %s of the page is not allowed by %q", element, policy)
		}
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
