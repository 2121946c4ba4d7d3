package telegram

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// updateKinds are the updates that decode understands, and so all that we ask Telegram for.
const updateKinds = `["message","edited_message","callback_query","my_chat_member"]`

// parse is json.Unmarshal except that a field of an unexpected type is left empty: Telegram changes fields, and one
// that we may not even read must not make an update impossible to pass.
func parse(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) {
		return nil
	}
	return err
}

// decode translates one update; ok is false when it holds nothing for us. now is the time of receipt, for updates that
// carry no time.
func decode(u tgbotapi.Update, now time.Time) (in bot.Incoming, ok bool) {
	switch {
	case u.Message != nil:
		in, ok = fromMessage(u.Message)
	case u.EditedMessage != nil:
		in, ok = fromMessage(u.EditedMessage)
		in.Edited = true
	case u.CallbackQuery != nil:
		in, ok = fromPress(u.CallbackQuery)
	case u.MyChatMember != nil:
		in, ok = fromMember(u.MyChatMember)
	}
	in.ID = strconv.Itoa(u.UpdateID)
	if in.At.IsZero() {
		in.At, in.Receipt = now, true
	}
	return in, ok
}

// fromPress translates a pressed inline button. Old messages are missing from the update; the button can then only
// have been pressed in the private chat, whose id is the person's.
func fromPress(q *tgbotapi.CallbackQuery) (bot.Incoming, bool) {
	if q.From == nil {
		return bot.Incoming{}, false
	}
	chat := &tgbotapi.Chat{ID: q.From.ID, Type: "private"}
	pressed := ""
	if q.Message != nil && q.Message.Chat != nil {
		chat, pressed = q.Message.Chat, strconv.Itoa(q.Message.MessageID)
	}
	in := from(chat, q.From)
	in.Button, in.Pressed, in.Ack = q.Data, pressed, q.ID
	return in, true
}

// fromMember translates a change of our own membership: in a private chat, that the person blocked or unblocked the bot.
func fromMember(m *tgbotapi.ChatMemberUpdated) (bot.Incoming, bool) {
	in := from(&m.Chat, &m.From)
	in.At = moment(m.Date)
	switch m.NewChatMember.Status {
	case "member":
		in.Kind = bot.Joined
	case "kicked", "left":
		in.Kind = bot.Left
	default:
		return bot.Incoming{}, false
	}
	return in, true
}

// from fills in who and where.
func from(chat *tgbotapi.Chat, person *tgbotapi.User) bot.Incoming {
	return bot.Incoming{
		From:    bot.Address{Channel: "telegram", Chat: strconv.FormatInt(chat.ID, 10)},
		Private: chat.IsPrivate(),
		Name:    fullName(person),
	}
}

func fullName(u *tgbotapi.User) string {
	if u.LastName == "" {
		return u.FirstName
	}
	return u.FirstName + " " + u.LastName
}

// moment is Telegram's Unix seconds as a time; zero when there is none.
func moment(seconds int) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0)
}
