package zalobottest_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"khoinghiep/bot/zalobot/zalobottest"
)

// result is what the API answers.
type result struct {
	OK          bool
	Code        int `json:"error_code"`
	Description string
	Result      json.RawMessage
}

// do calls a method with the token and checks that the HTTP status is 200, as it always is.
func do(t *testing.T, s *zalobottest.Server, method string, params any) result {
	t.Helper()
	return call(t, s.URL+"/bot"+zalobottest.Token+"/"+method, params)
}

func call(t *testing.T, address string, params any) (r result) {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("status %s, %v", resp.Status, err)
	}
	return r
}

func check(t *testing.T, name string, r result, code int, refusal string) {
	t.Helper()
	switch {
	case code == 0 && !r.OK:
		t.Errorf("%s: refused: %s", name, r.Description)
	case code != 0 && (r.OK || r.Code != code || !strings.Contains(r.Description, refusal)):
		t.Errorf("%s: want %d %s, got %+v", name, code, refusal, r)
	}
}

// start gives a server and a person who has written to the bot.
func start(t *testing.T) (*zalobottest.Server, *zalobottest.Person) {
	t.Helper()
	s := zalobottest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	p.Send("Xin chào")
	return s, p
}

type fields map[string]any

func TestMessagesAreRefusedAsThePlatformDoes(t *testing.T) {
	s, p := start(t)
	stranger := s.Person("Trần Thị C")
	for _, c := range []struct {
		name, method string
		params       fields
		code         int
		refusal      string
	}{
		{"plain", "sendMessage", fields{"chat_id": p.Chat(), "text": "Xin chào"}, 0, ""},
		{"as long as can be", "sendMessage", fields{"chat_id": p.Chat(), "text": strings.Repeat("ế", 2000)}, 0, ""},
		{"too long", "sendMessage", fields{"chat_id": p.Chat(), "text": strings.Repeat("ế", 2001)}, 400, "2000"},
		{"too long in UTF-16", "sendMessage", fields{"chat_id": p.Chat(), "text": strings.Repeat("🚀", 1001)}, 400, "2000"},
		{"blank", "sendMessage", fields{"chat_id": p.Chat(), "text": " \n"}, 400, "non-empty"},
		{"unknown chat", "sendMessage", fields{"chat_id": "x", "text": "x"}, 400, "chat not found"},
		{"never wrote", "sendMessage", fields{"chat_id": stranger.Chat(), "text": "x"}, 400, "chat not found"},
		{"a number as text", "sendMessage", fields{"chat_id": p.Chat(), "text": 1}, 400, "JSON"},
		{"not an object", "sendMessage", nil, 400, "non-empty"},
		{"sticker", "sendSticker", fields{"chat_id": p.Chat(), "sticker": "0e078a2fb66a5f34067b"}, 0, ""},
		{"no sticker", "sendSticker", fields{"chat_id": p.Chat()}, 400, "non-empty"},
		{"typing", "sendChatAction", fields{"chat_id": p.Chat(), "action": "typing"}, 0, ""},
		{"dancing", "sendChatAction", fields{"chat_id": p.Chat(), "action": "dancing"}, 400, "action"},
		{"typing to nobody", "sendChatAction", fields{"chat_id": "x", "action": "typing"}, 400, "chat not found"},
		{"unknown method", "editMessageText", fields{}, 400, "no such method"},
	} {
		check(t, c.name, do(t, s, c.method, c.params), c.code, c.refusal)
	}
	check(t, "wrong token", call(t, s.URL+"/bot1:wrong/getMe", fields{}), 401, "Unauthorized")
}

func TestPhotosAreFetchedFromTheirAddress(t *testing.T) {
	s, p := start(t)
	png := []byte("\x89PNG\x0D\x0A\x1A\x0A")
	p.SendPhoto(png, "")
	p.SendPhoto([]byte("no photo"), "")
	do(t, s, "getUpdates", fields{"timeout": 1})
	var addresses []string
	for range 2 {
		var update struct{ Message struct{ Photo string } }
		if err := json.Unmarshal(do(t, s, "getUpdates", fields{"timeout": 1}).Result, &update); err != nil {
			t.Fatal(err)
		}
		addresses = append(addresses, update.Message.Photo)
	}
	for _, c := range []struct{ name, photo, caption, refusal string }{
		{"image", addresses[0], "Ảnh", ""},
		{"not an image", addresses[1], "", "not an image"},
		{"missing", s.URL + "/photo/none", "", "cannot fetch"},
		{"nobody there", "http://127.0.0.1:1/a.png", "", "cannot fetch"},
		{"no address", "a.png", "", "URL"},
		{"long caption", addresses[0], strings.Repeat("a", 2001), "2000"},
	} {
		code := 400
		if c.refusal == "" {
			code = 0
		}
		check(t, c.name, do(t, s, "sendPhoto", fields{"chat_id": p.Chat(), "photo": c.photo, "caption": c.caption}), code, c.refusal)
	}
	if got := p.Inbox(); len(got) != 1 || got[0].Text != "Ảnh" || !bytes.Equal(got[0].Photo, png) {
		t.Errorf("%+v", got)
	}
}

func TestThePlanRunsOut(t *testing.T) {
	s, p := start(t)
	q := s.Person("Lê Thị B")
	q.Met()
	send := func(to *zalobottest.Person) result {
		return do(t, s, "sendMessage", fields{"chat_id": to.Chat(), "text": "x"})
	}
	s.Plan(2, 1)
	check(t, "first", send(p), 0, "")
	check(t, "another person", send(q), 429, "Quota exceeded")
	check(t, "the same person", send(p), 0, "")
	check(t, "third", send(p), 429, "Quota exceeded")
}

func TestFaultsComeWhenAskedFor(t *testing.T) {
	s, p := start(t)
	send := func() result { return do(t, s, "sendMessage", fields{"chat_id": p.Chat(), "text": "x"}) }
	s.Fail("sendMessage", zalobottest.First(2, zalobottest.Refuse(429, "Quota exceeded")))
	check(t, "first", send(), 429, "Quota")
	check(t, "second", send(), 429, "Quota")
	check(t, "after the trouble", send(), 0, "")
	s.Fail("", zalobottest.Always(zalobottest.Refuse(403, "Internal server error")))
	check(t, "all methods", do(t, s, "getMe", fields{}), 403, "Internal")
	s.Fail("", nil)
	lost := zalobottest.Refuse(408, "Request timeout")
	lost.Done = true
	s.Fail("sendMessage", zalobottest.First(1, lost))
	check(t, "carried out, answer lost", send(), 408, "timeout")
	if p.Received() != 2 || s.Calls("sendMessage") != 4 || s.Calls("") != 5 {
		t.Errorf("%d received, %d and %d calls", p.Received(), s.Calls("sendMessage"), s.Calls(""))
	}
}
