package telegram_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
)

const secret = "webhook-secret"

// connect makes a channel that talks to url.
func connect(t *testing.T, url string, change ...func(*telegram.Config)) *telegram.Channel {
	t.Helper()
	cfg := telegram.Config{
		Token: telegramtest.Token, APIURL: url, Secret: secret,
		PollTimeout: time.Second, Logger: slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&cfg)
	}
	c, err := telegram.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// platform starts the fake and a person who has written to the bot.
func platform(t *testing.T) (*telegramtest.Server, *telegramtest.Person) {
	t.Helper()
	s := telegramtest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	if err := p.Start(""); err != nil {
		t.Fatal(err)
	}
	return s, p
}

// answering starts a server that gives every call the same answer.
func answering(t *testing.T, status int, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// journal is a log that can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) use(cfg *telegram.Config) {
	cfg.Logger = slog.New(slog.NewTextHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestNewRefusesBadConfigurationWithoutShowingTheToken(t *testing.T) {
	for name, cfg := range map[string]telegram.Config{
		"no token":      {},
		"shapeless":     {Token: "hidden-token"},
		"with a slash":  {Token: "1:hidden/token"},
		"address":       {Token: "1:hidden", APIURL: "http://%zz/hidden"},
		"no scheme":     {Token: "1:hidden", APIURL: "localhost/hidden"},
		"secret spaces": {Token: "1:hidden", Secret: "a hidden"},
	} {
		_, err := telegram.New(t.Context(), cfg)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: the error shows it: %v", name, err)
		}
	}
}

func TestNewNeedsNoNetwork(t *testing.T) {
	c := connect(t, "http://127.0.0.1:1")
	if c.Name() != "telegram" {
		t.Errorf("name %q", c.Name())
	}
	want := bot.Abilities{TextLimit: 4096, ButtonLimit: 100, Contact: true, Files: true, Edits: true, WritesFirst: true}
	if got := c.Can(); got != want {
		t.Errorf("abilities %+v", got)
	}
	if _, err := c.Check(t.Context()); err == nil {
		t.Error("Check of an address where nobody listens succeeded")
	}
}

func TestCheckTellsTheUsername(t *testing.T) {
	s, _ := platform(t)
	username, err := connect(t, s.URL+"/").Check(t.Context())
	if err != nil || username != telegramtest.Username {
		t.Errorf("Check = %q, %v", username, err)
	}
	wrong := connect(t, s.URL, func(cfg *telegram.Config) { cfg.Token = "1:wrong" })
	if _, err := wrong.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "Unauthorized") {
		t.Errorf("Check with a wrong token: %v", err)
	}
	empty := connect(t, answering(t, http.StatusOK, `{"ok":true,"result":{}}`))
	if _, err := empty.Check(t.Context()); err == nil {
		t.Error("Check of a server that names no bot succeeded")
	}
}
