package zalo_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

// connect makes a channel on the server's clock that has the account's first refresh token.
func connect(t testing.TB, s *zalotest.Server, change ...func(*zalo.Config)) *zalo.Channel {
	t.Helper()
	cfg := zalo.Config{
		AppID: zalotest.AppID, AppSecret: zalotest.AppSecret, OASecret: zalotest.OASecret, OA: zalotest.OA, RefreshToken: s.RefreshToken(),
		APIURL: s.URL, OAuthURL: s.URL, TemplateURL: s.URL + "/",
		Tokens: &tokens{}, Uploads: newUploads(), Clock: s.Now, Logger: slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&cfg)
	}
	c, err := zalo.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// platform starts the fake and a person who has written to the account.
func platform(t testing.TB) (*zalotest.Server, *zalotest.Person) {
	t.Helper()
	s := zalotest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	p.Met()
	return s, p
}

// listen has the account told of what people do.
func listen(t *testing.T, s *zalotest.Server, c *zalo.Channel) <-chan bot.Incoming {
	t.Helper()
	got := make(chan bot.Incoming, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list, err := c.Receive(r)
		if err != nil {
			t.Error(err)
			w.WriteHeader(http.StatusForbidden)
		}
		for _, in := range list {
			got <- in
		}
	}))
	t.Cleanup(hook.Close)
	if err := s.SetWebhook(hook.URL); err != nil {
		t.Fatal(err)
	}
	return got
}

// next is the next thing that came in.
func next(t *testing.T, got <-chan bot.Incoming) bot.Incoming {
	t.Helper()
	select {
	case in := <-got:
		return in
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
		return bot.Incoming{}
	}
}

// answering starts a server that gives every call the same answer, but tokens to who asks for them.
func answering(t *testing.T, s *zalotest.Server, status int, body string) func(*zalo.Config) {
	t.Helper()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(api.Close)
	return func(cfg *zalo.Config) { cfg.APIURL, cfg.OAuthURL = api.URL, s.URL }
}

func TestNewRefusesBadConfigurationWithoutShowingASecret(t *testing.T) {
	whole := zalo.Config{AppID: "1", AppSecret: "hidden", OASecret: "hidden", Tokens: &tokens{}, Uploads: newUploads()}
	for name, change := range map[string]func(*zalo.Config){
		"no app":       func(cfg *zalo.Config) { cfg.AppID = "" },
		"no secret":    func(cfg *zalo.Config) { cfg.AppSecret = "" },
		"no OA secret": func(cfg *zalo.Config) { cfg.OASecret = "" },
		"no tokens":    func(cfg *zalo.Config) { cfg.Tokens = nil },
		"no uploads":   func(cfg *zalo.Config) { cfg.Uploads = nil },
		"address":      func(cfg *zalo.Config) { cfg.APIURL = "http://%zz/hidden" },
		"no scheme":    func(cfg *zalo.Config) { cfg.OAuthURL = "localhost/hidden" },
	} {
		cfg := whole
		change(&cfg)
		_, err := zalo.New(t.Context(), cfg)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: the error shows it: %v", name, err)
		}
	}
}

func TestNewNeedsNoNetwork(t *testing.T) {
	c, err := zalo.New(t.Context(), zalo.Config{AppID: "1", AppSecret: "a", OASecret: "b", Tokens: &tokens{}, Uploads: newUploads()})
	if err != nil {
		t.Fatal(err)
	}
	want := bot.Abilities{TextLimit: 2000, ButtonLimit: 5, Contact: true, Files: true, Unordered: true, Free: 48 * time.Hour, Window: 7 * 24 * time.Hour}
	if c.Name() != "zalo" || c.Can() != want {
		t.Errorf("%s can %+v", c.Name(), c.Can())
	}
}
