package main

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage/storagetest"
)

// TestFormsOfStaffCheckTheRoleWhenTheyAreSent plays the transcripts of staff's conversations with nobody invited, and with
// the router's look at roles taken away, so that strangers get as far as they are let, also into forms, which look when
// they are sent. Each action of staff leaves a line in the audit log: where there is none, nothing was done.
func TestFormsOfStaffCheckTheRoleWhenTheyAreSent(t *testing.T) {
	t.Parallel()
	for _, c := range allConversations(t) {
		if c.Role == "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			h := &staffHouse{t: t, c: c, cfg: testConfig(storagetest.SQLiteURL(t), "")}
			script := readScript(t, filepath.Join(transcripts, c.Name+".txt"))
			playThrough(t, h.cfg, uninvited(script), unguarded)
			if done := h.dump()["audit"]; done != "" {
				t.Errorf("strangers did:\n%s", done)
			}
		})
	}
}

// uninvited leaves out that people are given roles. What is typed or pressed and is not understood any more does no harm.
func uninvited(script []step) []step {
	left, invited := []step{}, false
	for _, s := range script {
		isCode := s.verb == "code" || s.verb == "start" && s.arg == "code"
		switch {
		case s.verb == "invite":
			invited = true
		case invited && isCode:
			invited = false
		default:
			left = append(left, s)
		}
	}
	return slices.DeleteFunc(left, func(s step) bool { return strings.HasPrefix(s.line, "#") })
}

// unguarded is newTelegram on a program whose router lets everybody have everything.
func unguarded(t *testing.T, over chan<- error) ([]bot.Channel, func(a *app, name string) chat) {
	extra, meet := newTelegram(t, over)
	opened := sync.Once{}
	return extra, func(a *app, name string) chat {
		opened.Do(func() {
			list := allConversations(t)
			for _, c := range list {
				c.Role = ""
			}
			a.engine.Router = handlers.NewRouter(a.config.contact, list...)
		})
		return meet(a, name)
	}
}
