package zalobot_test

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
	"khoinghiep/bot/zalobot"
	"khoinghiep/bot/zalobot/zalobottest"
)

const secret = "webhook-secret"

// connect makes a channel that talks to url.
func connect(t testing.TB, url string, change ...func(*zalobot.Config)) *zalobot.Channel {
	t.Helper()
	cfg := zalobot.Config{
		Token: zalobottest.Token, APIURL: url, Secret: secret, Counter: &counter{},
		PollTimeout: time.Second, Logger: slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&cfg)
	}
	c, err := zalobot.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// platform starts the fake and a person who has written to the bot, whose message nobody took yet.
func platform(t *testing.T) (*zalobottest.Server, *zalobottest.Person) {
	t.Helper()
	s := zalobottest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	p.Send("Xin chào")
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

func (j *journal) use(cfg *zalobot.Config) {
	cfg.Logger = slog.New(slog.NewTextHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestNewRefusesBadConfigurationWithoutShowingTheToken(t *testing.T) {
	for name, cfg := range map[string]zalobot.Config{
		"no token":      {},
		"shapeless":     {Token: "hidden-token"},
		"with a slash":  {Token: "1:hidden/token"},
		"address":       {Token: "1:hidden", APIURL: "http://%zz/hidden"},
		"no scheme":     {Token: "1:hidden", APIURL: "localhost/hidden"},
		"short secret":  {Token: "1:hidden", Secret: "hidden"},
		"long secret":   {Token: "1:hidden", Secret: strings.Repeat("hidden", 43)},
		"secret spaces": {Token: "1:hidden", Secret: "a hidden secret"},
		"no counter":    {Token: "1:hidden", Secret: secret},
	} {
		if name != "no counter" {
			cfg.Counter = &counter{}
		}
		_, err := zalobot.New(t.Context(), cfg)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: the error shows it: %v", name, err)
		}
	}
}

func TestNewNeedsNoNetwork(t *testing.T) {
	c := connect(t, "http://127.0.0.1:1")
	if c.Name() != "zalobot" {
		t.Errorf("name %q", c.Name())
	}
	if got, want := c.Can(), (bot.Abilities{TextLimit: 2000, WritesFirst: true, Unordered: true}); got != want {
		t.Errorf("abilities %+v", got)
	}
	if _, err := c.Check(t.Context()); err == nil {
		t.Error("Check of an address where nobody listens succeeded")
	}
}

func TestCheckTellsTheName(t *testing.T) {
	s, _ := platform(t)
	name, err := connect(t, s.URL+"/").Check(t.Context())
	if err != nil || name != zalobottest.Name {
		t.Errorf("Check = %q, %v", name, err)
	}
	wrong := connect(t, s.URL, func(cfg *zalobot.Config) { cfg.Token = "1:wrong" })
	if _, err := wrong.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("Check with a wrong token: %v", err)
	}
	for _, body := range []string{`{"ok":true}`, `{"ok":true,"result":{}}`, `{"ok":true,"result":[]}`} {
		if _, err := connect(t, answering(t, http.StatusOK, body)).Check(t.Context()); err == nil {
			t.Errorf("Check of a server that answers %s succeeded", body)
		}
	}
}
