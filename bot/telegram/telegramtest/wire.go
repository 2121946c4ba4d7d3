package telegramtest

import (
	"regexp"
	"time"
)

// The objects of the Bot API as far as the fake sends them.
type (
	user struct {
		ID        int64  `json:"id"`
		IsBot     bool   `json:"is_bot"`
		FirstName string `json:"first_name"`
		Username  string `json:"username,omitempty"`
	}
	chat struct {
		ID        int64  `json:"id"`
		Type      string `json:"type"`
		FirstName string `json:"first_name,omitempty"`
	}
	message struct {
		ID       int        `json:"message_id"`
		From     user       `json:"from"`
		Chat     chat       `json:"chat"`
		Date     int64      `json:"date"`
		EditDate int64      `json:"edit_date,omitempty"`
		Group    string     `json:"media_group_id,omitempty"`
		Text     string     `json:"text,omitempty"`
		Caption  string     `json:"caption,omitempty"`
		Contact  *contact   `json:"contact,omitempty"`
		Document *document  `json:"document,omitempty"`
		Photo    []photo    `json:"photo,omitempty"`
		Sticker  *attached  `json:"sticker,omitempty"`
		Voice    *attached  `json:"voice,omitempty"`
		Location *location  `json:"location,omitempty"`
		Entities []entities `json:"entities,omitempty"`
	}
	entities struct {
		Type   string `json:"type"`
		Offset int    `json:"offset"`
		Length int    `json:"length"`
	}
	contact struct {
		Phone     string `json:"phone_number"`
		FirstName string `json:"first_name"`
		UserID    int64  `json:"user_id,omitempty"`
	}
	attached struct {
		FileID   string `json:"file_id"`
		UniqueID string `json:"file_unique_id"`
		Size     int    `json:"file_size"`
	}
	document struct {
		attached
		Name string `json:"file_name"`
		MIME string `json:"mime_type"`
	}
	photo struct {
		attached
		Width  int `json:"width"`
		Height int `json:"height"`
	}
	location struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
	}
	callbackQuery struct {
		ID           string   `json:"id"`
		From         user     `json:"from"`
		Message      *message `json:"message,omitempty"`
		ChatInstance string   `json:"chat_instance"`
		Data         string   `json:"data"`
	}
	memberUpdate struct {
		Chat chat   `json:"chat"`
		From user   `json:"from"`
		Date int64  `json:"date"`
		Old  member `json:"old_chat_member"`
		New  member `json:"new_chat_member"`
	}
	member struct {
		User   user   `json:"user"`
		Status string `json:"status"`
	}
)

var (
	commandShape = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	payloadShape = regexp.MustCompile(`^[A-Za-z0-9_-]{0,64}$`)
)

func (p *Person) user() user { return user{ID: p.ID, FirstName: p.Name} }

func (p *Person) chat() chat { return chat{ID: p.ID, Type: "private", FirstName: p.Name} }

// wire is a message of the person.
func (p *Person) wire(id int, text string) message {
	return message{ID: id, From: p.user(), Chat: p.chat(), Date: time.Now().Unix(), Text: text}
}

// botMessage is a message of the bot.
func (p *Person) botMessage(m Message) message {
	return message{
		ID: m.ID, From: user{ID: botID, IsBot: true, FirstName: Username, Username: Username},
		Chat: p.chat(), Date: time.Now().Unix(), Text: m.Text,
	}
}
