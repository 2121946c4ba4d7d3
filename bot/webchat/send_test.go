package webchat_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestSendIsSettledAndLogged(t *testing.T) {
	w := newWorld(t)
	token := w.token()
	for range 2 { // the second is what a client sends that did not hear the answer
		if resp := w.call(http.MethodPost, "/chat/api/send", token, `{"id":"m1","text":"xin chào"}`); resp.status != http.StatusOK {
			t.Fatal(resp.status)
		}
	}
	if len(w.got) != 2 || w.got[0].ID != "m1" || w.got[0].ID != w.got[1].ID || w.got[0].Text != "xin chào" || !w.got[0].Private {
		t.Errorf("conversations got %+v", w.got)
	}
	if strings.Contains(w.got[0].From.Chat, token) || w.got[0].From.Channel != "web" {
		t.Errorf("the address is %v", w.got[0].From)
	}
	if list := w.messages(token, ""); len(list) != 1 || list[0].Key != "m1" || !list[0].Mine {
		t.Errorf("the log has %+v", list)
	}
	if list := w.messages(w.token(), ""); len(list) != 0 {
		t.Errorf("somebody else reads %+v", list)
	}
}

func TestUnsettledTurnIsSentAgain(t *testing.T) {
	w := newWorld(t)
	w.fail = errors.New("the database is away")
	resp := w.call(http.MethodPost, "/chat/api/send", w.token(), `{"id":"m1","text":"xin chào"}`)
	if resp.status != http.StatusServiceUnavailable || resp.header.Get("Retry-After") == "" {
		t.Errorf("got %d", resp.status)
	}
}

func TestPressLeavesItsLabel(t *testing.T) {
	w := newWorld(t)
	token := w.token()
	w.call(http.MethodPost, "/chat/api/send", token, `{"id":"m1","button":"dangky:","label":"Đăng ký dự án","pressed":"7"}`)
	if in := w.got[0]; in.Button != "dangky:" || in.Text != "" || in.Pressed != "7" {
		t.Errorf("conversations got %+v", in)
	}
	if list := w.messages(token, ""); list[0].Text != "Đăng ký dự án" {
		t.Errorf("the log has %+v", list)
	}
}

func TestStartIsNotShown(t *testing.T) {
	w := newWorld(t)
	token := w.token()
	w.call(http.MethodPost, "/chat/api/send", token, `{"id":"m1","start":"menu"}`)
	if w.got[0].Start != "menu" || len(w.messages(token, "")) != 0 {
		t.Errorf("conversations got %+v, the log has %+v", w.got, w.messages(token, ""))
	}
}
