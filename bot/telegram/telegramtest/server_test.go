package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"khoinghiep/bot/telegram/telegramtest"
)

// result is what the Bot API answers.
type result struct {
	OK          bool
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
	Result json.RawMessage
}

// do calls a method with pairs of names and values.
func do(t *testing.T, s *telegramtest.Server, method string, pairs ...string) result {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	address := s.URL + "/bot" + telegramtest.Token + "/" + method
	status, answer := post(t, address, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	return decode(t, status, answer)
}

func post(t *testing.T, address, kind string, body io.Reader) (status int, answer []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}

func decode(t *testing.T, status int, answer []byte) (r result) {
	t.Helper()
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	if !r.OK && r.Code != status {
		t.Errorf("error code %d with HTTP status %d", r.Code, status)
	}
	return r
}

// upload calls a method with a file.
func upload(t *testing.T, s *telegramtest.Server, method, field string, data []byte, chat string) result {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, "a.bin")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(data) // to memory
	_ = form.WriteField("chat_id", chat)
	_ = form.Close()
	status, answer := post(t, s.URL+"/bot"+telegramtest.Token+"/"+method, form.FormDataContentType(), &body)
	return decode(t, status, answer)
}

// start gives a server and a person who has written to the bot; the message has id 1.
func start(t *testing.T) (*telegramtest.Server, *telegramtest.Person) {
	t.Helper()
	s := telegramtest.New()
	t.Cleanup(s.Close)
	p := s.Person("Nguyễn Văn A")
	p.Send("Xin chào")
	return s, p
}

func inline(buttons ...string) string {
	return `{"inline_keyboard":[[` + strings.Join(buttons, ",") + `]]}`
}

const okButton = `{"text":"x","callback_data":"x"}`

func repeated(n int, row string) string {
	return `{"inline_keyboard":[` + strings.TrimSuffix(strings.Repeat("["+row+"],", n), ",") + `]}`
}

var messages = []struct{ name, text, markup, refusal string }{
	{"plain", "Xin chào", "", ""},
	{"all tags", `<b>a</b> <i><u>b</u></i> <a href="https://a.vn">c</a> <code>d</code>`, "", ""},
	{"entities", "&lt;&gt;&amp;&quot;&#39;&#x27;", "", ""},
	{"empty", "", "", "message text is empty"},
	{"blank", " \n", "", "message text is empty"},
	{"empty without tags", "<b></b>", "", "message text is empty"},
	{"as long as can be", strings.Repeat("ế", 4096), "", ""},
	{"too long", strings.Repeat("ế", 4097), "", "message is too long"},
	{"long without its tags", "<b>" + strings.Repeat("&amp;", 4096) + "</b>", "", ""},
	{"too long in UTF-16", strings.Repeat("🚀", 2049), "", "message is too long"},
	{"unknown tag", "<h1>a</h1>", "", "Unsupported start tag"},
	{"unclosed", "<b>a", "", "Can't find end tag"},
	{"crossed", "<b><i>a</b></i>", "", "Unmatched end tag"},
	{"bare sign", "1 < 2", "", "can't parse entities"},
	{"bare ampersand", "R&D", "", "can't parse entities"},
	{"no UTF-8", "a\xff", "", "UTF-8"},
	{"button", "x", inline(okButton), ""},
	{"link", "x", inline(`{"text":"x","url":"https://a.vn"}`), ""},
	{"not a link", "x", inline(`{"text":"x","url":"a.vn"}`), "URL"},
	{"data of 64 bytes", "x", inline(`{"text":"x","callback_data":"` + strings.Repeat("a", 64) + `"}`), ""},
	{"data of 65 bytes", "x", inline(`{"text":"x","callback_data":"a` + strings.Repeat("ê", 32) + `"}`), "BUTTON_DATA_INVALID"},
	{"empty data", "x", inline(`{"text":"x","callback_data":""}`), "BUTTON_DATA_INVALID"},
	{"no action", "x", inline(`{"text":"x"}`), "Text buttons are unallowed"},
	{"two actions", "x", inline(`{"text":"x","callback_data":"a","url":"https://a.vn"}`), "exactly one action"},
	{"no label", "x", inline(`{"text":"","callback_data":"a"}`), "non-empty"},
	{"8 a row", "x", inline(strings.Repeat(okButton+",", 7) + okButton), ""},
	{"9 a row", "x", inline(strings.Repeat(okButton+",", 8) + okButton), "BUTTON_COUNT_INVALID"},
	{"100 buttons", "x", repeated(100, okButton), ""},
	{"101 buttons", "x", repeated(101, okButton), "BUTTON_COUNT_INVALID"},
	{"no keyboard", "x", `{}`, "object expected"},
	{"no JSON", "x", `{`, "can't parse reply keyboard"},
}

