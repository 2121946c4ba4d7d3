package zalotest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
)

// try makes a call that may fail; err is the connection's.
func try(ctx context.Context, s *zalotest.Server, token, body string) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+zalotest.PathMessage, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("access_token", token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func TestFaults(t *testing.T) {
	s, p := start(t)
	access, body := token(t, s), `{"recipient":{"user_id":"`+p.Chat()+`"},"message":{"text":"x"}}`
	for _, f := range []struct {
		name     string
		pick     func(int) *zalotest.Fault
		status   int // 0: no answer
		received int
	}{
		{"a page", zalotest.Always(zalotest.Page(502)), 502, 0},
		{"a refusal", zalotest.Always(zalotest.Refuse(-248)), 200, 0},
		{"cut before", zalotest.Always(zalotest.Fault{Cut: true}), 0, 0},
		{"cut after", zalotest.Always(zalotest.Fault{Cut: true, Done: true}), 0, 1},
		{"over", zalotest.First(0, zalotest.Fault{Cut: true}), 200, 2},
		{"ended", nil, 200, 3},
	} {
		s.Fail(zalotest.PathMessage, f.pick)
		status, err := try(t.Context(), s, access, body)
		if status != f.status || (err != nil) != (f.status == 0) || p.Received() != f.received {
			t.Errorf("%s: %d, %v, %d received", f.name, status, err, p.Received())
		}
	}
	if got := s.Calls(zalotest.PathMessage); got != 6 {
		t.Errorf("%d calls", got)
	}
	check(t, "a refusal's code", func() result {
		s.Fail("", zalotest.Always(zalotest.Refuse(-248)))
		return post(t, s, access, zalotest.PathMessage, body)
	}(), -248)
}

func TestCallersMayGiveUp(t *testing.T) {
	for name, slow := range map[string]func(*zalotest.Server){
		"hanging": func(s *zalotest.Server) { s.Fail("", zalotest.Always(zalotest.Fault{Hang: true})) },
		"slow":    func(s *zalotest.Server) { s.Latency(time.Hour) },
	} {
		s, _ := start(t)
		slow(s)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, err := try(ctx, s, "x", "{}"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}
