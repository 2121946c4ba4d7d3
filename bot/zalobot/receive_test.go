package zalobot_test

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
)

const head = `"from":{"id":"6ede9afa66b88fe6d6a9","display_name":"Nguyễn Văn A","is_bot":false},` +
	`"chat":{"id":"6ede9afa66b88fe6d6a9","chat_type":"PRIVATE"},"message_id":"2d758cb5e222177a4e35","date":1764547200602`

var at = time.UnixMilli(1764547200602)

// person is what all updates of the person above have in common.
func person(change func(*bot.Incoming)) *bot.Incoming {
	in := bot.Incoming{
		ID: "2d758cb5e222177a4e35", From: bot.Address{Channel: "zalobot", Chat: "6ede9afa66b88fe6d6a9"}, Private: true,
		Name: "Nguyễn Văn A", At: at,
	}
	change(&in)
	return &in
}

func unsupported(in *bot.Incoming) { in.Kind = bot.Unsupported }

// updates are payloads as others reported them and what they mean; nil: nothing for us.
var updates = []struct {
	name, payload string
	want          *bot.Incoming
}{
	{"text", `"event_name":"message.text.received","message":{` + head + `,"text":"Xin chào"}`,
		person(func(in *bot.Incoming) { in.Text = "Xin chào" })},
	{"link", `"event_name":"message.link.received","message":{` + head + `,"text":"https://a.vn"}`,
		person(func(in *bot.Incoming) { in.Text = "https://a.vn" })},
	{"photo", `"event_name":"message.image.received","message":{` + head + `,"photo":"https://photo.zdn.vn/a.jpg","caption":"Báo cáo"}`,
		person(func(in *bot.Incoming) {
			in.Text, in.Files = "Báo cáo", []bot.File{{ID: "https://photo.zdn.vn/a.jpg", Image: true}}
		})},
	{"photo_url", `"event_name":"message.image.received","message":{` + head + `,"photo_url":"https://photo.zdn.vn/a.jpg"}`,
		person(func(in *bot.Incoming) { in.Files = []bot.File{{ID: "https://photo.zdn.vn/a.jpg", Image: true}} })},
	{"photo of another shape", `"event_name":"message.image.received","message":{` + head + `,"photo":[{"url":"https://a"}]}`, person(unsupported)},
	{"sticker", `"event_name":"message.sticker.received","message":{` + head + `,"sticker":"0e078a2f","url":"https://stickers.zaloapp.com/x"}`, person(unsupported)},
	{"voice", `"event_name":"message.voice.received","message":{` + head + `,"voice_url":"https://a/b.aac"}`, person(unsupported)},
	{"withheld", `"event_name":"message.unsupported.received","message":{` + head + `}`, person(unsupported)},
	{"kind of later years", `"event_name":"message.hologram.received","message":{` + head + `,"hologram":1}`, person(unsupported)},
	{"group", `"event_name":"message.text.received","message":{"from":{"id":"b","name":"B"},"chat":{"id":"g","chat_type":"GROUP"},"message_id":"2d758cb5e222177a4e35","date":1764547200602,"text":"x"}`,
		person(func(in *bot.Incoming) { in.Text, in.Private, in.Name, in.From.Chat = "x", false, "B", "g" })},
	{"without an id", `"event_name":"message.text.received","message":{"chat":{"id":"6ede9afa66b88fe6d6a9"},"date":1764547200602,"text":"x"}`,
		person(func(in *bot.Incoming) {
			in.Text, in.Name, in.ID = "x", "", "message.text.received/1764547200602"
		})},
	{"reaction", `"event_name":"message.reaction.received","message":{` + head + `}`, nil},
	{"of another bot", `"event_name":"message.text.received","message":{"from":{"id":"b","is_bot":true},"chat":{"id":"b"},"message_id":"1","text":"x"}`, nil},
	{"without a message", `"event_name":"message.unsupported.received"`, nil},
	{"without a chat", `"event_name":"message.text.received","message":{"message_id":"1","text":"x"}`, nil},
	{"another event", `"event_name":"bot.renamed","message":{` + head + `}`, nil},
	{"a trial", ``, nil},
}

