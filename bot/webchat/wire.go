package webchat

import (
	"regexp"
	"strconv"
	"time"

	"khoinghiep/bot"
)

// message is what a person sends: one of Text, Button and Start, or a file beside the first.
type message struct {
	ID      string `json:"id"` // made by the client: the same id again is the same message
	Text    string `json:"text"`
	Button  string `json:"button"`  // data of a pressed button
	Label   string `json:"label"`   // of the pressed button, as the person saw it
	Pressed string `json:"pressed"` // id of the entry that bore it
	Start   string `json:"start"`   // what a link with a code carries; not shown in the chat
}

var idShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// valid checks lengths, for what the database and the conversations may be given.
func (m message) valid() bool {
	one := m.Text != "" || m.Button != "" || m.Start != ""
	return idShape.MatchString(m.ID) && one && bot.Length(m.Text) <= Abilities().TextLimit &&
		len(m.Button) <= bot.ButtonDataLimit && len(m.Label) <= 400 && len(m.Pressed) <= 20 && len(m.Start) <= bot.ButtonDataLimit
}

// incoming is the message as conversations get it.
func (m message) incoming(from bot.Address, files []bot.File, now time.Time) bot.Incoming {
	in := bot.Incoming{ID: m.ID, Kind: bot.Message, From: from, Private: true, Start: m.Start, Files: files, At: now, Receipt: true}
	if m.Button != "" {
		in.Button, in.Pressed = m.Button, m.Pressed
	} else {
		in.Text = m.Text
	}
	return in
}

// entry is the message as it stays in the log: a press leaves the label of its button.
func (m message) entry(file *bot.File, now time.Time) bot.Entry {
	text := m.Text
	if m.Button != "" {
		text = m.Label
	}
	return bot.Entry{Key: "in:" + m.ID, Mine: true, At: now, Outgoing: bot.Outgoing{Text: text, File: file}}
}

// shown is an entry as clients get it.
type shown struct {
	ID      string       `json:"id"`
	Key     string       `json:"key,omitempty"` // the id that the client gave it
	Mine    bool         `json:"mine,omitempty"`
	At      time.Time    `json:"at"`
	Title   string       `json:"title,omitempty"`
	Text    string       `json:"text,omitempty"`
	Buttons []bot.Button `json:"buttons,omitempty"`
	File    *shownFile   `json:"file,omitempty"`
	Replace string       `json:"replace,omitempty"` // id of the entry whose place this one takes
}

type shownFile struct {
	Name  string `json:"name,omitempty"`
	MIME  string `json:"mime,omitempty"`
	Bytes int64  `json:"bytes,omitempty"`
}

func show(e bot.Entry) shown {
	s := shown{
		ID: strconv.FormatInt(e.Seq, 10), Mine: e.Mine, At: e.At.UTC(),
		Title: e.Title, Text: e.Text, Buttons: e.Buttons, Replace: e.Replace,
	}
	if e.Mine {
		s.Key = e.Key[len("in:"):]
	}
	if e.File != nil {
		s.File = &shownFile{Name: e.File.Name, MIME: e.File.MIME, Bytes: max(e.File.Size, int64(len(e.File.Data)))}
	}
	return s
}
