package webchat_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/webchat"
)

// world is the web chat on an HTTP server, with a log and files in memory.
type world struct {
	*httptest.Server
	t       *testing.T
	channel *webchat.Channel
	log     *memory
	got     []bot.Incoming
	fail    error // of the next turn
}

func newWorld(t *testing.T, origins ...string) *world {
	t.Helper()
	w := &world{t: t, log: newMemory()}
	w.channel = webchat.New(webchat.Config{
		Name: "web", Path: "/chat", Can: webchat.Abilities(), Origins: origins, Log: w.log, Files: files{},
	})
	w.Server = httptest.NewServer(w.channel.Handler(w.accept))
	t.Cleanup(w.Close)
	return w
}

func (w *world) accept(in bot.Incoming) <-chan error {
	done := make(chan error, 1)
	w.got = append(w.got, in)
	done <- w.fail
	return done
}

// token begins a session.
func (w *world) token() string {
	w.t.Helper()
	var made struct{ Token string }
	w.call(http.MethodPost, "/chat/api/session", "", "").decode(w.t, &made)
	return made.Token
}

// reply is an answer that is read to its end.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) decode(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.body), v); err != nil {
		t.Fatalf("%d: %v", r.status, err)
	}
}

// call makes a request, with headers as "Name: value".
func (w *world) call(method, path, token, body string, headers ...string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	resp, err := w.Client().Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(content)}
}

type message struct {
	ID, Key, Text, Replace string
	Mine                   bool
	File                   *struct{ Name string }
}

func (w *world) messages(token, after string) []message {
	w.t.Helper()
	var answer struct{ Messages []message }
	w.call(http.MethodGet, "/chat/api/messages?after="+after, token, "").decode(w.t, &answer)
	return answer.Messages
}