// call makes a webhook call as Zalo does.
func call(ctx context.Context, body string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/hooks/zalobot", strings.NewReader(body))
	r.Header.Set("X-Bot-Api-Secret-Token", secret)
	return r
}

func TestReceiveTranslatesUpdatesOfBothShapes(t *testing.T) {
	c := connect(t, "")
	for _, u := range updates {
		for shape, body := range map[string]string{"bare": `{` + u.payload + `}`, "wrapped": `{"ok":true,"result":{` + u.payload + `}}`} {
			t.Run(u.name+", "+shape, func(t *testing.T) {
				got, err := c.Receive(call(t.Context(), body))
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
}

func TestReceiveDatesByReceiptWhatHasNoDate(t *testing.T) {
	before := time.Now().Truncate(time.Millisecond)
	got, err := connect(t, "").Receive(call(t.Context(), `{"event_name":"message.text.received","message":{"chat":{"id":"1"},"text":"x"}}`))
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	if got[0].At.Before(before) || got[0].At.After(time.Now()) || got[0].ID == "" {
		t.Errorf("%+v", got[0])
	}
}

func TestReceiveRefusesForgedCalls(t *testing.T) {
	forge := func(secrets ...string) *http.Request {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(`{`+updates[0].payload+`}`))
		r.Header["X-Bot-Api-Secret-Token"] = secrets
		return r
	}
	c := connect(t, "")
	for _, secrets := range [][]string{nil, {""}, {"wrong"}, {secret + "x"}, {strings.ToUpper(secret)}} {
		if got, err := c.Receive(forge(secrets...)); !errors.Is(err, bot.ErrForged) || got != nil {
			t.Errorf("secret %q: %v, %v", secrets, got, err)
		}
	}
	open := connect(t, "", noSecret)
	for _, secrets := range [][]string{nil, {""}, {secret}} {
		if _, err := open.Receive(forge(secrets...)); !errors.Is(err, bot.ErrForged) {
			t.Errorf("no secret configured, call with %q: %v", secrets, err)
		}
	}
}

func TestReceiveTakesAnyTrialThatCarriesTheSecret(t *testing.T) {
	c := connect(t, "")
	for _, body := range []string{"", " \n", "{}", "null", "[]", `"x"`, `{"ok":true}`, `{"ok":true,"result":null}`, `{"event_name":7,"message":"x"}`} {
		if got, err := c.Receive(call(t.Context(), body)); err != nil || got != nil {
			t.Errorf("%q: %v, %v", body, got, err)
		}
	}
}

func TestReceiveRefusesWhatItCannotRead(t *testing.T) {
	c := connect(t, "")
	long := `{"event_name":"message.text.received","message":{` + head + `,"text":"` + strings.Repeat("a", 1<<20) + `"}}`
	for _, body := range []string{"{", "x", "{}{", strings.Repeat("[", 100_000), long} {
		if got, err := c.Receive(call(t.Context(), body)); err == nil || errors.Is(err, bot.ErrForged) {
			t.Errorf("%.30s…: %v, %v", body, got, err)
		}
	}
}

// FuzzDecode feeds any bytes to the decoder: it never panics, and what it gives has an address.
func FuzzDecode(f *testing.F) {
	for _, u := range updates {
		f.Add(`{` + u.payload + `}`)
		f.Add(`{"ok":true,"result":{` + u.payload + `}}`)
	}
	f.Add(`{"event_name":"message.text.received","message":{"from":7,"chat":{"id":"1"},"date":"x","photo":{}}}`)
	c := connect(f, "")
	f.Fuzz(func(t *testing.T, body string) {
		got, err := c.Receive(call(t.Context(), body))
		if err != nil {
			return
		}
		for _, in := range got {
			if in.ID == "" || in.From.Channel != "zalobot" || in.From.Chat == "" || in.At.IsZero() {
				t.Errorf("incomplete: %+v", in)
			}
			if in.Kind == bot.Message && in.Text == "" && len(in.Files) == 0 {
				t.Errorf("a message of nothing: %+v", in)
			}
		}
	})
}
