package zalobot_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/zalobot"
	"khoinghiep/bot/zalobot/zalobottest"
)

// recorder starts a server that accepts everything as message 77 and gives "method body" of the calls it got.
func recorder(t *testing.T) (url string, calls <-chan string) {
	t.Helper()
	got := make(chan string, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- strings.TrimPrefix(r.URL.Path, "/bot"+zalobottest.Token+"/") + " " + string(body)
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":"77","date":1749632637199}}`)
	}))
	t.Cleanup(s.Close)
	return s.URL, got
}

// linked gives files with an ID a link.
func linked(cfg *zalobot.Config) {
	cfg.Link = func(f bot.File) string { return "https://a.vn/f/" + f.ID }
}

func TestSendMakesExactlyTheseRequests(t *testing.T) {
	const noFile = `"Ở đây mình không gửi được tệp. Bạn mở trợ lý trên trang web hoặc Telegram để nhận tệp."`
	url, calls := recorder(t)
	with, without := connect(t, url, linked), connect(t, url)
	for _, test := range []struct {
		name    string
		channel *zalobot.Channel
		m       bot.Outgoing
		want    string
	}{
		{"text", with, bot.Outgoing{Text: `Bạn tên "gì"?`}, `sendMessage {"chat_id":"42","text":"Bạn tên \"gì\"?"}`},
		{"title", with, bot.Outgoing{Title: "Bước 2/6", Text: "Tên?"}, `sendMessage {"chat_id":"42","text":"Bước 2/6\nTên?"}`},
		{"photo", with, bot.Outgoing{Text: "Biểu đồ", File: &bot.File{ID: "p1", Image: true}},
			`sendPhoto {"chat_id":"42","photo":"https://a.vn/f/p1","caption":"Biểu đồ"}`},
		{"photo alone", with, bot.Outgoing{File: &bot.File{ID: "p1", Image: true}}, `sendPhoto {"chat_id":"42","photo":"https://a.vn/f/p1"}`},
		{"document", with, bot.Outgoing{Text: "Mẫu đây.", File: &bot.File{ID: "d1", Name: "mau.docx"}},
			`sendMessage {"chat_id":"42","text":"Mẫu đây.\n\nXem tệp: https://a.vn/f/d1"}`},
		{"document alone", with, bot.Outgoing{File: &bot.File{ID: "d1"}}, `sendMessage {"chat_id":"42","text":"Xem tệp: https://a.vn/f/d1"}`},
		{"file without an id", with, bot.Outgoing{File: &bot.File{Name: "a.xlsx", Data: []byte("PK")}}, `sendMessage {"chat_id":"42","text":` + noFile + `}`},
		{"no links", without, bot.Outgoing{File: &bot.File{ID: "p1", Image: true}}, `sendMessage {"chat_id":"42","text":` + noFile + `}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			id, err := test.channel.Send(t.Context(), "42", test.m)
			if err != nil || id != "77" {
				t.Fatalf("Send = %q, %v", id, err)
			}
			if got := <-calls; got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAPhotoArrivesByItsLink(t *testing.T) {
	s, p := platform(t)
	png := []byte("\x89PNG\x0D\x0A\x1A\x0A")
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(png) }))
	t.Cleanup(ours.Close)
	c := connect(t, s.URL, func(cfg *zalobot.Config) { cfg.Link = func(f bot.File) string { return ours.URL + "/" + f.ID } })
	id, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Biểu đồ", File: &bot.File{ID: "p1", Image: true}})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Inbox(); len(got) != 1 || got[0].ID != id || got[0].Text != "Biểu đồ" || !bytes.Equal(got[0].Photo, png) {
		t.Errorf("%+v", got)
	}
}

func TestALongTextFitsWhenItWasSplit(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	long := bot.Outgoing{Title: "Kế hoạch", Text: strings.Repeat("Đổi mới & sáng tạo 🚀 <2026>. ", 200)}
	if _, err := c.Send(t.Context(), p.Chat(), long); !errors.Is(err, bot.ErrRejected) {
		t.Fatalf("unsplit: %v", err)
	}
	for _, part := range bot.Split(long, c.Can().TextLimit) {
		if _, err := c.Send(t.Context(), p.Chat(), part); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Inbox(); len(got) < 3 || !strings.HasPrefix(got[0].Text, "Kế hoạch\nĐổi mới & sáng tạo 🚀 <2026>.") {
		t.Errorf("%d parts, first %.60s", len(got), got[0].Text)
	}
}

func TestButtonsBecomeNumberedChoices(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	menu := bot.Outgoing{Text: "Bạn cần gì?", Buttons: []bot.Button{
		{Label: "Đăng ký", Data: "a"}, {Label: "Trang web", URL: "https://a.vn"}, {Label: "Gửi số", Contact: true}, {Label: "Sự kiện", Data: "b"},
	}}
	if _, err := c.Send(t.Context(), p.Chat(), form.Layout(menu, c.Can())); err != nil {
		t.Fatal(err)
	}
	want := "Bạn cần gì?\n\n1. Đăng ký\nTrang web: https://a.vn\n2. Sự kiện\n\nGõ số để chọn."
	if got := p.Inbox()[0].Text; got != want {
		t.Errorf("got %q", got)
	}
}

func TestAMessageWithoutAnIDCountsAsSent(t *testing.T) {
	for _, body := range []string{`{"ok":true}`, `{"ok":true,"result":true}`, `{"ok":true,"result":{"message_id":7}}`} {
		count := &counter{}
		c := connect(t, answering(t, 200, body), func(cfg *zalobot.Config) { cfg.Counter = count })
		id, err := c.Send(t.Context(), "1", bot.Outgoing{Text: "x"})
		if err != nil || id != "" || len(count.sent) != 1 {
			t.Errorf("%s: %q, %v, %d counted", body, id, err, len(count.sent))
		}
	}
}

func TestTypingMayFailInAnyWay(t *testing.T) {
	s, p := platform(t)
	var log journal
	c := connect(t, s.URL, log.use)
	c.Typing(t.Context(), p.Chat())
	if s.Calls("sendChatAction") != 1 || log.String() != "" {
		t.Errorf("%d calls, logged %q", s.Calls("sendChatAction"), log.String())
	}
	for _, fault := range []zalobottest.Fault{zalobottest.Refuse(400, "Bad request"), {}, zalobottest.Page(501), {Cut: true}} {
		s.Fail("sendChatAction", zalobottest.Always(fault))
		c.Typing(t.Context(), p.Chat())
	}
	if text := log.String(); strings.Count(text, "level=DEBUG") != 4 || strings.Contains(text, "level=WARN") {
		t.Errorf("logged:\n%s", text)
	}
}
