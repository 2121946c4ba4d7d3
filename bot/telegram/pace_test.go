package telegram_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
)

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
func pollMinute(t *testing.T, answer server, accept func(bot.Incoming) <-chan error) (count int, log string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int32
		var j journal
		c := connect(t, "http://api.invalid", j.use, func(cfg *telegram.Config) {
			cfg.PollTimeout = 50 * time.Second
			cfg.HTTP = &http.Client{Transport: server(func(r *http.Request) (int, string) {
				n.Add(1)
				return answer(r)
			})}
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_ = c.Poll(ctx, accept) // the last confirmation fails where everything fails
		count, log = int(n.Load()), j.String()
	})
	return count, log
}

func settledWith(err error) func(bot.Incoming) <-chan error {
	return func(bot.Incoming) <-chan error {
		settled := make(chan error, 1)
		settled <- err
		return settled
	}
}

func always(status int, body string) server {
	return func(*http.Request) (int, string) { return status, body }
}

// sameUpdate ignores the offset, as no real server does.
const sameUpdate = `{"ok":true,"result":[{"update_id":9,"message":{` + head + `,"text":"x"}}]}`

func TestPollNeverSpins(t *testing.T) {
	const conflict = `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`
	for _, test := range []struct {
		name      string
		answer    server
		accept    func(bot.Incoming) <-chan error
		min, most int // requests in a minute
		log       string
	}{
		{"empty at once", always(200, `{"ok":true,"result":[]}`), settledWith(nil), 55, 70, ""},
		{"the same update for ever", always(200, sameUpdate), settledWith(nil), 55, 70, ""},
		{"an update that always fails", always(200, sameUpdate), settledWith(io.EOF), 55, 70, "handed in again"},
		{"not an update", always(200, `{"ok":true,"result":[{}]}`), settledWith(nil), 55, 70, ""},
		{"no JSON", always(200, `welcome`), settledWith(nil), 4, 20, "will try again"},
		{"bad gateway", always(502, `<html>`), settledWith(nil), 4, 20, "will try again"},
		{"another poller", always(409, conflict), settledWith(nil), 3, 6, "another program polls"},
		{"revoked token", always(401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`), settledWith(nil), 2, 4, "does not know this token"},
		{"flood", always(429, `{"ok":false,"error_code":429,"parameters":{"retry_after":25}}`), settledWith(nil), 3, 4, "rate limited for 25s"},
	} {
		got, log := pollMinute(t, test.answer, test.accept)
		if got < test.min || got > test.most {
			t.Errorf("%s: %d requests a minute, want %d to %d", test.name, got, test.min, test.most)
		}
		if !strings.Contains(log, test.log) {
			t.Errorf("%s: logged %q, want %q", test.name, log, test.log)
		}
	}
}

func TestPollDoesNotPauseAfterALongPoll(t *testing.T) {
	var idle atomic.Int64 // from an answer to the next request
	var answered time.Time
	got, _ := pollMinute(t, func(r *http.Request) (int, string) {
		if !answered.IsZero() && r.Context().Err() == nil {
			idle.Add(int64(time.Since(answered)))
		}
		select {
		case <-time.After(10 * time.Second):
		case <-r.Context().Done():
		}
		answered = time.Now()
		return 200, `{"ok":true,"result":[]}`
	}, settledWith(nil))
	if got != 6 && got != 7 || idle.Load() != 0 {
		t.Errorf("%d requests of 10 s in a minute, %s between them", got, time.Duration(idle.Load()))
	}
}
