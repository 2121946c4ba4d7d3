package zalobot

import (
	"cmp"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
)

// update is what a webhook call brings: an event by itself, as seen in service [1], or in an envelope, as documented [2+].
type update struct {
	event
	Result *event `json:"result"`
}

// event is one thing that happened.
type event struct {
	Name    string   `json:"event_name"`
	Message *message `json:"message"`
}

// message holds what a person sent. A sticker, a voice message and what Zalo does not pass on have neither text nor photo:
// a file [1], and, where the law protects the sender, such as a child, anything at all [2+].
type message struct {
	ID       string `json:"message_id"`
	From     sender `json:"from"`
	Chat     chat   `json:"chat"`
	Text     string `json:"text"`
	Caption  string `json:"caption"`
	Photo    string `json:"photo"`     // address of an image [2+]
	PhotoURL string `json:"photo_url"` // the same in other reports [1]
	Date     int64  `json:"date"`      // Unix milliseconds [2+]
}

type sender struct {
	DisplayName string `json:"display_name"` // [2+]
	Name        string `json:"name"`         // instead of it in other reports [1]
	IsBot       bool   `json:"is_bot"`
}

type chat struct {
	ID   string `json:"id"`
	Type string `json:"chat_type"` // PRIVATE or GROUP [2+]
}

// parse is json.Unmarshal except that a field of an unexpected type is left empty: one that we may not even read must not
// make an update impossible to pass.
func parse(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) {
		return nil
	}
	return err
}

// decode translates one event; ok is false when it holds nothing for us. now is the time of receipt, for messages that
// carry no time. What a person sent is told by its content, not by the event's name: more names exist than are documented,
// such as message.link.received [1].
func decode(e event, now time.Time) (in bot.Incoming, ok bool) {
	m := e.Message
	if m == nil || m.Chat.ID == "" || m.From.IsBot || !strings.HasPrefix(e.Name, "message.") || e.Name == "message.reaction.received" {
		return bot.Incoming{}, false
	}
	in = bot.Incoming{
		From:    bot.Address{Channel: "zalobot", Chat: m.Chat.ID},
		Private: m.Chat.Type != "GROUP",
		Name:    cmp.Or(m.From.DisplayName, m.From.Name),
		Text:    cmp.Or(m.Text, m.Caption),
		At:      now,
		Receipt: m.Date == 0,
	}
	if m.Date > 0 {
		in.At = time.UnixMilli(m.Date)
	}
	in.ID = cmp.Or(m.ID, e.Name+"/"+strconv.FormatInt(in.At.UnixMilli(), 10)) // all that was seen have an id [2+]
	if address := cmp.Or(m.Photo, m.PhotoURL); address != "" {
		in.Files = []bot.File{{ID: address, Image: true}}
	}
	if m.Text == "" && len(in.Files) == 0 {
		in.Kind = bot.Unsupported
	}
	return in, true
}
