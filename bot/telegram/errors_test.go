package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
)

var sentinels = []error{bot.ErrUnreachable, bot.ErrRejected, bot.ErrUnknown}

// failures are what can happen to a message, and what Send makes of it: a sentinel, a wait, or nil for an error that
// means no more than "try again".
var failures = []struct {
	name  string
	fault telegramtest.Fault
	want  error
	after time.Duration
}{
	{name: "blocked", fault: telegramtest.Refuse(403, "Forbidden: bot was blocked by the user"), want: bot.ErrUnreachable},
	{name: "deactivated", fault: telegramtest.Refuse(403, "Forbidden: user is deactivated"), want: bot.ErrUnreachable},
	{name: "chat not found", fault: telegramtest.Refuse(400, "Bad Request: chat not found"), want: bot.ErrUnreachable},
	{name: "peer invalid", fault: telegramtest.Refuse(400, "Bad Request: PEER_ID_INVALID"), want: bot.ErrUnreachable},
	{name: "moved", fault: telegramtest.Fault{Status: 400, Body: `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-100}}`}, want: bot.ErrUnreachable},
	{name: "entities", fault: telegramtest.Refuse(400, "Bad Request: can't parse entities"), want: bot.ErrRejected},
	{name: "too large", fault: telegramtest.Refuse(413, "Request Entity Too Large"), want: bot.ErrRejected},
	{name: "flood", fault: telegramtest.TooMany(7), after: 7 * time.Second},
	{name: "flood without a time", fault: telegramtest.Refuse(429, "Too Many Requests"), after: time.Second},
	{name: "flood told by a proxy", fault: telegramtest.Page(429), after: time.Second},
	{name: "unauthorized", fault: telegramtest.Refuse(401, "Unauthorized")},
	{name: "not found", fault: telegramtest.Refuse(404, "Not Found")},
	{name: "internal", fault: telegramtest.Refuse(500, "Internal Server Error")},
	{name: "bad gateway", fault: telegramtest.Page(502)},
	{name: "unavailable, no body", fault: telegramtest.Fault{Status: 503}},
	{name: "page with status 403", fault: telegramtest.Page(403)},
	{name: "redirect", fault: telegramtest.Page(302)},
	{name: "empty success", fault: telegramtest.Fault{}, want: bot.ErrUnknown},
	{name: "garbled success", fault: telegramtest.Page(200), want: bot.ErrUnknown},
	{name: "cut before", fault: telegramtest.Fault{Cut: true}, want: bot.ErrUnknown},
	{name: "cut after", fault: telegramtest.Fault{Cut: true, Done: true}, want: bot.ErrUnknown},
}

// outgoing are the ways a message can travel: a form and an upload, which the library treats differently.
var outgoing = map[string]bot.Outgoing{
	"sendMessage":  {Text: "x"},
	"sendDocument": {File: &bot.File{Name: "x.txt", Data: []byte("x")}},
}

func TestSendTellsWhatAFailureMeans(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	for method, m := range outgoing {
		for _, f := range failures {
			s.Fail(method, telegramtest.Always(f.fault))
			_, err := c.Send(t.Context(), p.Chat(), m)
			checkMeaning(t, method+", "+f.name, err, f.want, f.after)
		}
		s.Fail(method, nil)
	}
}

func checkMeaning(t *testing.T, name string, err, want error, after time.Duration) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", name)
		return
	}
	for _, sentinel := range sentinels {
		if errors.Is(err, sentinel) != errors.Is(want, sentinel) {
			t.Errorf("%s: want %v, got %v", name, want, err)
		}
	}
	limited := &bot.RateLimited{}
	errors.As(err, &limited)
	if limited.After != after {
		t.Errorf("%s: to wait %s, want %s: %v", name, limited.After, after, err)
	}
	if strings.Contains(err.Error(), "AAFakeToken") {
		t.Errorf("%s: the error shows the token: %v", name, err)
	}
}

func TestGivingUpAfterTheRequestArrivedIsUnknown(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	for method, m := range outgoing {
		ctx, cancel := context.WithCancel(t.Context())
		s.Fail(method, func(int) *telegramtest.Fault {
			cancel()
			return &telegramtest.Fault{Hang: true}
		})
		_, err := c.Send(ctx, p.Chat(), m)
		checkMeaning(t, method, err, bot.ErrUnknown, 0)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: the cause is lost: %v", method, err)
		}
	}
}

func TestWithoutAConnectionNothingWasSent(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	gone := s.URL
	s.Close()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for method, m := range outgoing {
		_, err := connect(t, gone).Send(t.Context(), "1", m)
		checkMeaning(t, method+", refused", err, nil, 0)
		_, err = connect(t, gone).Send(cancelled, "1", m)
		checkMeaning(t, method+", cancelled before", err, nil, 0)
	}
}

// fading is a connection that takes nothing more once gone is set.
type fading struct {
	net.Conn
	gone *atomic.Bool
}

func (c fading) Write(p []byte) (int, error) {
	if c.gone.Load() {
		return 0, io.ErrClosedPipe
	}
	return c.Conn.Write(p)
}

func TestAStaleConnectionAndThenNoneSendsNothing(t *testing.T) {
	s, p := platform(t)
	var gone atomic.Bool
	c := connect(t, s.URL, func(cfg *telegram.Config) {
		cfg.HTTP = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if gone.Load() {
				return nil, errors.New("connection refused")
			}
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return fading{conn, &gone}, err
		}}}
	})
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
		t.Fatal(err)
	}
	gone.Store(true)
	_, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"})
	checkMeaning(t, "stale", err, nil, 0)
}

func TestAMessageWithoutAnIDCountsAsSent(t *testing.T) {
	for _, body := range []string{`{"ok":true}`, `{"ok":true,"result":true}`, `{"ok":true,"result":{}}`} {
		id, err := connect(t, answering(t, 200, body)).Send(t.Context(), "1", bot.Outgoing{Text: "x"})
		if err != nil || id != "" {
			t.Errorf("%s: %q, %v", body, id, err)
		}
	}
}

// TestTheTokenIsNeverShown lets every method fail in every way that could quote the token.
func TestTheTokenIsNeverShown(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"Bad Request: %s"}`, r.URL.Path)
	}))
	t.Cleanup(echo.Close)
	for _, url := range []string{"http://127.0.0.1:1", "http://127.0.0.1:1/" + telegramtest.Token, echo.URL, echo.URL + "/%41"} {
		var log journal
		c := connect(t, url, log.use)
		_, checkErr := c.Check(t.Context())
		_, sendErr := c.Send(t.Context(), "1", bot.Outgoing{Text: "x"})
		_, fileErr := c.Send(t.Context(), "1", outgoing["sendDocument"])
		_, loadErr := c.Download(t.Context(), bot.File{ID: "x"})
		all := errors.Join(checkErr, sendErr, fileErr, loadErr, c.SetWebhook(t.Context(), "https://a.vn"), c.DropWebhook(t.Context()),
			c.SetCommands(t.Context(), []telegram.Command{{Name: "menu", Label: "Danh mục"}}), c.Edit(t.Context(), "1", "2", bot.Outgoing{Text: "x"}))
		c.Typing(t.Context(), "1")
		c.Ack(t.Context(), bot.Incoming{Ack: "q"})
		for name, text := range map[string]string{"error": all.Error(), "log": log.String()} {
			if strings.Contains(text, "AAFakeToken") {
				t.Errorf("%s: the %s shows the token:\n%s", url, name, text)
			}
			if text == "" {
				t.Errorf("%s: no %s at all", url, name)
			}
		}
	}
}
