package zalo_test

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
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

const (
	stamp = "1635041570508"
	said  = `"app_id":"` + zalotest.AppID + `","sender":{"id":"42"},"recipient":{"id":"` + zalotest.OA + `"},"user_id_by_app":"7","timestamp":"` + stamp + `",`
	heard = `"app_id":"` + zalotest.AppID + `","sender":{"id":"` + zalotest.OA + `"},"recipient":{"id":"42"},"timestamp":"` + stamp + `",`
	flat  = `"app_id":"` + zalotest.AppID + `","oa_id":"` + zalotest.OA + `","timestamp":"` + stamp + `",`
)

// person is what all events of the person above have in common.
func person(change func(*bot.Incoming)) *bot.Incoming {
	in := bot.Incoming{
		ID: "m1", From: bot.Address{Channel: "zalo", Chat: "42"}, Private: true, At: time.UnixMilli(1635041570508),
	}
	change(&in)
	return &in
}

func unsupported(in *bot.Incoming) { in.Kind = bot.Unsupported }

func told(kind bot.Kind, id string) *bot.Incoming {
	return person(func(in *bot.Incoming) { in.Kind, in.ID = kind, id })
}

func delivered(id string, receipts ...string) *bot.Incoming {
	return person(func(in *bot.Incoming) { in.Kind, in.ID, in.Receipts = bot.Delivered, id, receipts })
}

// filledIn is what the form for a phone number tells.
func filledIn(place string) *bot.Incoming {
	return person(func(in *bot.Incoming) {
		in.ID, in.Name, in.Phone, in.Contact = "user_submit_info:"+stamp+":42:", "Nguyễn Văn A", "84912345678", true
		in.Profile = &bot.Profile{Name: in.Name, Phone: in.Phone, Place: place}
	})
}

