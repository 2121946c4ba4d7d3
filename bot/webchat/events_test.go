package webchat_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"khoinghiep/bot"
)

func TestEventsGoOnWhereTheClientIs(t *testing.T) {
	w := newWorld(t)
	token := w.token()
	w.call(http.MethodPost, "/chat/api/send", token, `{"id":"m1","text":"xin chào"}`)
	chat := w.got[0].From.Chat
	id, err := w.channel.Send(t.Context(), chat, bot.Outgoing{Text: "Chào bạn."})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.channel.Edit(t.Context(), chat, id, bot.Outgoing{Text: "Chào bạn lần nữa."}); err != nil {
		t.Fatal(err)
	}
	if got := w.events(token, "", 3); got[0].Text != "xin chào" || got[1].ID != id || got[2].Replace != id {
		t.Errorf("from the beginning: %+v", got)
	}
	if got := w.messages(token, id); len(got) != 1 || got[0].Replace != id {
		t.Errorf("read from %s on: %+v", id, got)
	}
	if got := w.events(token, id, 1); got[0].Text != "Chào bạn lần nữa." {
		t.Errorf("from %s on: %+v", id, got)
	}
}

// events reads the first n.
func (w *world) events(token, after string, n int) []message {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.URL+"/chat/api/events", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Last-Event-ID", after)
	resp, err := w.Client().Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	list := []message{}
	for lines := bufio.NewScanner(resp.Body); len(list) < n && lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			m := message{}
			if err := json.Unmarshal([]byte(data), &m); err != nil {
				w.t.Fatal(err)
			}
			list = append(list, m)
		}
	}
	return list
}
