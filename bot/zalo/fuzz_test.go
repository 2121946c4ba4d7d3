package zalo_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

// FuzzReceive feeds any bytes to the decoder, signed by Zalo: it never panics, and what it gives has an address.
func FuzzReceive(f *testing.F) {
	for _, e := range events {
		f.Add("{" + e.payload + "}")
	}
	f.Add("{}")
	f.Add(`{"event_name":"user_send_text","sender":{"id":1.5e300},"message":{"text":"a~b~c"},"timestamp":-1}`)
	c, err := zalo.New(f.Context(), zalo.Config{
		AppID: zalotest.AppID, AppSecret: "a", OASecret: zalotest.OASecret, Tokens: &tokens{}, Uploads: newUploads(), Clock: time.Now,
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := call(t.Context(), body)
		r.Header.Set("X-ZEvent-Timestamp", stamp)
		got, err := c.Receive(r)
		if err != nil {
			return
		}
		for _, in := range got {
			if in.ID == "" || in.From.Channel != "zalo" || in.From.Chat == "" || in.At.IsZero() {
				t.Errorf("incomplete: %+v", in)
			}
		}
	})
}

// FuzzForged feeds any bytes with any signature to the decoder: nothing gets through.
func FuzzForged(f *testing.F) {
	f.Add("{"+events[0].payload+"}", sign("{}"), stamp)
	f.Add("{"+events[0].payload, sign("{"+events[0].payload+"}"), "}"+stamp)
	c, err := zalo.New(f.Context(), zalo.Config{
		AppID: zalotest.AppID, AppSecret: "a", OASecret: "only Zalo knows", Tokens: &tokens{}, Uploads: newUploads(),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body, signature, stamp string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Header["X-Zevent-Signature"], r.Header["X-Zevent-Timestamp"] = []string{signature}, []string{stamp}
		if got, err := c.Receive(r); got != nil || err == nil && strings.TrimSpace(body) != "{}" {
			t.Errorf("accepted as %+v", got)
		}
	})
}
