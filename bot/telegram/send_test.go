package telegram_test

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
)

// recorded is one call as the server got it.
type recorded struct {
	method string
	params map[string]string
	file   string // field/name/content of an upload
}

// recorder starts a server that accepts everything as message 77 and gives the calls it got.
func recorder(t *testing.T) (url string, calls <-chan recorded) {
	t.Helper()
	got := make(chan recorded, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseMultipartForm(1 << 20) // a form that is not multipart is fine
		call := recorded{method: strings.TrimPrefix(r.URL.Path, "/bot"+telegramtest.Token+"/"), params: map[string]string{}}
		for name, values := range r.Form {
			call.params[name] = values[0]
		}
		if r.MultipartForm != nil {
			for field, parts := range r.MultipartForm.File {
				part, err := parts[0].Open()
				if err != nil {
					t.Error(err)
				}
				content, _ := io.ReadAll(part)
				call.file = field + "/" + parts[0].Filename + "/" + string(content)
			}
		}
		got <- call
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":77,"date":1,"chat":{"id":42,"type":"private"}}}`)
	}))
	t.Cleanup(s.Close)
	return s.URL, got
}

const noPreview = `{"is_disabled":true}`

var requests = []struct {
	name string
	m    bot.Outgoing
	want recorded
}{
	{"text", bot.Outgoing{Text: "Bạn tên gì?"}, recorded{"sendMessage", map[string]string{
		"chat_id": "42", "parse_mode": "HTML", "text": "Bạn tên gì?", "link_preview_options": noPreview}, ""}},
	{"title, escaped", bot.Outgoing{Title: "A<b>&", Text: `"1" < '2'`}, recorded{"sendMessage", map[string]string{
		"chat_id": "42", "parse_mode": "HTML", "link_preview_options": noPreview,
		"text": "<b>A&lt;b&gt;&amp;</b>\n&#34;1&#34; &lt; &#39;2&#39;"}, ""}},
	{"title alone", bot.Outgoing{Title: "Xong"}, recorded{"sendMessage", map[string]string{
		"chat_id": "42", "parse_mode": "HTML", "text": "<b>Xong</b>", "link_preview_options": noPreview}, ""}},
	{"document", bot.Outgoing{Text: "Mẫu & hướng dẫn", File: &bot.File{Name: "mau.docx", Data: []byte("PK")},
		Buttons: []bot.Button{{Label: "Xong", Data: "xong"}}}, recorded{"sendDocument", map[string]string{
		"chat_id": "42", "parse_mode": "HTML", "caption": "Mẫu &amp; hướng dẫn",
		"reply_markup": `{"inline_keyboard":[[{"text":"Xong","callback_data":"xong"}]]}`}, "document/mau.docx/PK"}},
	{"photo", bot.Outgoing{File: &bot.File{Name: "qr.png", Data: []byte("PNG"), Image: true}}, recorded{"sendPhoto",
		map[string]string{"chat_id": "42", "parse_mode": "HTML"}, "photo/qr.png/PNG"}},
	{"known file", bot.Outgoing{File: &bot.File{ID: "D1"}}, recorded{"sendDocument",
		map[string]string{"chat_id": "42", "parse_mode": "HTML", "document": "D1"}, ""}},
}

func TestSendGivesTheIDOfTheMessage(t *testing.T) {
	for result, want := range map[string]string{
		`{"message_id":77,"date":1,"text":"message_id"}`:                    "77",
		`{"chat":{"message_id":1},"date":[2,{}],"message_id":77,"text":""}`: "77",
		`{"date":1}`:           "",
		`{"message_id":0}`:     "",
		`{"message_id":"odd"}`: "",
		`{"message_id":{}}`:    "",
		`[1,"message_id",77]`:  "",
		`"message_id"`:         "",
		`true`:                 "",
		`null`:                 "",
		`{}`:                   "",
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ok":true,"result":`+result+`}`)
		}))
		if id, err := connect(t, s.URL).Send(t.Context(), "42", bot.Outgoing{Text: "Chào"}); id != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", result, id, err, want)
		}
		s.Close()
	}
}

