package zalo_test

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
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

var sentinels = []error{bot.ErrUnreachable, bot.ErrRejected, bot.ErrWindowClosed, bot.ErrUnknown, zalo.ErrGrantLost}

// failures are what can happen to a message, and what Send makes of it: a sentinel, a wait, or nil for an error that
// means no more than "try again".
var failures = []struct {
	name  string
	fault zalotest.Fault
	want  error
	after time.Duration
}{
	{name: "not a follower", fault: zalotest.Refuse(-213), want: bot.ErrUnreachable},
	{name: "banned or away", fault: zalotest.Refuse(-227), want: bot.ErrUnreachable},
	{name: "restricted by the person", fault: zalotest.Refuse(-244), want: bot.ErrUnreachable},
	{name: "outside the window", fault: zalotest.Refuse(-230), want: bot.ErrWindowClosed},
	{name: "outside the window, too", fault: zalotest.Refuse(-232), want: bot.ErrWindowClosed},
	{name: "quota", fault: zalotest.Refuse(-211), want: bot.ErrWindowClosed},
	{name: "recipient cap", fault: zalotest.Refuse(-218), want: bot.ErrWindowClosed},
	{name: "too long", fault: zalotest.Refuse(-210), want: bot.ErrRejected},
	{name: "type", fault: zalotest.Refuse(-233), want: bot.ErrRejected},
	{name: "policy", fault: zalotest.Refuse(-248), want: bot.ErrRejected},
	{name: "rate", fault: zalotest.Refuse(-32), after: 10 * time.Second},
	{name: "night", fault: zalotest.Refuse(-234), after: 30 * time.Minute},
	{name: "not verified", fault: zalotest.Refuse(-221), after: 10 * time.Minute},
	{name: "package", fault: zalotest.Refuse(-224), after: 10 * time.Minute},

	{name: "phone", fault: zalotest.Refuse(-108), want: bot.ErrUnreachable},
	{name: "cannot receive", fault: zalotest.Refuse(-114), want: bot.ErrUnreachable},
	{name: "cannot receive, too", fault: zalotest.Refuse(-119), want: bot.ErrUnreachable},
	{name: "no account", fault: zalotest.Refuse(-118), want: bot.ErrUnreachable},
	{name: "refused by the person", fault: zalotest.Refuse(-139), want: bot.ErrUnreachable},
	{name: "refused by the person, too", fault: zalotest.Refuse(-141), want: bot.ErrUnreachable},
	{name: "balance", fault: zalotest.Refuse(-115), want: bot.ErrWindowClosed},
	{name: "balance of another purse", fault: zalotest.Refuse(-137), want: bot.ErrWindowClosed},
	{name: "quota of templates", fault: zalotest.Refuse(-144), want: bot.ErrWindowClosed},
	{name: "quota of templates, too", fault: zalotest.Refuse(-147), want: bot.ErrWindowClosed},
	{name: "not approved", fault: zalotest.Refuse(-131), want: bot.ErrRejected},
	{name: "templates at night", fault: zalotest.Refuse(-133), after: 30 * time.Minute},

	{name: "a code of later years", fault: zalotest.Refuse(-999)},
	{name: "a code in words", fault: zalotest.Fault{Body: `{"error":"-213","message":"x"}`}, want: bot.ErrUnreachable},
	{name: "a code with status 400", fault: zalotest.Fault{Status: 400, Body: `{"error":-210}`}, want: bot.ErrRejected},
	{name: "flood told by a proxy", fault: zalotest.Page(429), after: 10 * time.Second},
	{name: "bad gateway", fault: zalotest.Page(502)},
	{name: "unavailable, no body", fault: zalotest.Fault{Status: 503}},
	{name: "redirect", fault: zalotest.Page(302)},
	{name: "empty success", fault: zalotest.Fault{}, want: bot.ErrUnknown},
	{name: "success of something else", fault: zalotest.Fault{Body: `{"data":{}}`}, want: bot.ErrUnknown},
	{name: "garbled success", fault: zalotest.Page(200), want: bot.ErrUnknown},
	{name: "cut before", fault: zalotest.Fault{Cut: true}, want: bot.ErrUnknown},
	{name: "cut after", fault: zalotest.Fault{Cut: true, Done: true}, want: bot.ErrUnknown},
}

// outgoing are the ways a message can travel.
func outgoing() map[string]bot.Outgoing {
	return map[string]bot.Outgoing{
		zalotest.PathMessage:         {Text: "x"},
		zalotest.PathTemplate:        {Template: &bot.Template{Name: "nhac", Params: map[string]string{"ngay": "09/12"}}},
		zalotest.PathTemplateByPhone: {Template: &bot.Template{Name: "nhac", Params: map[string]string{"ngay": "09/12"}, Phone: "84912345678"}},
	}
}

