package telegram_test

import (
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
)

func TestAckStopsTheSpinner(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn", Buttons: []bot.Button{{Label: "Có", Data: "co"}}}); err != nil {
		t.Fatal(err)
	}
	updates, stop := poll(t, c)
	next(t, updates).settle <- nil
	if err := p.Press("Có"); err != nil {
		t.Fatal(err)
	}
	press := next(t, updates)
	press.settle <- nil
	if press.in.Button != "co" || press.in.Pressed != "2" || p.Waiting() != 1 {
		t.Errorf("%+v, %d waiting", press.in, p.Waiting())
	}
	c.Ack(t.Context(), press.in)
	if p.Waiting() != 0 {
		t.Error("the button still waits")
	}
	c.Ack(t.Context(), bot.Incoming{})
	if n := s.Calls("answerCallbackQuery"); n != 1 {
		t.Errorf("%d calls; what is no press needs none", n)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestOptionalCallsMayFailInAnyWay(t *testing.T) {
	s, p := platform(t)
	var log journal
	c := connect(t, s.URL, log.use)
	for name, fault := range map[string]telegramtest.Fault{
		"unknown":   telegramtest.Refuse(404, "Not Found"),
		"empty":     {},
		"empty 500": {Status: 500},
		"page":      telegramtest.Page(501),
		"cut":       {Cut: true},
		"too old":   telegramtest.Refuse(400, "Bad Request: query is too old"),
	} {
		s.Fail("", telegramtest.Always(fault))
		c.Ack(t.Context(), bot.Incoming{Ack: "1"})
		c.Typing(t.Context(), p.Chat())
		if err := c.SetCommands(t.Context(), []telegram.Command{{Name: "menu", Label: "Danh mục"}}); err == nil {
			t.Errorf("%s: SetCommands hides the error", name)
		}
	}
	if text := log.String(); strings.Count(text, "level=DEBUG") != 12 || strings.Contains(text, "level=WARN") {
		t.Errorf("logged:\n%s", text)
	}
	s.Fail("", nil)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Vẫn nói chuyện được"}); err != nil {
		t.Error(err)
	}
}

func TestTypingAndCommands(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	c.Typing(t.Context(), p.Chat())
	if s.Calls("sendChatAction") != 1 {
		t.Error("no sendChatAction")
	}
	if err := c.SetCommands(t.Context(), []telegram.Command{{Name: "dangky", Label: "Đăng ký"}}); err != nil {
		t.Fatal(err)
	}
	if got := s.Commands(); got != `[{"command":"dangky","description":"Đăng ký"}]` {
		t.Error(got)
	}
}
