package webchat_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/webchat"
)

// FuzzSend has anybody post anything: it is taken, or refused as a mistake of theirs, and never breaks the server.
func FuzzSend(f *testing.F) {
	for _, body := range []string{
		`{"id":"a1","text":"xin chào"}`, `{"id":"a1","button":"f:1:ho_ten:x","label":"X","pressed":"7"}`, `{"id":"a1","start":"menu"}`,
		`{"id":"","text":""}`, `{"id":"a","text":"\u0000"}`, `[[[[[[`, `{"id":7}`, "", `{"id":"a1","text":"` + strings.Repeat("ă", 5000) + `"}`,
	} {
		f.Add(body)
	}
	accept := func(bot.Incoming) <-chan error {
		done := make(chan error, 1)
		done <- nil
		return done
	}
	handler := webchat.New(webchat.Config{Name: "web", Path: "/chat", Can: webchat.Abilities(), Log: newMemory()}).Handler(accept)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/chat/api/send", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		who := sha256.Sum256([]byte(body)) // another person from another place each time: not one that is limited
		r.Header.Set("Authorization", "Bearer "+base64.RawURLEncoding.EncodeToString(who[:]))
		r.RemoteAddr = fmt.Sprintf("[2001:db8:%x:%x:%x::]:1", who[0:2], who[2:4], who[4:6])
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK && (w.Code < 400 || w.Code > 499) {
			t.Errorf("%q: status %d", body, w.Code)
		}
	})
}
