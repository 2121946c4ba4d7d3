package zalotest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"khoinghiep/bot/zalo/zalotest"
)

// start makes a server and somebody who has written to the account.
func start(t *testing.T) (*zalotest.Server, *zalotest.Person) {
	t.Helper()
	s := zalotest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	p.Met()
	return s, p
}

// result is an answer of the fake, of the API or of OAuth.
type result struct {
	Error   int             `json:"error"`
	Data    json.RawMessage `json:"data"`
	Access  string          `json:"access_token"`
	Refresh string          `json:"refresh_token"`
	Expires string          `json:"expires_in"`
	header  http.Header
}

func do(t *testing.T, r *http.Request) result {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %v", resp.Status, body, err)
	}
	answer := result{header: resp.Header}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return answer
}

// ask calls the token address.
func ask(t *testing.T, s *zalotest.Server, secret string, fields ...string) result {
	t.Helper()
	form := url.Values{"app_id": {zalotest.AppID}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+zalotest.PathTokens, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("secret_key", secret)
	return do(t, r)
}

// token is an access token that works.
func token(t *testing.T, s *zalotest.Server) string {
	t.Helper()
	return ask(t, s, zalotest.AppSecret, "grant_type", "refresh_token", "refresh_token", s.RefreshToken()).Access
}

func post(t *testing.T, s *zalotest.Server, token, path, body string) result {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("access_token", token)
	return do(t, r)
}

func upload(t *testing.T, s *zalotest.Server, token, path, name string, data []byte) result {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(data)
	_ = w.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, &form)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("access_token", token)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return do(t, r)
}

func check(t *testing.T, name string, got result, code int) {
	t.Helper()
	if got.Error != code {
		t.Errorf("%s: error %d, want %d", name, got.Error, code)
	}
}
