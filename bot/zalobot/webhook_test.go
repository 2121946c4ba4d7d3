package zalobot_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
)

func noSecret(cfg *zalobot.Config) { cfg.Secret = "" }

// listen serves a channel's webhook and gives what people did.
func listen(t *testing.T, c *zalobot.Channel) (url string, got <-chan bot.Incoming) {
	t.Helper()
	updates := make(chan bot.Incoming, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list, err := c.Receive(r)
		if err != nil {
			http.Error(w, "no", http.StatusForbidden)
		}
		for _, in := range list {
			updates <- in
		}
	}))
	t.Cleanup(hook.Close)
	return hook.URL, updates
}

func TestAWebhookGetsWhatPollingLeft(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	url, got := listen(t, c)
	if err := c.SetWebhook(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	s.Wrap()
	p.Send("một")
	if first, second := <-got, <-got; first.Text != "Xin chào" || second.Text != "một" {
		t.Errorf("received %q, %q", first.Text, second.Text)
	}
	if err := c.DropWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Send("hai")
	updates, stop := poll(t, c)
	for h := range updates { // the last delivered one may come again
		h.settle <- nil
		if h.in.Text == "hai" {
			break
		}
	}
	stop()
}

func TestSetWebhookTellsWhatZaloFoundAtTheAddress(t *testing.T) {
	s, _ := platform(t)
	url, _ := listen(t, connect(t, "", func(cfg *zalobot.Config) { cfg.Secret = "another-secret" }))
	err := connect(t, s.URL).SetWebhook(t.Context(), url)
	if err == nil || !strings.Contains(err.Error(), "webhook.http.403") {
		t.Errorf("%v", err)
	}
	for _, answer := range []string{`{"ok":true}`, `{"ok":true,"result":{"url":"x","updated_at":1}}`, `{"ok":true,"result":{"verification":"none"}}`} {
		if err := connect(t, answering(t, http.StatusOK, answer)).SetWebhook(t.Context(), url); err != nil {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestAWebhookNeedsASecret(t *testing.T) {
	s, _ := platform(t)
	if err := connect(t, s.URL, noSecret).SetWebhook(t.Context(), "https://example.vn/hooks/zalobot"); err == nil {
		t.Error("a webhook was set that would refuse every call")
	}
	if n := s.Calls("setWebhook"); n != 0 {
		t.Errorf("%d calls of setWebhook", n)
	}
}