func TestSendMakesExactlyTheseRequests(t *testing.T) {
	url, calls := recorder(t)
	c := connect(t, url)
	for _, test := range requests {
		t.Run(test.name, func(t *testing.T) {
			id, err := c.Send(t.Context(), "42", test.m)
			if err != nil || id != "77" {
				t.Fatalf("Send = %q, %v", id, err)
			}
			got := <-calls
			if got.method != test.want.method || got.file != test.want.file || !maps.Equal(got.params, test.want.params) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestEditMakesExactlyThisRequest(t *testing.T) {
	url, calls := recorder(t)
	if err := connect(t, url).Edit(t.Context(), "42", "7", bot.Outgoing{Title: "Bước 2/6", Text: "Tên?"}); err != nil {
		t.Fatal(err)
	}
	want := recorded{"editMessageText", map[string]string{"chat_id": "42", "message_id": "7", "parse_mode": "HTML",
		"text": "<b>Bước 2/6</b>\nTên?", "link_preview_options": noPreview}, ""}
	if got := <-calls; got.method != want.method || !maps.Equal(got.params, want.params) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEdit(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	id, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "một"})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		id      string
		m       bot.Outgoing
		refused bool
	}{
		"another text":      {id, bot.Outgoing{Text: "hai"}, false},
		"the same again":    {id, bot.Outgoing{Text: "hai"}, false},
		"a message unknown": {"999", bot.Outgoing{Text: "ba"}, true},
		"into a file":       {id, bot.Outgoing{Text: "ba", File: &bot.File{Data: []byte("x")}}, true},
		"a contact button":  {id, bot.Outgoing{Text: "ba", Buttons: []bot.Button{{Label: "Số", Contact: true}}}, true},
	} {
		if err := c.Edit(t.Context(), p.Chat(), test.id, test.m); (err != nil) != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if inbox := p.Inbox(); len(inbox) != 1 || inbox[0].Text != "hai" || !inbox[0].Edited {
		t.Errorf("inbox %+v", inbox)
	}
}

// rows sends buttons and gives the labels of each row that arrives.
func rows(t *testing.T, buttons []bot.Button) (labels []string, keyboard bool) {
	t.Helper()
	s, p := platform(t)
	if _, err := connect(t, s.URL).Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn", Buttons: buttons}); err != nil {
		t.Fatal(err)
	}
	m := p.Inbox()[0]
	for _, row := range m.Buttons {
		line := make([]string, len(row))
		for i, b := range row {
			line[i] = b.Label
		}
		labels = append(labels, strings.Join(line, "|"))
	}
	return labels, m.Keyboard
}

func TestButtonsAreLaidOutByTheLengthOfTheirLabels(t *testing.T) {
	buttons := func(labels ...string) (list []bot.Button) {
		for _, l := range labels {
			list = append(list, bot.Button{Label: strings.TrimPrefix(l, "^"), Data: "x", Row: strings.HasPrefix(l, "^")})
		}
		return list
	}
	for _, test := range []struct {
		name string
		in   []bot.Button
		want []string
	}{
		{"two a row", buttons("Có", "Không rõ", "Để sau", "Hủy bỏ"), []string{"Có", "Không rõ|Để sau", "Hủy bỏ"}},
		{"long ones alone", buttons("Công nghệ thông tin và truyền thông", "Nông nghiệp, thủy sản", "Du lịch"),
			[]string{"Công nghệ thông tin và truyền thông", "Nông nghiệp, thủy sản", "Du lịch"}},
		{"numbers up to eight", buttons("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), []string{"1|2|3|4|5|6|7|8", "9|10"}},
		{"a row asked for", buttons("Quay lại", "^Hủy bỏ", "Gửi đi"), []string{"Quay lại", "Hủy bỏ|Gửi đi"}},
		{"numbers, then words", buttons("1", "2", "Xem thêm"), []string{"1|2", "Xem thêm"}},
	} {
		if got, keyboard := rows(t, test.in); keyboard || !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, keyboard %t", test.name, got, keyboard)
		}
	}
}

func TestAContactButtonMakesAReplyKeyboard(t *testing.T) {
	url, calls := recorder(t)
	_, err := connect(t, url).Send(t.Context(), "42", bot.Outgoing{Text: "Số?", Buttons: []bot.Button{
		{Label: "Chia sẻ số điện thoại", Contact: true}, {Label: "Quay lại", Data: "lui"}, {Label: "Hủy", Data: "huy", Row: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"keyboard":[[{"text":"Chia sẻ số điện thoại","request_contact":true}],[{"text":"Quay lại"}],[{"text":"Hủy"}]],` +
		`"resize_keyboard":true,"one_time_keyboard":true}`
	if got := (<-calls).params["reply_markup"]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestALongTextFitsWhenItWasSplit(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	long := bot.Outgoing{Title: "Kế hoạch", Text: strings.Repeat("Đổi mới & sáng tạo 🚀 <2026>. ", 400)}
	if _, err := c.Send(t.Context(), p.Chat(), long); !errors.Is(err, bot.ErrRejected) {
		t.Fatalf("unsplit: %v", err)
	}
	for _, part := range bot.Split(long, c.Can().TextLimit) {
		if _, err := c.Send(t.Context(), p.Chat(), part); err != nil {
			t.Fatal(err)
		}
	}
	got := p.Inbox()
	if !strings.HasPrefix(got[0].Text, "Kế hoạch\nĐổi mới & sáng tạo 🚀 <2026>.") || len(got) < 3 {
		t.Errorf("%d parts, first %.60s", len(got), got[0].Text)
	}
}

func TestURLButtons(t *testing.T) {
	url, calls := recorder(t)
	_, err := connect(t, url).Send(t.Context(), "42", bot.Outgoing{Text: "Xem", Buttons: []bot.Button{{Label: "Mở", URL: "https://a.vn/?x=1&y=2"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := (<-calls).params["reply_markup"]; got != `{"inline_keyboard":[[{"text":"Mở","url":"https://a.vn/?x=1\u0026y=2"}]]}` {
		t.Error(got)
	}
}