// events are payloads in the known shapes, and what they mean; nil: nothing for us.
var events = []struct {
	name, payload string
	want          *bot.Incoming
}{
	{"text", said + `"event_name":"user_send_text","message":{"text":"Xin chào\n","msg_id":"m1"}`,
		person(func(in *bot.Incoming) { in.Text = "Xin chào\n" })},
	{"numbers instead of strings", strings.ReplaceAll(said, `"`+stamp+`"`, stamp) + `"event_name":"user_send_text","message":{"text":"x","msg_id":"m1"}`,
		person(func(in *bot.Incoming) { in.Text = "x" })},
	{"field of another type", said + `"follower":["new"],"event_name":"user_send_text","message":{"text":"x","msg_id":"m1","attachments":"none"}`,
		person(func(in *bot.Incoming) { in.Text = "x" })},
	{"no message id", said + `"event_name":"user_send_text","message":{"text":"x"}`,
		person(func(in *bot.Incoming) { in.Text, in.ID = "x", "user_send_text:"+stamp+":42:" })},
	{"image", said + `"event_name":"user_send_image","message":{"text":"đây","msg_id":"m1","attachments":[{"type":"image","payload":{"thumbnail":"https://a.vn/t","url":"https://a.vn/i"}}]}`,
		person(func(in *bot.Incoming) { in.Text, in.Files = "đây", []bot.File{{ID: "https://a.vn/i", Image: true}} })},
	{"file", said + `"event_name":"user_send_file","message":{"msg_id":"m1","attachments":[{"type":"file","payload":{"url":"https://a.vn/f","size":"9999","name":"báo cáo.pdf","checksum":"c","type":"pdf"}}]}`,
		person(func(in *bot.Incoming) {
			in.Files = []bot.File{{ID: "https://a.vn/f", Name: "báo cáo.pdf", Size: 9999}}
		})},
	{"file without a link", said + `"event_name":"user_send_file","message":{"msg_id":"m1","attachments":[{"type":"file"}]}`, person(unsupported)},
	{"link", said + `"event_name":"user_send_link","message":{"msg_id":"m1","text":"xem","attachments":[{"type":"link","payload":{"url":"https://a.vn"}}]}`,
		person(func(in *bot.Incoming) { in.Text = "xem https://a.vn" })},
	{"link that is in the text", said + `"event_name":"user_send_link","message":{"msg_id":"m1","text":"https://a.vn","attachments":[{"type":"link","payload":{"url":"https://a.vn"}}]}`,
		person(func(in *bot.Incoming) { in.Text = "https://a.vn" })},
	{"business card", said + `"event_name":"user_send_business_card","message":{"msg_id":"m1","text":"B","attachments":[{"type":"link","payload":{"description":"{}"}}]}`,
		person(func(in *bot.Incoming) { in.Contact = true })},
	{"sticker", said + `"event_name":"user_send_sticker","message":{"msg_id":"m1","attachments":[{"type":"sticker","payload":{"id":"1","url":"https://a.vn"}}]}`, person(unsupported)},
	{"gif", said + `"event_name":"user_send_gif","message":{"msg_id":"m1"}`, person(unsupported)},
	{"audio", said + `"event_name":"user_send_audio","message":{"msg_id":"m1"}`, person(unsupported)},
	{"video", said + `"event_name":"user_send_video","message":{"msg_id":"m1"}`, person(unsupported)},
	{"location", said + `"event_name":"user_send_location","message":{"msg_id":"m1"}`, person(unsupported)},
	{"kind of later years", said + `"event_name":"user_send_hologram","message":{"msg_id":"m1"}`, person(unsupported)},
	{"follow", flat + `"follower":{"id":"42"},"event_name":"follow","source":"oa_profile"`, told(bot.Joined, "follow:"+stamp+":42:")},
	{"unfollow", flat + `"follower":{"id":"42"},"event_name":"unfollow"`, told(bot.Left, "unfollow:"+stamp+":42:")},
	{"form", said + `"event_name":"user_submit_info","info":{"name":"Nguyễn Văn A","phone":"84912345678","user_dob":"30/10/1999","gender":1,"full_address":{"user_city":"Quảng Ngãi","user_ward":"Xã Ba Tơ","user_address":"Thôn 1"}}`,
		filledIn("Thôn 1, Xã Ba Tơ, Quảng Ngãi")},
	{"form of earlier years", said + `"event_name":"user_submit_info","info":{"name":"Nguyễn Văn A","phone":84912345678,"address":"Thôn 1","city":"Quảng Ngãi","district":"Ba Tơ","ward":"Ba Vì"}`,
		filledIn("Thôn 1, Ba Vì, Ba Tơ, Quảng Ngãi")},
	{"form without info", said + `"event_name":"user_submit_info","name":"Nguyễn Văn A","phone":"84912345678"`, filledIn("")},
	{"received", heard + `"event_name":"user_received_message","message":{"msg_id":"o1","delivery_time":"1"}`,
		delivered("user_received_message:"+stamp+":42:o1", "o1")},
	{"seen", heard + `"event_name":"user_seen_message","message":{"msg_ids":["o1","o2"]}`,
		delivered("user_seen_message:"+stamp+":42:", "o1", "o2")},
	{"our own message", heard + `"event_name":"oa_send_text","message":{"text":"x","msg_id":"o1"}`, nil},
	{"an admin's message", `"app_id":"` + zalotest.AppID + `","sender":{"id":"` + zalotest.OA + `","admin_id":"9"},"recipient":{"id":"42"},"timestamp":"` + stamp +
		`","event_name":"oa_send_text","message":{"text":"x","msg_id":"o1"}`, told(bot.HumanTookOver, "o1")},
	{"an admin asks to call", `"sender":{"id":"` + zalotest.OA + `","admin_id":"9"},"recipient":{"id":"42"},"timestamp":"` + stamp + `","event_name":"oa_send_consent"`, nil},
	{"chat opened", flat + `"user_id":"42","event_name":"user_click_chatnow"`, nil},
	{"reaction", said + `"event_name":"user_reacted_message","message":{"msg_id":"o1","react_icon":"/-heart"}`, nil},
	{"anonymous", said + `"event_name":"anonymous_send_text","message":{"text":"x","msg_id":"m1"}`, nil},
	{"consent to calls", said + `"event_name":"user_reply_consent"`, nil},
	{"quota", flat + `"event_name":"change_oa_daily_quota"`, nil},
	{"template", flat + `"event_name":"change_template_status"`, nil},
	{"event of later years", said + `"event_name":"user_sings"`, nil},
	{"without sender", `"timestamp":"` + stamp + `","event_name":"user_send_text","message":{"text":"x","msg_id":"m1"}`, nil},
}

