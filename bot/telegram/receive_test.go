package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
)

const (
	head = `"message_id":7,"from":{"id":42,"is_bot":false,"first_name":"Nguyễn","last_name":"Văn A"},` +
		`"chat":{"id":42,"first_name":"Nguyễn","type":"private"},"date":1764547200`
	inGroup = `"message_id":7,"from":{"id":42,"first_name":"Nguyễn"},"chat":{"id":-100,"title":"Nhóm","type":"group"},"date":1764547200`
	member  = `"chat":{"id":42,"type":"private"},"from":{"id":42,"first_name":"Nguyễn","last_name":"Văn A"},"date":1764547200`
)

var at = time.Unix(1764547200, 0)

// person is what all updates of the person above have in common.
func person(change func(*bot.Incoming)) *bot.Incoming {
	in := bot.Incoming{
		ID: "1001", From: bot.Address{Channel: "telegram", Chat: "42"}, Private: true, Name: "Nguyễn Văn A", At: at,
	}
	change(&in)
	return &in
}

func unsupported(in *bot.Incoming) { in.Kind = bot.Unsupported }

// updates are real payloads, shortened, and what they mean; nil: nothing for us.
var updates = []struct {
	name, payload string
	want          *bot.Incoming
}{
	{"text", `"message":{` + head + `,"text":"Xin chào\n"}`, person(func(in *bot.Incoming) { in.Text = "Xin chào\n" })},
	{"command", `"message":{` + head + `,"text":"/dangky@khoinghiep_bot","entities":[{"type":"bot_command","offset":0,"length":22}]}`,
		person(func(in *bot.Incoming) { in.Text = "/dangky" })},
	{"command and more", `"message":{` + head + `,"text":"/tim@khoinghiep_bot gốm\na@b.vn"}`,
		person(func(in *bot.Incoming) { in.Text = "/tim gốm\na@b.vn" })},
	{"an address on the second line", `"message":{` + head + `,"text":"/tim\na@b.vn"}`,
		person(func(in *bot.Incoming) { in.Text = "/tim\na@b.vn" })},
	{"deep link", `"message":{` + head + `,"text":"/start su-kien_12"}`,
		person(func(in *bot.Incoming) { in.Text, in.Start = "/start", "su-kien_12" })},
	{"start", `"message":{` + head + `,"text":"/start"}`, person(func(in *bot.Incoming) { in.Text = "/start" })},
	{"own contact", `"message":{` + head + `,"contact":{"phone_number":"84905123456","first_name":"Nguyễn","user_id":42}}`,
		person(func(in *bot.Incoming) { in.Contact, in.Phone = true, "84905123456" })},
	{"another's contact", `"message":{` + head + `,"contact":{"phone_number":"84905123456","first_name":"B","user_id":43}}`,
		person(func(in *bot.Incoming) { in.Contact = true })},
	{"contact without account", `"message":{` + head + `,"contact":{"phone_number":"84905123456","first_name":"B"}}`,
		person(func(in *bot.Incoming) { in.Contact = true })},
	{"document", `"message":{` + head + `,"caption":"Báo cáo","document":{"file_id":"D1","file_unique_id":"u","file_name":"a.pdf","mime_type":"application/pdf","file_size":1234}}`,
		person(func(in *bot.Incoming) {
			in.Text = "Báo cáo"
			in.Files = []bot.File{{ID: "D1", Name: "a.pdf", MIME: "application/pdf", Size: 1234}}
		})},
	{"photo of an album", `"message":{` + head + `,"media_group_id":"77","photo":[{"file_id":"S","width":90,"height":67,"file_size":9},{"file_id":"L","width":1280,"height":960,"file_size":99},{"file_id":"M","width":320,"height":240}]}`,
		person(func(in *bot.Incoming) {
			in.Group = "77"
			in.Files = []bot.File{{ID: "L", MIME: "image/jpeg", Size: 99, Image: true}}
		})},
	{"edited", `"edited_message":{` + head + `,"edit_date":1764547260,"text":"mới"}`,
		person(func(in *bot.Incoming) { in.Text, in.Edited, in.At = "mới", true, at.Add(time.Minute) })},
	{"group", `"message":{` + inGroup + `,"text":"/menu@khoinghiep_bot"}`,
		person(func(in *bot.Incoming) {
			in.Text, in.Private, in.Name, in.From.Chat = "/menu", false, "Nguyễn", "-100"
		})},
	{"blocked", `"my_chat_member":{` + member + `,"new_chat_member":{"user":{"id":1},"status":"kicked","until_date":0}}`,
		person(func(in *bot.Incoming) { in.Kind = bot.Left })},
	{"unblocked", `"my_chat_member":{` + member + `,"new_chat_member":{"user":{"id":1},"status":"member"}}`,
		person(func(in *bot.Incoming) { in.Kind = bot.Joined })},
	{"made administrator", `"my_chat_member":{` + member + `,"new_chat_member":{"status":"administrator"}}`, nil},
	{"sticker", `"message":{` + head + `,"sticker":{"file_id":"s","emoji":"👍"}}`, person(unsupported)},
	{"voice", `"message":{` + head + `,"voice":{"file_id":"v","duration":3}}`, person(unsupported)},
	{"video with caption", `"message":{` + head + `,"video":{"file_id":"v"},"caption":"Xem"}`,
		person(func(in *bot.Incoming) { in.Kind, in.Text = bot.Unsupported, "Xem" })},
	{"animation", `"message":{` + head + `,"animation":{"file_id":"g"},"document":{"file_id":"g","mime_type":"video/mp4"}}`, person(unsupported)},
	{"venue", `"message":{` + head + `,"venue":{"title":"x"},"location":{"latitude":15.1,"longitude":108.8}}`, person(unsupported)},
	{"poll", `"message":{` + head + `,"poll":{"id":"1","question":"?"}}`, person(unsupported)},
	{"kind of later years", `"message":{` + head + `,"hologram":{"id":"1"}}`, person(unsupported)},
	{"field of another type", `"message":{` + head + `,"text":"chào","voice":"now a string"}`, person(func(in *bot.Incoming) { in.Text = "chào" })},
	{"pinned", `"message":{` + head + `,"pinned_message":{` + head + `}}`, nil},
	{"channel", `"channel_post":{"message_id":1,"chat":{"id":-5,"type":"channel"},"date":1,"text":"x"}`, nil},
	{"without sender", `"message":{"message_id":1,"chat":{"id":-5,"type":"channel"},"date":1,"text":"x"}`, nil},
	{"without chat", `"message":{"message_id":1,"from":{"id":42},"text":"x"}`, nil},
	{"press without person", `"callback_query":{"id":"9","data":"x"}`, nil},
	{"inline query", `"inline_query":{"id":"9","from":{"id":42},"query":"x","offset":""}`, nil},
}

