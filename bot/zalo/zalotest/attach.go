package zalotest

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

const (
	buttonLimit   = 5
	titleLimit    = 100 // characters, as the next two
	subtitleLimit = 500
	payloadLimit  = 1000
)

// attach puts the one attachment of a call into a message, if Zalo takes it.
func (s *Server) attach(m *Message, a *attachment) bool {
	written := strings.TrimSpace(m.Text) != ""
	switch {
	case a == nil:
		return written
	case a.Type == "file":
		m.File = s.kept(a.Payload.Token, false)
		return m.File != nil && !written
	case a.Type != "template":
		return false
	}
	switch p := a.Payload; p.Type {
	case "", "button":
		return written && m.putButtons(p.Buttons)
	case "media":
		return s.putImage(m, p.Elements)
	case "request_user_info":
		return m.putCard(p.Elements)
	}
	return false
}

func (s *Server) putImage(m *Message, list []element) bool {
	if len(list) != 1 || list[0].MediaType != "image" {
		return false
	}
	m.File = s.kept(list[0].Attachment, true)
	return m.File != nil
}

func (m *Message) putCard(list []element) bool {
	if len(list) != 1 || !within(list[0].Title, titleLimit) || !within(list[0].Subtitle, subtitleLimit) {
		return false
	}
	m.Card = list[0].Title
	return true
}

// within tells that a text is not empty and has at most limit characters.
func within(text string, limit int) bool {
	return text != "" && utf8.RuneCountInString(text) <= limit
}

func (m *Message) putButtons(list []rawButton) bool {
	if len(list) == 0 || len(list) > buttonLimit {
		return false
	}
	for _, raw := range list {
		b, ok := raw.read()
		if !ok {
			return false
		}
		m.Buttons = append(m.Buttons, b)
	}
	return true
}

// read gives the button as people see it; ok is false for one that Zalo refuses.
func (raw rawButton) read() (b Button, ok bool) {
	b.Label = raw.Title
	open := struct {
		URL     string `json:"url"`
		Phone   string `json:"phone_code"`
		Content string `json:"content"`
	}{}
	switch raw.Type {
	case "oa.query.show", "oa.query.hide":
		ok = json.Unmarshal(raw.Payload, &b.Payload) == nil && within(b.Payload, payloadLimit)
	case "oa.open.url":
		ok = json.Unmarshal(raw.Payload, &open) == nil && strings.HasPrefix(open.URL, "http")
	case "oa.open.phone", "oa.open.sms":
		ok = json.Unmarshal(raw.Payload, &open) == nil && open.Phone != ""
	}
	b.URL, b.Phone = open.URL, open.Phone
	return b, ok && within(b.Label, titleLimit)
}