// call makes a webhook call as Zalo does.
func call(ctx context.Context, body string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/hooks/zalo", strings.NewReader(body))
	r.Header.Set("X-ZEvent-Signature", zalotest.Signature([]byte(body), stamp))
	return r
}

func TestReceiveTranslatesEvents(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s)
	for _, e := range events {
		t.Run(e.name, func(t *testing.T) {
			got, err := c.Receive(call(t.Context(), "{"+e.payload+"}"))
			if err != nil {
				t.Fatal(err)
			}
			var want []bot.Incoming
			if e.want != nil {
				want = []bot.Incoming{*e.want}
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestReceiveDatesAnEventOfTheFutureNow(t *testing.T) {
	s, _ := platform(t)
	now := time.UnixMilli(1635041569000)
	c := connect(t, s, func(cfg *zalo.Config) { cfg.Clock = func() time.Time { return now } })
	got, err := c.Receive(call(t.Context(), "{"+events[0].payload+"}"))
	if err != nil || !got[0].At.Equal(now) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheConsolesTrialIsAnsweredAndMeansNothing(t *testing.T) {
	s, _ := platform(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(" {}\n"))
	if got, err := connect(t, s).Receive(r); err != nil || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestVariantsOfTheSignature(t *testing.T) {
	s, _ := platform(t)
	body := "{" + events[0].payload + "}"
	byHeader := func() *http.Request {
		r := call(t.Context(), body)
		r.Header.Set("X-ZEvent-Timestamp", "1635041570999")
		r.Header.Set("X-ZEvent-Signature", zalotest.Signature([]byte(body), "1635041570999"))
		return r
	}
	matched := []zalo.Variant{}
	count := func(cfg *zalo.Config) { cfg.Matched = func(v zalo.Variant) { matched = append(matched, v) } }
	both := connect(t, s, count)
	for _, r := range []*http.Request{call(t.Context(), body), byHeader()} {
		if _, err := both.Receive(r); err != nil {
			t.Error(err)
		}
	}
	if want := []zalo.Variant{zalo.BodyTimestamp, zalo.HeaderTimestamp}; !reflect.DeepEqual(matched, want) {
		t.Errorf("matched %v", matched)
	}
	one := connect(t, s, count, func(cfg *zalo.Config) { cfg.Variants = []zalo.Variant{zalo.BodyTimestamp} })
	if _, err := one.Receive(byHeader()); !errors.Is(err, bot.ErrForged) || len(matched) != 2 {
		t.Errorf("a variant that is switched off: %v, counted %v", err, matched)
	}
}

func TestWhatPeopleDoComesThrough(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	got := listen(t, s, c)
	p.Follow()
	p.Send("Xin chào")
	p.SendLink("xem", "https://a.vn")
	p.SendCard()
	p.SendSticker()
	p.SendVoice()
	p.SendLocation()
	p.ClickChat()
	p.HearFrom("", "Chúng tôi sẽ trả lời sau.")
	p.HearFrom("admin-1", "Tôi là cán bộ.")
	p.See(false, "o1")
	p.See(true, "o1", "o2")
	p.Unfollow()
	for i, want := range []struct {
		kind bot.Kind
		text string
	}{
		{bot.Joined, ""}, {bot.Message, "Xin chào"}, {bot.Message, "xem https://a.vn"}, {bot.Message, ""}, {bot.Unsupported, ""},
		{bot.Unsupported, ""}, {bot.Unsupported, ""}, {bot.HumanTookOver, ""},
		{bot.Delivered, ""}, {bot.Delivered, ""}, {bot.Left, ""},
	} {
		if in := next(t, got); in.Kind != want.kind || in.Text != want.text || in.From.Chat != p.Chat() {
			t.Errorf("%d: %+v", i, in)
		}
	}
}

func TestARedeliveryKeepsItsID(t *testing.T) {
	s, p := platform(t)
	got := listen(t, s, connect(t, s))
	s.Duplicate(2)
	for _, act := range []func(){func() { p.Send("x") }, p.Follow, p.Unfollow, func() { p.See(true, "o1") }} {
		act()
		first, second := next(t, got), next(t, got)
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%+v\n%+v", first, second)
		}
	}
}
