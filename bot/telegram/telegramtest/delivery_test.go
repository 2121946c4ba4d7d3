package telegramtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
)

// fetch gives the ids that a getUpdates brings.
func fetch(t *testing.T, s *telegramtest.Server, offset, limit int) []int {
	t.Helper()
	r := do(t, s, "getUpdates", "offset", strconv.Itoa(offset), "limit", strconv.Itoa(limit))
	var list []struct {
		ID int `json:"update_id"`
	}
	if err := json.Unmarshal(r.Result, &list); err != nil {
		t.Fatal(err)
	}
	ids := []int{}
	for _, u := range list {
		ids = append(ids, u.ID)
	}
	return ids
}

func TestAnOffsetConfirmsAllBelowIt(t *testing.T) {
	s, p := start(t)
	p.SendSticker()
	p.SendVoice()
	p.SendLocation()
	for _, ask := range []struct {
		offset, limit int
		want          []int
	}{
		{0, 100, []int{1, 2, 3, 4}}, {0, 2, []int{1, 2}}, {3, 100, []int{3, 4}}, {0, 100, []int{3, 4}}, {5, 100, []int{}},
	} {
		if got := fetch(t, s, ask.offset, ask.limit); !slices.Equal(got, ask.want) {
			t.Errorf("from %d: %v, want %v", ask.offset, got, ask.want)
		}
	}
	if s.Pending() != 0 {
		t.Errorf("%d pending", s.Pending())
	}
}

func TestALongPollEndsWithAnUpdateOrAConflict(t *testing.T) {
	s, p := start(t)
	answers := make(chan result)
	wait := func(offset string) {
		go func() { answers <- do(t, s, "getUpdates", "offset", offset, "timeout", "50") }()
	}
	wait("2")
	p.ShareContact(true)
	if r := <-answers; !r.OK || string(r.Result) == "[]" {
		t.Errorf("%+v", r)
	}
	wait("3")
	check(t, "the first of two", pollUntil(t, s, answers), 409, "terminated by other getUpdates")
	do(t, s, "setWebhook", "url", "http://127.0.0.1:1")
	check(t, "with a webhook", do(t, s, "getUpdates"), 409, "webhook is active")
	do(t, s, "deleteWebhook")
	check(t, "without", do(t, s, "getUpdates"), 0, "")
}

// pollUntil calls getUpdates until another one, which may not have arrived yet, is answered.
func pollUntil(t *testing.T, s *telegramtest.Server, answers <-chan result) result {
	t.Helper()
	for {
		select {
		case r := <-answers:
			return r
		default:
			fetch(t, s, 3, 1)
		}
	}
}

func TestOnlyAllowedUpdatesCome(t *testing.T) {
	s, p := start(t)
	do(t, s, "getUpdates", "allowed_updates", `["edited_message"]`)
	p.Send("x")
	p.Block()
	p.Edit(1, "Chào")
	if got := fetch(t, s, 2, 100); len(got) != 1 {
		t.Errorf("%v", got)
	}
	check(t, "no list", do(t, s, "getUpdates", "allowed_updates", "{"), 400, "allowed updates")
}

// hook is a bot that gets webhook calls; answer decides on the status of each.
func hook(t *testing.T, answer func(body string, r *http.Request) int) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(answer(string(body), r))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestAWebhookGetsOneUpdateOfAQueueAtATime(t *testing.T) {
	s, p := start(t)
	do(t, s, "sendMessage", "chat_id", p.Chat(), "text", "Một", "reply_markup", inline(okButton))
	arrived, release := make(chan string), make(chan int)
	url := hook(t, func(body string, r *http.Request) int {
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s" {
			t.Error("no secret")
		}
		var u map[string]any
		if err := json.Unmarshal([]byte(body), &u); err != nil {
			t.Error(err)
		}
		for kind := range u {
			if kind != "update_id" {
				arrived <- kind
			}
		}
		return <-release
	})
	s.RetryAfter(time.Millisecond, time.Minute)
	p.Send("Hai")
	do(t, s, "setWebhook", "url", url, "secret_token", "s")
	if kind := <-arrived; kind != "message" {
		t.Fatal(kind)
	}
	if err := p.Press("x"); err != nil {
		t.Fatal(err)
	}
	if kind := <-arrived; kind != "callback_query" {
		t.Errorf("while a message is in flight came a %s, not the press", kind)
	}
	release <- 200
	release <- 200
	if kind := <-arrived; kind != "message" { // the second
		t.Error(kind)
	}
	release <- 500
	if kind := <-arrived; kind != "message" { // again
		t.Error(kind)
	}
	release <- 200
}

func TestCopiesGoToAllReplicasAtOnce(t *testing.T) {
	s, p := start(t)
	fetch(t, s, 2, 1)
	together := make(chan int, 6)
	all := make(chan struct{})
	replica := func(name int) string {
		return hook(t, func(string, *http.Request) int {
			together <- name
			if len(together) == cap(together) {
				close(all)
			}
			<-all
			return 200
		})
	}
	s.Duplicate(6, replica(1), replica(2))
	do(t, s, "setWebhook", "url", "http://127.0.0.1:1")
	p.Send("x")
	<-all
	count := map[int]int{}
	for range 6 {
		count[<-together]++
	}
	if count[1] != 3 || count[2] != 3 {
		t.Errorf("copies by replica: %v", count)
	}
}