// call makes a webhook call as Telegram does.
func call(ctx context.Context, body string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/hooks/telegram", strings.NewReader(body))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	return r
}

func TestReceiveTranslatesUpdates(t *testing.T) {
	c := connect(t, "")
	for _, u := range updates {
		t.Run(u.name, func(t *testing.T) {
			got, err := c.Receive(call(t.Context(), `{"update_id":1001,`+u.payload+`}`))
			if err != nil {
				t.Fatal(err)
			}
			var want []bot.Incoming
			if u.want != nil {
				want = []bot.Incoming{*u.want}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestReceiveDatesPressesByReceipt(t *testing.T) {
	c := connect(t, "")
	const query = `{"update_id":1001,"callback_query":{"id":"Q9","from":{"id":42,"first_name":"Nguyễn","last_name":"Văn A"},"chat_instance":"1","data":"chon:3"`
	for name, test := range map[string]struct{ rest, pressed string }{
		"with its message":            {`,"message":{"message_id":55,"chat":{"id":42,"type":"private"},"date":0}}}`, "55"},
		"message too old":             {`}}`, ""},
		"message without chat":        {`,"message":{"message_id":55}}}`, ""},
		"button of an inline message": {`,"inline_message_id":"xyz"}}`, ""},
	} {
		before := time.Now()
		got, err := c.Receive(call(t.Context(), query+test.rest))
		if err != nil || len(got) != 1 {
			t.Fatalf("%s: %v, %v", name, got, err)
		}
		if got[0].At.Before(before) || got[0].At.After(time.Now()) {
			t.Errorf("%s: dated %s", name, got[0].At)
		}
		want := *person(func(in *bot.Incoming) {
			in.Button, in.Pressed, in.Ack, in.At, in.Receipt = "chon:3", test.pressed, "Q9", got[0].At, true
		})
		if !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got[0], want)
		}
	}
}

func TestReceiveRefusesForgedCalls(t *testing.T) {
	forge := func(secrets ...string) *http.Request {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(`{"update_id":1}`))
		r.Header["X-Telegram-Bot-Api-Secret-Token"] = secrets
		return r
	}
	c := connect(t, "")
	for _, secrets := range [][]string{nil, {""}, {"wrong"}, {secret + "x"}, {strings.ToUpper(secret)}} {
		if _, err := c.Receive(forge(secrets...)); !errors.Is(err, bot.ErrForged) {
			t.Errorf("secret %q: %v", secrets, err)
		}
	}
	open := connect(t, "", func(cfg *telegram.Config) { cfg.Secret = "" })
	for _, secrets := range [][]string{nil, {""}, {secret}} {
		if _, err := open.Receive(forge(secrets...)); !errors.Is(err, bot.ErrForged) {
			t.Errorf("no secret configured, call with %q: %v", secrets, err)
		}
	}
}

func TestReceiveRefusesWhatIsNoUpdate(t *testing.T) {
	c := connect(t, "")
	long := `{"update_id":1,"message":{` + head + `,"text":"` + strings.Repeat("a", 1<<20) + `"}}`
	for _, body := range []string{"", "{", "[]", "null", `"x"`, `{}`, `{"update_id":0}`, `{"update_id":1}{`, long} {
		if got, err := c.Receive(call(t.Context(), body)); err == nil || errors.Is(err, bot.ErrForged) {
			t.Errorf("%.30s…: %v, %v", body, got, err)
		}
	}
}

// FuzzDecode feeds any bytes to the decoder: it never panics, and what it gives has an address.
func FuzzDecode(f *testing.F) {
	for _, u := range updates {
		f.Add(`{"update_id":1001,` + u.payload + `}`)
	}
	f.Add(`{"update_id":1,"callback_query":{"id":"1","from":{"id":1},"inline_message_id":"x"}}`)
	f.Add(`{"update_id":1,"message":{"from":{},"chat":{},"photo":[{}],"contact":{}}}`)
	c, err := telegram.New(f.Context(), telegram.Config{Token: "1:a", Secret: secret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got, err := c.Receive(call(t.Context(), body))
		if err != nil {
			return
		}
		for _, in := range got {
			if in.ID == "" || in.From.Channel != "telegram" || in.From.Chat == "" || in.At.IsZero() {
				t.Errorf("incomplete: %+v", in)
			}
		}
	})
}
