package telegram_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
)

func TestAWebhookGetsWhatPollingLeft(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	got := make(chan bot.Incoming, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		list, err := c.Receive(r)
		if err != nil {
			t.Error(err)
		}
		for _, in := range list {
			got <- in
		}
	}))
	t.Cleanup(hook.Close)
	if err := c.SetWebhook(t.Context(), hook.URL); err != nil {
		t.Fatal(err)
	}
	p.Send("một")
	if first, second := <-got, <-got; first.Text != "/start" || second.Text != "một" {
		t.Errorf("received %q, %q", first.Text, second.Text)
	}
	if err := c.DropWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Send("hai")
	updates, stop := poll(t, c)
	for h := range updates { // the last delivered ones may come again
		h.settle <- nil
		if h.in.Text == "hai" {
			break
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestAWebhookNeedsASecret(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s.URL, func(cfg *telegram.Config) { cfg.Secret = "" })
	if err := c.SetWebhook(t.Context(), "https://example.vn/hooks/telegram"); err == nil {
		t.Error("a webhook was set that would refuse every call")
	}
	if n := s.Calls("setWebhook"); n != 0 {
		t.Errorf("%d calls of setWebhook", n)
	}
}

func TestSetWebhookAsksForWhatIsUnderstood(t *testing.T) {
	url, calls := recorder(t)
	if err := connect(t, url).SetWebhook(t.Context(), "https://example.vn/hooks/telegram"); err != nil {
		t.Fatal(err)
	}
	got := <-calls
	for name, want := range map[string]string{
		"url": "https://example.vn/hooks/telegram", "secret_token": secret,
		"allowed_updates": `["message","edited_message","callback_query","my_chat_member"]`,
	} {
		if got.params[name] != want {
			t.Errorf("%s: %q, want %q", name, got.params[name], want)
		}
	}
}
