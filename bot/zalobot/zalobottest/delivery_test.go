package zalobottest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalobot/zalobottest"
)

const secret = "webhook-secret"

func TestFetchingAnUpdateAcknowledgesIt(t *testing.T) {
	s, p := start(t)
	p.SendSticker()
	for _, want := range []string{"message.text.received", "message.sticker.received"} {
		r := do(t, s, "getUpdates", fields{"timeout": 1})
		var update struct {
			Name string `json:"event_name"`
		}
		if err := json.Unmarshal(r.Result, &update); err != nil || update.Name != want {
			t.Errorf("got %s, want %s", r.Result, want)
		}
	}
	if s.Pending() != 0 {
		t.Errorf("%d pending", s.Pending())
	}
	check(t, "idle", do(t, s, "getUpdates", fields{"timeout": 1}), 408, "timeout")
}

func TestALongPollEndsWithAnUpdate(t *testing.T) {
	s, p := start(t)
	do(t, s, "getUpdates", fields{})
	answers := make(chan result)
	go func() { answers <- do(t, s, "getUpdates", fields{"timeout": 30}) }()
	p.SendVoice()
	if r := <-answers; !r.OK || !strings.Contains(string(r.Result), "message.voice.received") {
		t.Errorf("%+v", r)
	}
}

// hook is a bot that gets webhook calls; answer decides on the status of each.
func hook(t *testing.T, answer func(body string, r *http.Request) int) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(answer(string(body), r))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestPollingAndAWebhookExcludeEachOther(t *testing.T) {
	s, _ := start(t)
	url := hook(t, func(string, *http.Request) int { return 503 })
	set := fields{"url": url, "secret_token": secret}
	check(t, "set", do(t, s, "setWebhook", set), 0, "")
	check(t, "with a webhook", do(t, s, "getUpdates", fields{}), 400, "webhook")
	check(t, "info", do(t, s, "getWebhookInfo", fields{}), 0, "")
	check(t, "delete", do(t, s, "deleteWebhook", fields{}), 0, "")
	check(t, "without", do(t, s, "getUpdates", fields{}), 0, "")
	for name, params := range map[string]fields{
		"short secret": {"url": url, "secret_token": "1234567"},
		"long secret":  {"url": url, "secret_token": strings.Repeat("a", 257)},
		"no secret":    {"url": url},
		"no address":   {"url": "x", "secret_token": secret},
	} {
		check(t, name, do(t, s, "setWebhook", params), 400, "")
	}
}

func TestSettingAWebhookTriesTheAddress(t *testing.T) {
	s, _ := start(t)
	for status, outcome := range map[int]string{200: "webhook.ok", 403: "webhook.http.403", 503: "webhook.http.5xx", 302: "webhook.http.other"} {
		url := hook(t, func(_ string, r *http.Request) int {
			if r.Header.Get("X-Bot-Api-Secret-Token") != secret {
				t.Error("no secret")
			}
			return status
		})
		r := do(t, s, "setWebhook", fields{"url": url, "secret_token": secret})
		if !strings.Contains(string(r.Result), `"outcome":"`+outcome+`"`) {
			t.Errorf("%d: %s", status, r.Result)
		}
		do(t, s, "deleteWebhook", fields{})
	}
	gone := do(t, s, "setWebhook", fields{"url": "http://127.0.0.1:1", "secret_token": secret})
	if !strings.Contains(string(gone.Result), "webhook.err.unreachable") {
		t.Errorf("%s", gone.Result)
	}
}

func TestAWebhookGetsUpdatesInOrderUntilItTakesThem(t *testing.T) {
	for wrapped, prefix := range map[bool]string{false: `{"event_name"`, true: `{"ok":true,"result":{"event_name"`} {
		s := zalobottest.New()
		t.Cleanup(s.Close)
		s.RetryAfter(time.Millisecond)
		if wrapped {
			s.Wrap()
		}
		bodies, statuses := make(chan string), make(chan int, 4)
		url := hook(t, func(body string, _ *http.Request) int {
			if body == "{}" {
				return 200
			}
			bodies <- body
			return <-statuses
		})
		p := s.Person("Nguyễn Văn A")
		p.Send("một")
		p.Send("hai")
		do(t, s, "setWebhook", fields{"url": url, "secret_token": secret})
		for _, step := range []struct {
			text   string
			status int
		}{{"một", 500}, {"một", 200}, {"hai", 200}} {
			statuses <- step.status
			if body := <-bodies; !strings.HasPrefix(body, prefix) || !strings.Contains(body, step.text) {
				t.Errorf("wrapped %t: want %q, got %s", wrapped, step.text, body)
			}
		}
	}
}

func TestWaitFor(t *testing.T) {
	s, p := start(t)
	waited := make(chan error)
	go func() { waited <- p.WaitFor(t.Context(), 2) }()
	for range 2 {
		do(t, s, "sendMessage", fields{"chat_id": p.Chat(), "text": "x"})
	}
	if err := <-waited; err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.WaitFor(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("gave up with %v", err)
	}
}
