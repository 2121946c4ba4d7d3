package telegramtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"khoinghiep/bot/telegram/telegramtest"
)

func TestPressingButtonsAndKeys(t *testing.T) {
	s, p := start(t)
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Một", "reply_markup", inline(`{"text":"Có","callback_data":"co:1"}`))
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Hai", "reply_markup", inline(`{"text":"Có","callback_data":"co:2"}`, `{"text":"Mở","url":"https://a.vn"}`))
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Ba", "reply_markup", `{"keyboard":[[{"text":"Chia sẻ","request_contact":true},{"text":"Quay lại"}]]}`)
	for _, press := range []error{p.Press("Có"), p.PressMessage(2, "Có"), p.Press("Chia sẻ"), p.Press("Quay lại")} {
		if press != nil {
			t.Fatal(press)
		}
	}
	if p.Press("Không") == nil || p.Press("Mở") == nil || p.PressMessage(3, "Không") == nil || p.PressMessage(99, "Có") == nil {
		t.Error("pressed what is not there")
	}
	got := string(do(t, s, "getUpdates").Result)
	for _, part := range []string{`"data":"co:2"`, `"data":"co:1"`, `"phone_number":"` + p.Phone, `"text":"Quay lại"`} {
		before, after, found := strings.Cut(got, part)
		if !found {
			t.Fatalf("%s is not in its place in %s", part, before)
		}
		got = after
	}
}

func TestAPressIsAnsweredOnce(t *testing.T) {
	s, p := start(t)
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Một", "reply_markup", inline(okButton))
	if err := p.Press("x"); err != nil {
		t.Fatal(err)
	}
	if p.Waiting() != 1 {
		t.Errorf("%d wait", p.Waiting())
	}
	check(t, "first", do(t, s, "answerCallbackQuery", "callback_query_id", "1"), 0, "")
	check(t, "second", do(t, s, "answerCallbackQuery", "callback_query_id", "1"), 400, "query is too old")
	check(t, "unknown", do(t, s, "answerCallbackQuery", "callback_query_id", "x"), 400, "query is too old")
	if p.Waiting() != 0 {
		t.Errorf("%d wait", p.Waiting())
	}
}

func TestEditing(t *testing.T) {
	s, p := start(t)
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Một", "reply_markup", inline(okButton))
	edit := func(id, text, markup string) result {
		return do(t, s, "editMessageText", "chat_id", p.Chat(), "message_id", id, "text", text, "reply_markup", markup)
	}
	check(t, "same", edit("2", "Một", inline(okButton)), 400, "message is not modified")
	check(t, "other text", edit("2", "Hai", inline(okButton)), 0, "")
	check(t, "without buttons", edit("2", "Hai", ""), 0, "")
	check(t, "empty", edit("2", " ", ""), 400, "message text is empty")
	check(t, "the person's own", edit("1", "Hai", ""), 400, "message to edit not found")
	check(t, "reply keyboard", edit("2", "Ba", `{"keyboard":[[{"text":"a"}]]}`), 400, "inline keyboard expected")
	if m := p.Inbox()[0]; m.Text != "Hai" || !m.Edited || len(m.Buttons) != 0 || p.Received() != 3 {
		t.Errorf("%+v, %d received", m, p.Received())
	}
}

func TestTheInboxShowsTextWithoutTags(t *testing.T) {
	s, p := start(t)
	do(t, s, "sendMessage", "chat_id", p.Chat(), "parse_mode", "HTML", "text", "<b>Bước 2/6</b>\nA &lt;&amp;&gt; B&#39;s")
	if got := p.Inbox()[0].Text; got != "Bước 2/6\nA <&> B's" {
		t.Errorf("%q", got)
	}
	s.Forgetful()
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "x")
	if n := len(p.Inbox()); n != 1 || p.Received() != 2 {
		t.Errorf("%d kept of %d", n, p.Received())
	}
}

func TestStartRefusesPayloadsThatNoLinkCanHold(t *testing.T) {
	_, p := start(t)
	for payload, ok := range map[string]bool{
		"": true, "su-kien_12": true, strings.Repeat("a", 64): true,
		strings.Repeat("a", 65): false, "a b": false, "á": false, "a=b": false,
	} {
		if err := p.Start(payload); (err == nil) != ok {
			t.Errorf("%q: %v", payload, err)
		}
	}
}

func TestWaitFor(t *testing.T) {
	s, p := start(t)
	waited := make(chan error)
	go func() { waited <- p.WaitFor(t.Context(), 2) }()
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "x")
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "y")
	if err := <-waited; err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.WaitFor(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("gave up with %v", err)
	}
}

func TestFaultsComeWhenAskedFor(t *testing.T) {
	s, p := start(t)
	send := func() result { return do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "x") }
	s.Fail("sendMessage", telegramtest.First(2, telegramtest.TooMany(5)))
	for range 2 {
		if r := send(); r.Code != 429 || r.Parameters.RetryAfter != 5 {
			t.Errorf("%+v", r)
		}
	}
	check(t, "after the trouble", send(), 0, "")
	s.Fail("", telegramtest.Always(telegramtest.Refuse(500, "Internal Server Error")))
	check(t, "all methods", do(t, s, "getMe"), 500, "Internal")
	s.Fail("", nil)
	lost := telegramtest.Refuse(502, "Bad Gateway")
	lost.Done = true
	s.Fail("sendMessage", telegramtest.First(1, lost))
	check(t, "carried out, answer lost", send(), 502, "Bad Gateway")
	if p.Received() != 2 || s.Calls("sendMessage") != 4 || s.Calls("") != 5 {
		t.Errorf("%d received, %d and %d calls", p.Received(), s.Calls("sendMessage"), s.Calls(""))
	}
}
