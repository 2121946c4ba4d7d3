package zalobot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
	"khoinghiep/bot/zalobot/zalobottest"
)

const tokenSecret = "FakeTokenOfTheZaloFake"

var sentinels = []error{bot.ErrUnreachable, bot.ErrRejected, bot.ErrUnknown}

// failures are what can happen to a message, and what Send makes of it: a sentinel, a wait, or nil for an error that
// means no more than "try again".
var failures = []struct {
	name  string
	fault zalobottest.Fault
	want  error
	after time.Duration
}{
	{name: "chat not found", fault: zalobottest.Refuse(400, "Bad request: Chat not found"), want: bot.ErrUnreachable},
	{name: "user not found", fault: zalobottest.Refuse(400, "User not found"), want: bot.ErrUnreachable},
	{name: "chat not found, by 404", fault: zalobottest.Refuse(404, "chat not found"), want: bot.ErrUnreachable},
	{name: "user not found, by 404", fault: zalobottest.Refuse(404, "user not found"), want: bot.ErrUnreachable},
	{name: "invalid chat", fault: zalobottest.Refuse(400, "chat_id is invalid"), want: bot.ErrUnreachable},
	{name: "blocked", fault: zalobottest.Refuse(400, "the bot was blocked"), want: bot.ErrUnreachable},
	{name: "bad request", fault: zalobottest.Refuse(400, "Bad request"), want: bot.ErrRejected},
	{name: "bad request, by status", fault: zalobottest.Fault{Status: 400, Body: `{"ok":false,"description":"Bad request"}`}, want: bot.ErrRejected},
	{name: "too large", fault: zalobottest.Refuse(413, "Too large"), want: bot.ErrRejected},
	{name: "request timeout", fault: zalobottest.Refuse(408, "Request timeout"), want: bot.ErrUnknown},
	{name: "quota", fault: zalobottest.Refuse(429, "Quota exceeded"), after: time.Minute},
	{name: "quota told by a proxy", fault: zalobottest.Page(429), after: time.Minute},
	{name: "unauthorized", fault: zalobottest.Refuse(401, "Unauthorized")},
	{name: "internal", fault: zalobottest.Refuse(403, "Internal server error")},
	{name: "not found", fault: zalobottest.Refuse(404, "Not found")},
	{name: "another code", fault: zalobottest.Refuse(500, "Internal Server Error")},
	{name: "bad gateway", fault: zalobottest.Page(502)},
	{name: "unavailable, no body", fault: zalobottest.Fault{Status: 503}},
	{name: "page with status 403", fault: zalobottest.Page(403)},
	{name: "redirect", fault: zalobottest.Page(302)},
	{name: "refused without a code", fault: zalobottest.Fault{Body: `{"ok":false}`}, want: bot.ErrUnknown},
	{name: "empty success", fault: zalobottest.Fault{}, want: bot.ErrUnknown},
	{name: "garbled success", fault: zalobottest.Page(200), want: bot.ErrUnknown},
	{name: "a list", fault: zalobottest.Fault{Body: `[]`}, want: bot.ErrUnknown},
	{name: "cut before", fault: zalobottest.Fault{Cut: true}, want: bot.ErrUnknown},
	{name: "cut after", fault: zalobottest.Fault{Cut: true, Done: true}, want: bot.ErrUnknown},
}

func TestSendTellsWhatAFailureMeansAndCountsWhatMayBeSent(t *testing.T) {
	s, p := platform(t)
	count := &counter{}
	c := connect(t, s.URL, func(cfg *zalobot.Config) { cfg.Counter = count })
	for _, f := range failures {
		count.sent = nil
		s.Fail("sendMessage", zalobottest.Always(f.fault))
		_, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"})
		checkMeaning(t, f.name, err, f.want, f.after)
		if counted := len(count.sent) == 1; counted != errors.Is(f.want, bot.ErrUnknown) {
			t.Errorf("%s: counted %t", f.name, counted)
		}
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
	if strings.Contains(err.Error(), tokenSecret) {
		t.Errorf("%s: the error shows the token: %v", name, err)
	}
}

func TestThePlatformItselfRefuses(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	send := func(c *zalobot.Channel, chat, text string) error {
		_, err := c.Send(t.Context(), chat, bot.Outgoing{Text: text})
		return err
	}
	checkMeaning(t, "unknown chat", send(c, "nobody", "x"), bot.ErrUnreachable, 0)
	checkMeaning(t, "empty", send(c, p.Chat(), ""), bot.ErrRejected, 0)
	checkMeaning(t, "wrong token", send(connect(t, s.URL, func(cfg *zalobot.Config) { cfg.Token = "1:wrong" }), p.Chat(), "x"), nil, 0)
	s.Plan(0, 50)
	checkMeaning(t, "used up", send(c, p.Chat(), "x"), nil, time.Minute)
}

func TestGivingUpAfterTheRequestArrivedIsUnknown(t *testing.T) {
	s, p := platform(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.Fail("sendMessage", func(int) *zalobottest.Fault {
		cancel()
		return &zalobottest.Fault{Hang: true}
	})
	_, err := connect(t, s.URL).Send(ctx, p.Chat(), bot.Outgoing{Text: "x"})
	checkMeaning(t, "cancelled", err, bot.ErrUnknown, 0)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the cause is lost: %v", err)
	}
}

func TestWithoutAConnectionNothingWasSent(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, ctx := range map[string]context.Context{"refused": t.Context(), "cancelled before": cancelled} {
		_, err := connect(t, "http://127.0.0.1:1").Send(ctx, "1", bot.Outgoing{Text: "x"})
		checkMeaning(t, name, err, nil, 0)
	}
}

// TestTheTokenIsNeverShown lets every method fail in every way that could quote the token.
func TestTheTokenIsNeverShown(t *testing.T) {
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"Bad request: %s"}`, r.URL.Path)
	}))
	t.Cleanup(echo.Close)
	for _, url := range []string{"http://127.0.0.1:1", "http://127.0.0.1:1/" + zalobottest.Token, echo.URL, echo.URL + "/%41"} {
		var log journal
		c := connect(t, url, log.use)
		_, checkErr := c.Check(t.Context())
		_, sendErr := c.Send(t.Context(), "1", bot.Outgoing{Text: "x"})
		_, loadErr := c.Download(t.Context(), bot.File{ID: url + "/" + zalobottest.Token})
		c.Typing(t.Context(), "1")
		all := errors.Join(checkErr, sendErr, c.SetWebhook(t.Context(), "https://a.vn"), c.DropWebhook(t.Context()))
		for name, text := range map[string]string{"error": all.Error(), "log": log.String()} {
			if strings.Contains(text, tokenSecret) || text == "" {
				t.Errorf("%s: the %s is empty or shows the token:\n%s", url, name, text)
			}
		}
		if loadErr != nil && strings.Contains(loadErr.Error(), tokenSecret) {
			t.Errorf("%s: the download shows the token: %v", url, loadErr)
		}
	}
}
