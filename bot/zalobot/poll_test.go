package zalobot_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
)

// handed is one update that the poller gave to accept; what is sent to settle goes back to the poller.
type handed struct {
	in     bot.Incoming
	settle chan<- error
}

// poll runs Poll until stop is called.
func poll(t *testing.T, c *zalobot.Channel) (updates <-chan handed, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	handedIn := make(chan handed, 100)
	ended := make(chan error, 1)
	go func() {
		ended <- c.Poll(ctx, func(in bot.Incoming) <-chan error {
			settle := make(chan error, 1)
			handedIn <- handed{in, settle}
			return settle
		})
	}()
	t.Cleanup(cancel)
	return handedIn, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func TestPollHandsInOneAfterAnother(t *testing.T) {
	s, p := platform(t)
	p.Send("một")
	p.Send("hai")
	updates, stop := poll(t, connect(t, s.URL))
	got := []string{}
	for range 3 {
		h := <-updates
		got = append(got, h.in.Text)
		if len(updates) > 0 {
			t.Error("the next one came before this one was settled")
		}
		h.settle <- nil
	}
	stop()
	if !slices.Equal(got, []string{"Xin chào", "một", "hai"}) {
		t.Errorf("handed in %q", got)
	}
}

func TestPollHandsAFailedUpdateInAgainAsNobodyElseHasIt(t *testing.T) {
	s, p := platform(t)
	p.Send("một")
	updates, stop := poll(t, connect(t, s.URL))
	(<-updates).settle <- nil
	(<-updates).settle <- errors.New("the database is away")
	again := <-updates
	if again.in.Text != "một" || s.Pending() != 0 {
		t.Errorf("handed in %q, %d wait at Zalo's", again.in.Text, s.Pending())
	}
	again.settle <- nil
	stop()
}

func TestPollSaysWhatIsLostWhenItStops(t *testing.T) {
	s, _ := platform(t)
	var log journal
	updates, stop := poll(t, connect(t, s.URL, log.use))
	h := <-updates
	h.settle <- errors.New("stopping")
	stop()
	if !strings.Contains(log.String(), "is lost") {
		t.Errorf("logged %q", log.String())
	}
}

// server answers calls without a network, so that time can be synthetic.
type server func(r *http.Request) (status int, body string)

func (s server) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := s(r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// pollMinute counts the getUpdates of one minute.
func pollMinute(t *testing.T, answer server, settled error) (count int, log string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int32
		var j journal
		c := connect(t, "http://api.invalid", j.use, func(cfg *zalobot.Config) {
			cfg.HTTP = &http.Client{Transport: server(func(r *http.Request) (int, string) {
				n.Add(1)
				return answer(r)
			})}
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		err := c.Poll(ctx, func(bot.Incoming) <-chan error {
			done := make(chan error, 1)
			done <- settled
			return done
		})
		if err != nil {
			t.Error(err)
		}
		count, log = int(n.Load()), j.String()
	})
	return count, log
}

func always(body string) server {
	return func(*http.Request) (int, string) { return http.StatusOK, body }
}

func TestPollNeverSpins(t *testing.T) {
	const (
		same    = `{"ok":true,"result":{"event_name":"message.text.received","message":{` + head + `,"text":"x"}}}`
		idle    = `{"ok":false,"error_code":408,"description":"Request timeout"}`
		unknown = `{"ok":false,"error_code":401,"description":"Unauthorized"}` // with status 200
		quota   = `{"ok":false,"error_code":429,"description":"Quota exceeded"}`
		hook    = `{"ok":false,"error_code":400,"description":"a webhook is set"}`
	)
	for _, test := range []struct {
		name      string
		answer    server
		settled   error
		min, most int // requests in a minute
		log       string
	}{
		{"idle at once", always(idle), nil, 55, 70, ""},
		{"nothing at once", always(`{"ok":true}`), nil, 55, 70, ""},
		{"the same update for ever", always(same), nil, 55, 70, ""},
		{"an update that always fails", always(same), io.EOF, 1, 1, "handed in again"},
		{"no update", always(`{"ok":true,"result":[]}`), nil, 55, 70, ""},
		{"no JSON", always(`welcome`), nil, 4, 20, "will try again"},
		{"with a webhook", always(hook), nil, 4, 20, "a webhook is set"},
		{"bad gateway", func(*http.Request) (int, string) { return http.StatusBadGateway, "<html>" }, nil, 4, 20, "will try again"},
		{"unknown token", always(unknown), nil, 2, 4, "does not know this token"},
		{"quota", always(quota), nil, 1, 2, "rate limited for 1m0s"},
	} {
		got, log := pollMinute(t, test.answer, test.settled)
		if got < test.min || got > test.most {
			t.Errorf("%s: %d requests a minute, want %d to %d", test.name, got, test.min, test.most)
		}
		if !strings.Contains(log, test.log) || test.log == "" && log != "" {
			t.Errorf("%s: logged %q, want %q", test.name, log, test.log)
		}
	}
}

func TestPollDoesNotPauseAfterAnIdleLongPoll(t *testing.T) {
	got, log := pollMinute(t, func(r *http.Request) (int, string) {
		select {
		case <-time.After(10 * time.Second):
		case <-r.Context().Done():
		}
		return http.StatusOK, `{"ok":false,"error_code":408,"description":"Request timeout"}`
	}, nil)
	if got != 6 && got != 7 || log != "" {
		t.Errorf("%d requests of 10 s in a minute, logged %q", got, log)
	}
}
