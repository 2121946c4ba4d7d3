package zalotest_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
)

// writing sends messages to a person on the account's behalf.
func writing(t *testing.T, s *zalotest.Server, p *zalotest.Person) func(message string) result {
	t.Helper()
	access := token(t, s)
	return func(message string) result {
		return post(t, s, access, zalotest.PathMessage, `{"recipient":{"user_id":"`+p.Chat()+`"},"message":`+message+`}`)
	}
}

func TestPeoplePressWhatTheySee(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	send := writing(t, s, p)
	send(buttons(query, button("oa.open.url", `{"url":"https://a.vn"}`)))
	send(buttons(`{"title":"A","type":"oa.query.hide","payload":"y"}`))
	send(template("request_user_info", `{"title":"Số của tôi","subtitle":"B"}`))
	if err := p.Press("A"); err != nil {
		t.Fatal(err)
	}
	first := p.Inbox()[0]
	if err := p.PressMessage(first.ID, "A"); err != nil {
		t.Fatal(err)
	}
	if err := p.Press("Số của tôi"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"user_send_text y", "user_send_text x", "user_submit_info "} {
		call := <-calls
		if got := call.Name + " " + call.Message.Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		call.answer <- 200
	}
	for name, err := range map[string]error{
		"unknown label": p.Press("Z"), "unknown message": p.PressMessage("0", "A"), "not under that message": p.PressMessage(first.ID, "Z"),
	} {
		if err == nil {
			t.Errorf("%s: pressed", name)
		}
	}
	send(buttons(`{"title":"Mở","type":"oa.open.url","payload":{"url":"https://a.vn"}}`))
	if err := p.Press("Mở"); err == nil {
		t.Error("a link was pressed as if it told the account")
	}
}

func TestAFormNeedsARequest(t *testing.T) {
	s, p := start(t)
	if err := p.ShareInfo(zalotest.Info{}); err == nil {
		t.Error("told what nobody asked for")
	}
	writing(t, s, p)(template("request_user_info", card))
	if err := p.ShareInfo(zalotest.Info{Old: true}); err != nil {
		t.Error(err)
	}
}

func TestRepliesAreFreeUpToANumberAndATime(t *testing.T) {
	s, p := start(t)
	send := writing(t, s, p)
	codes := func(n int) (list []int) {
		for range n {
			list = append(list, send(text("x")).Error)
		}
		return list
	}
	s.FreeReplies(2)
	if got := codes(3); !slices.Equal(got, []int{0, 0, -211}) {
		t.Errorf("%v", got)
	}
	s.Buy(1, 0)
	if got := codes(2); !slices.Equal(got, []int{0, -211}) {
		t.Errorf("with one bought: %v", got)
	}
	p.Send("x")
	if got := codes(1); got[0] != 0 {
		t.Errorf("after they wrote: %v", got)
	}
	s.Buy(1, 0)
	s.Advance(49 * time.Hour)
	send = writing(t, s, p)
	if got := codes(2); !slices.Equal(got, []int{0, -211}) {
		t.Errorf("after two days: %v", got)
	}
	s.Buy(1, 0)
	s.Advance(6 * 24 * time.Hour)
	send = writing(t, s, p)
	if got := codes(1); got[0] != -230 {
		t.Errorf("after a week: %v", got)
	}
	p.Unfollow()
	if got := codes(1); got[0] != -213 {
		t.Errorf("after they left: %v", got)
	}
	p.Follow()
	if got := codes(1); got[0] != 0 {
		t.Errorf("after they came back: %v", got)
	}
}

func TestWaitingForMessages(t *testing.T) {
	s, p := start(t)
	seen := make(chan string, 2)
	s.Watch(func(text string) { seen <- text })
	s.Forgetful()
	send := writing(t, s, p)
	waited := make(chan error, 1)
	go func() { waited <- p.WaitFor(t.Context(), 2) }()
	send(text("một"))
	send(text("hai"))
	if err := <-waited; err != nil || p.Received() != 2 || len(p.Inbox()) != 1 || <-seen != "một" {
		t.Errorf("%v, %d received, %+v", err, p.Received(), p.Inbox())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.WaitFor(ended, 3); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
