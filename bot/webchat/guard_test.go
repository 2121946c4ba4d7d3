package webchat_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestRefusals(t *testing.T) {
	w := newWorld(t, "https://skhcn.example")
	good := w.token()
	hello := `{"id":"m1","text":"xin chào"}`
	for name, c := range map[string]struct {
		token, body, header string
		want                int
	}{
		"as it should be":            {good, hello, "X: y", 200},
		"our own origin":             {good, hello, "Origin: " + w.URL, 200},
		"a forged origin":            {good, hello, "Origin: https://evil.example", 403},
		"a site with the widget":     {good, hello, "Origin: https://skhcn.example", 403},
		"another site in a frame":    {good, hello, "Sec-Fetch-Site: cross-site", 403},
		"no token":                   {"", hello, "X: y", 401},
		"a token too short to be so": {"AAAA", hello, "X: y", 401},
		"no JSON":                    {good, "text=1", "X: y", 400},
		"no id":                      {good, `{"text":"x"}`, "X: y", 400},
		"an id with spaces":          {good, `{"id":"a b","text":"x"}`, "X: y", 400},
		"nothing said":               {good, `{"id":"m2"}`, "X: y", 400},
		"a text too long":            {good, `{"id":"m3","text":"` + strings.Repeat("ă", 4001) + `"}`, "X: y", 400},
		"a body too long":            {good, `{"id":"m4","text":"` + strings.Repeat(" ", 40_000) + `x"}`, "X: y", 400},
		"button data too long":       {good, `{"id":"m5","button":"` + strings.Repeat("x", 65) + `"}`, "X: y", 400},
	} {
		t.Run(name, func(t *testing.T) {
			if resp := w.call(http.MethodPost, "/chat/api/send", c.token, c.body, c.header); resp.status != c.want {
				t.Errorf("got %d, want %d", resp.status, c.want)
			}
		})
	}
}

func TestFloodsAreLimited(t *testing.T) {
	w := newWorld(t)
	token, statuses := w.token(), map[int]int{}
	for range 60 {
		statuses[w.call(http.MethodPost, "/chat/api/send", token, `{"id":"m","text":"x"}`).status]++
		statuses[-w.call(http.MethodPost, "/chat/api/session", "", "").status]++
	}
	if statuses[429] == 0 || statuses[200] < 30 {
		t.Errorf("of 60 messages at once: %v", statuses)
	}
	for range 20 {
		statuses[-w.call(http.MethodPost, "/chat/api/session", "", "").status]++
	}
	if statuses[-429] == 0 {
		t.Errorf("of 80 sessions at once: %v", statuses)
	}
	if resp := w.call(http.MethodPost, "/chat/api/session", "", "", "X-Forwarded-For: 203.0.113.9"); resp.status != http.StatusOK {
		t.Errorf("somebody else behind the same proxy got %d", resp.status)
	}
}