func TestSendMessageRefusesWhatTelegramRefuses(t *testing.T) {
	s, p := start(t)
	for _, m := range messages {
		r := do(t, s, "sendMessage", "chat_id", p.Chat(), "parse_mode", "HTML", "text", m.text, "reply_markup", m.markup)
		check(t, m.name, r, 400, m.refusal)
	}
}

func check(t *testing.T, name string, r result, code int, refusal string) {
	t.Helper()
	switch {
	case refusal == "" && !r.OK:
		t.Errorf("%s: refused: %s", name, r.Description)
	case refusal != "" && (r.OK || r.Code != code || !strings.Contains(r.Description, refusal)):
		t.Errorf("%s: want %d %s, got %+v", name, code, refusal, r)
	}
}

func TestFilesAreRefusedAsTelegramDoes(t *testing.T) {
	s, p := start(t)
	png := []byte("\x89PNG\x0D\x0A\x1A\x0A")
	check(t, "document", upload(t, s, "sendDocument", "document", []byte("x"), p.Chat()), 0, "")
	check(t, "photo", upload(t, s, "sendPhoto", "photo", png, p.Chat()), 0, "")
	check(t, "no photo", upload(t, s, "sendPhoto", "photo", []byte("x"), p.Chat()), 400, "IMAGE_PROCESS_FAILED")
	check(t, "empty", upload(t, s, "sendDocument", "document", nil, p.Chat()), 400, "non-empty")
	check(t, "unknown id", do(t, s, "sendDocument", "chat_id", p.Chat(), "document", "x"), 400, "wrong file identifier")
	large := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/bot"+telegramtest.Token+"/sendDocument", http.NoBody)
	large.ContentLength = 52 << 20
	refused := httptest.NewRecorder()
	s.ServeHTTP(refused, large)
	check(t, "too large", decode(t, refused.Code, refused.Body.Bytes()), 413, "Too Large")
	p.SendDocument("a.pdf", "application/pdf", []byte("%PDF"))
	check(t, "resent", do(t, s, "sendDocument", "chat_id", p.Chat(), "document", "file-1"), 0, "")
	check(t, "caption", do(t, s, "sendDocument", "chat_id", p.Chat(), "document", "file-1", "caption", strings.Repeat("a", 1025)), 400, "too long")
	p.SendDocument("b.bin", "", make([]byte, 20<<20+1))
	check(t, "large download", do(t, s, "getFile", "file_id", "file-2"), 400, "file is too big")
	check(t, "download", do(t, s, "getFile", "file_id", "file-1"), 0, "")
	_, data := post(t, s.URL+"/file/bot"+telegramtest.Token+"/documents/file_1", "", http.NoBody)
	if string(data) != "%PDF" {
		t.Errorf("downloaded %q", data)
	}
}

func TestOnlyOnesWhoWroteAndDidNotBlockAreReached(t *testing.T) {
	s, p := start(t)
	stranger := s.Person("Trần Thị C")
	send := func(chat string) result { return do(t, s, "sendMessage", "chat_id", chat, "text", "x") }
	check(t, "unknown", send("1"), 400, "chat not found")
	check(t, "no number", send("@a"), 400, "chat not found")
	check(t, "never wrote", send(stranger.Chat()), 400, "chat not found")
	p.Block()
	check(t, "blocked", send(p.Chat()), 403, "bot was blocked by the user")
	p.Unblock()
	check(t, "unblocked", send(p.Chat()), 0, "")
	check(t, "unknown method", do(t, s, "sendHologram"), 404, "Not Found")
	status, answer := post(t, s.URL+"/bot1:wrong/getMe", "", http.NoBody)
	check(t, "wrong token", decode(t, status, answer), 401, "Unauthorized")
}
