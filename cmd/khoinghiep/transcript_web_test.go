package main

import (
	"cmp"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"khoinghiep/bot"
)

// webChat is a person at a page of the web chat, who reads what the page would show.
type webChat struct {
	*webClient
	sent    int
	last    string       // id of the entry read last
	shown   []webMessage // of the bot
	refused []said       // why files were not taken, since the last look
}

// newWeb has people meet in the web chat that every program has.
func newWeb(t *testing.T, over chan<- error) (extra []bot.Channel, meet func(a *app, name string) chat) {
	return nil, func(a *app, _ string) chat {
		web := slices.IndexFunc(a.channels, func(ch bot.Channel) bool { return ch.Name() == "web" })
		site, accept := a.channels[web].(bot.Site), twice(a.engine.Accept, over)
		// A handler's limits are for people. A script is faster, so each call has a handler of its own.
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			site.Handler(accept).ServeHTTP(w, r)
		}))
		t.Cleanup(server.Close)
		c := &webChat{webClient: &webClient{t: t, url: server.URL}, last: "0"}
		session := struct{ Token string }{}
		c.read(c.call(t.Context(), http.MethodPost, "/chat/api/session", ""), &session) //nolint:bodyclose // read closes it
		c.token = session.Token
		return c
	}
}

func (c *webChat) do(s step) int {
	switch s.verb {
	case "type":
		c.say(map[string]string{"text": s.arg})
	case "press":
		c.say(c.press(s.arg))
	case "start":
		c.say(map[string]string{"start": cmp.Or(s.arg, "menu")}) // as the page does
	case "contact":
		c.say(map[string]string{"text": phone(s.arg)})
	case "photo":
		return c.upload("photo.jpg", "no photo inside")
	case "album":
		return c.upload("one.jpg", "\xFF\xD8\xFF one") + c.upload("two.jpg", "\xFF\xD8\xFF two")
	case "sheet":
		return c.upload(s.arg, string(s.data))
	case "document":
		return c.upload(s.arg, "%PDF-1.7 "+s.arg)
	default:
		return 0
	}
	return 1
}

func (c *webChat) say(message map[string]string) {
	c.t.Helper()
	message["id"] = c.nextID()
	body, err := json.Marshal(message)
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(string(body))
}

// press finds the latest button with the label; where there is none, people type it.
func (c *webChat) press(label string) map[string]string {
	for _, m := range slices.Backward(c.shown) {
		for _, b := range m.Buttons {
			if b.Label == label && b.Data != "" {
				return map[string]string{"button": b.Data, "label": label, "pressed": m.ID}
			}
		}
	}
	return map[string]string{"text": label}
}

// upload tells how many updates come of a file: 0 when it is refused.
func (c *webChat) upload(name, content string) int {
	c.t.Helper()
	var body strings.Builder
	form := multipart.NewWriter(&body)
	_ = form.WriteField("id", c.nextID()) // a Builder takes everything
	part, _ := form.CreateFormFile("file", name)
	_, _ = io.WriteString(part, content)
	_ = form.Close()
	resp := c.callAs(c.t.Context(), form.FormDataContentType(), http.MethodPost, "/chat/api/send", body.String()) //nolint:bodyclose // read closes it
	answer := struct{ Problem string }{}
	c.read(resp, &answer)
	if resp.StatusCode == http.StatusUnprocessableEntity {
		c.refused = append(c.refused, said{text: answer.Problem})
		return 0
	}
	if resp.StatusCode != http.StatusOK {
		c.t.Fatalf("sending the file %s: %s", name, resp.Status)
	}
	return 1
}

func (c *webChat) nextID() string {
	c.sent++
	return strconv.Itoa(c.sent)
}

func (c *webChat) unread() []said {
	c.t.Helper()
	log := struct{ Messages []webMessage }{}
	c.read(c.call(c.t.Context(), http.MethodGet, "/chat/api/messages?after="+c.last, ""), &log) //nolint:bodyclose // read closes it
	fresh := c.refused
	c.refused = nil
	for _, m := range log.Messages {
		c.last = m.ID
		if m.Mine {
			continue
		}
		c.shown = slices.DeleteFunc(c.shown, func(old webMessage) bool { return old.ID == m.Replace })
		c.shown = append(c.shown, m)
		fresh = append(fresh, m.said())
	}
	return fresh
}

func (m webMessage) said() said {
	s := said{text: m.Body(), edited: m.Replace != ""}
	if m.File != nil {
		s.file = m.File.Name
	}
	for i, b := range m.Buttons {
		if i == 0 || b.Row {
			s.rows = append(s.rows, nil)
		}
		last := len(s.rows) - 1
		s.rows[last] = append(s.rows[last], b.Label)
	}
	return s
}