func withTemplate(cfg *zalo.Config) { cfg.Templates = map[string]string{"nhac": "T1"} }

func TestSendTellsWhatAFailureMeans(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, withTemplate)
	for path, m := range outgoing() {
		for _, f := range failures {
			s.Fail(path, zalotest.Always(f.fault))
			_, err := c.Send(t.Context(), p.Chat(), m)
			checkMeaning(t, path+", "+f.name, err, f.want, f.after)
		}
		s.Fail(path, nil)
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
}

// TestEveryTokenErrorIsCuredByARefresh has Zalo refuse a good token in each of its ways: the message arrives all the same.
func TestEveryTokenErrorIsCuredByARefresh(t *testing.T) {
	status := func(code int) zalotest.Fault { return zalotest.Fault{Status: code} }
	for name, fault := range map[string]zalotest.Fault{
		"-216": zalotest.Refuse(-216), "-220": zalotest.Refuse(-220), "216": zalotest.Refuse(216), "401": zalotest.Refuse(401),
		"-401": zalotest.Refuse(-401), "-124": zalotest.Refuse(-124), "status 401": status(http.StatusUnauthorized),
	} {
		s, p := platform(t)
		c := connect(t, s)
		if err := c.Renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Advance(time.Hour)
		s.Fail(zalotest.PathMessage, zalotest.First(1, fault))
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if calls, refreshes := s.Calls(zalotest.PathMessage), s.Calls(zalotest.PathTokens); calls != 2 || refreshes != 2 || p.Received() != 1 {
			t.Errorf("%s: %d calls, %d refreshes", name, calls, refreshes)
		}
	}
}

func TestGivingUpAfterTheRequestArrivedIsUnknown(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, withTemplate)
	for path, m := range outgoing() {
		ctx, cancel := context.WithCancel(t.Context())
		s.Fail(path, func(int) *zalotest.Fault {
			cancel()
			return &zalotest.Fault{Hang: true}
		})
		_, err := c.Send(ctx, p.Chat(), m)
		checkMeaning(t, path, err, bot.ErrUnknown, 0)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: the cause is lost: %v", path, err)
		}
	}
}

func TestWithoutAConnectionNothingWasSent(t *testing.T) {
	s, p := platform(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	c := connect(t, s, withTemplate, func(cfg *zalo.Config) { cfg.APIURL, cfg.TemplateURL = gone.URL, gone.URL })
	for path, m := range outgoing() {
		_, err := c.Send(t.Context(), p.Chat(), m)
		checkMeaning(t, path, err, nil, 0)
	}
}

func TestCallsRestWhenNoneRemain(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	s.Limit(2)
	for range 2 {
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	before := s.Calls(zalotest.PathMessage)
	_, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"})
	limited := &bot.RateLimited{}
	if !errors.As(err, &limited) || limited.After > 10*time.Second || s.Calls(zalotest.PathMessage) != before {
		t.Errorf("the third: %v", err)
	}
	s.Advance(time.Minute)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}

// TestNoErrorShowsASecret lets every call fail in ways that could quote a token, a phone number or a text.
func TestNoErrorShowsASecret(t *testing.T) {
	s, _ := platform(t)
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		_, _ = fmt.Fprintf(w, `{"error":-999,"message":"%s %s %s","error_description":"%s"}`,
			r.Header.Get("access_token"), r.Header.Get("secret_key"), r.URL, r.Form.Encode())
	}))
	t.Cleanup(echo.Close)
	kept := &tokens{}
	if err := connect(t, s, func(cfg *zalo.Config) { cfg.Tokens = kept }).Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"http://127.0.0.1:1/FakeAppSecret", echo.URL} {
		c := connect(t, s, withTemplate, func(cfg *zalo.Config) {
			cfg.Tokens, cfg.APIURL, cfg.TemplateURL, cfg.OAuthURL = kept, url, url, url
		})
		all := []error{c.FinishConsent(t.Context(), map[string][]string{"code": {"secret"}})}
		for _, m := range outgoing() {
			_, err := c.Send(t.Context(), "42", m)
			all = append(all, err)
		}
		_, downloadErr := c.Download(t.Context(), bot.File{ID: url + "/file?key=secret"})
		_, quotaErr := c.Quota(t.Context(), "42")
		s.Advance(21 * time.Hour)
		text := errors.Join(append(all, downloadErr, quotaErr, c.Renew(t.Context()))...).Error()
		for _, secret := range []string{"access-", "refresh-", "FakeAppSecret", "FakeOASecret", "84912345678", "09/12", "key=secret"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: the error shows %q:\n%s", url, secret, text)
			}
		}
	}
}
