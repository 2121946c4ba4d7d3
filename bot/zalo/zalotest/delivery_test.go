package zalotest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
)

// arrived is one webhook call.
type arrived struct {
	Name      string `json:"event_name"`
	Timestamp string `json:"timestamp"`
	Message   struct {
		Text string `json:"text"`
		ID   string `json:"msg_id"`
	} `json:"message"`
	body   []byte
	header http.Header
	answer chan<- int // the status that the call gets
}

// hook gets the webhook's calls, which wait for an answer each.
func hook(t *testing.T) (url string, calls <-chan arrived) {
	t.Helper()
	got := make(chan arrived, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) == "{}" {
			return
		}
		answer := make(chan int, 1)
		call := arrived{body: body, header: r.Header, answer: answer}
		if err := json.Unmarshal(body, &call); err != nil {
			t.Error(err)
		}
		got <- call
		select {
		case status := <-answer:
			w.WriteHeader(status)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, got
}

func TestTheConsoleTriesTheAddress(t *testing.T) {
	s, _ := start(t)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	t.Cleanup(refusing.Close)
	if err := s.SetWebhook(refusing.URL); err == nil {
		t.Error("an address was taken that refuses {}")
	}
	if err := s.SetWebhook("%zz"); err == nil {
		t.Error("nonsense was taken for an address")
	}
}

func TestEventsAreSignedAndComeInOrder(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"một", "hai"} {
		p.Send(text)
	}
	for _, want := range []string{"một", "hai"} {
		call := <-calls
		if call.Message.Text != want || call.header.Get("X-ZEvent-Signature") != zalotest.Signature(call.body, call.Timestamp) {
			t.Errorf("%s, %v", call.body, call.header)
		}
		call.answer <- 200
	}
	s.SignByHeader()
	p.Send("ba")
	call := <-calls
	stamp := call.header.Get("X-ZEvent-Timestamp")
	if stamp == call.Timestamp || call.header.Get("X-ZEvent-Signature") != zalotest.Signature(call.body, stamp) {
		t.Errorf("%v", call.header)
	}
	call.answer <- 200
}

// TestWhatIsNotTakenComesAgain refuses an event as often as Zalo tries, on the settable clock.
func TestWhatIsNotTakenComesAgain(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	p.Send("một")
	p.Send("hai")
	first := <-calls
	first.answer <- 500
	second := <-calls
	second.answer <- 200
	if second.Message.Text != "hai" {
		t.Errorf("what failed holds up the rest: %s", second.body)
	}
	for i, pause := range []time.Duration{30 * time.Second, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour} {
		s.Advance(pause)
		again := <-calls
		if string(again.body) != string(first.body) || again.header.Get("num_retry") != string(rune('1'+i)) {
			t.Errorf("retry %d: %s, %v", i+1, again.body, again.header)
		}
		again.answer <- 503
	}
}

func TestALateAnswerIsNone(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	s.RetryAfter(100*time.Millisecond, make([]time.Duration, 100)...) // a busy machine may lose some on the way
	p.Send("x")
	late, again := <-calls, <-calls
	if string(late.body) != string(again.body) || late.header.Get("num_retry") == again.header.Get("num_retry") {
		t.Errorf("%s", again.body)
	}
	again.answer <- 200
}

func TestCopiesAndAnotherOrderOnRequest(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	s.Reorder(2)
	p.Send("một")
	p.Send("hai")
	for _, want := range []string{"hai", "một"} {
		call := <-calls
		if call.Message.Text != want {
			t.Errorf("%q, want %q", call.Message.Text, want)
		}
		call.answer <- 200
	}
	s.Reorder(0)
	other, others := hook(t)
	s.Duplicate(2, url, other)
	p.Send("ba")
	here, there := <-calls, <-others
	if here.Message.ID != there.Message.ID {
		t.Errorf("%s and %s", here.body, there.body)
	}
	here.answer <- 200
	there.answer <- 200
}

func TestWithoutAWebhookNobodyIsTold(t *testing.T) {
	s, p := start(t)
	p.Send("một")
	if s.Pending() != 0 {
		t.Error("kept for later")
	}
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	p.Send("hai")
	if call := <-calls; call.Message.Text != "hai" || s.Pending() != 1 {
		t.Errorf("%s, %d pending", call.body, s.Pending())
	}
}

func TestEventsOfAllKinds(t *testing.T) {
	s, p := start(t)
	url, calls := hook(t)
	if err := s.SetWebhook(url); err != nil {
		t.Fatal(err)
	}
	p.Follow()
	p.ClickChat()
	p.See(false, "m")
	p.See(true, "m", "n")
	p.HearFrom("", "tự động")
	s.Push(p, "user_reacted_message", map[string]any{})
	p.Unfollow()
	names := []string{}
	for range 7 {
		call := <-calls
		names = append(names, call.Name)
		call.answer <- 200
	}
	want := []string{
		"follow", "user_click_chatnow", "user_received_message", "user_seen_message", "oa_send_text", "user_reacted_message", "unfollow",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
}
