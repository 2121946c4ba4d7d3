package telegram

import (
	"cmp"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// fromMessage translates a message; ok is false for messages of channels, which have no sender, and for notes that the
// platform itself puts into a chat.
func fromMessage(m *tgbotapi.Message) (in bot.Incoming, ok bool) {
	if m.From == nil || m.Chat == nil || service(m) {
		return bot.Incoming{}, false
	}
	in = from(m.Chat, m.From)
	in.At = moment(cmp.Or(m.EditDate, m.Date))
	in.Group = m.MediaGroupID
	in.Text, in.Start = command(cmp.Or(m.Text, m.Caption))
	in.Files = files(m)
	if m.Contact != nil {
		in.Contact = true
		if m.Contact.UserID == m.From.ID {
			in.Phone = m.Contact.PhoneNumber
		}
	}
	if m.Text == "" && !in.Contact && len(in.Files) == 0 {
		in.Kind = bot.Unsupported
	}
	return in, true
}

// service tells that nobody wrote the message: somebody pinned one, or set a timer.
func service(m *tgbotapi.Message) bool {
	return m.PinnedMessage != nil || m.MessageAutoDeleteTimerChanged != nil
}

// command takes the bot's name off "/menu@khoinghiep_bot" and a deep link's payload off "/start".
func command(text string) (rest, start string) {
	if !strings.HasPrefix(text, "/") {
		return text, ""
	}
	word, args := text, ""
	if end := strings.IndexAny(text, " \n\t"); end >= 0 {
		word, args = text[:end], text[end:]
	}
	word, _, _ = strings.Cut(word, "@")
	if word == "/start" {
		return word, strings.TrimSpace(args)
	}
	return word + args, ""
}

// files gives what can be downloaded and read. Telegram repeats an animation as a document, so that one is left out.
func files(m *tgbotapi.Message) []bot.File {
	switch {
	case len(m.Photo) > 0:
		p := largest(m.Photo)
		return []bot.File{{ID: p.FileID, MIME: "image/jpeg", Size: int64(p.FileSize), Image: true}}
	case m.Document != nil && m.Animation == nil:
		d := m.Document
		return []bot.File{{ID: d.FileID, Name: d.FileName, MIME: d.MimeType, Size: int64(d.FileSize)}}
	}
	return nil
}

// largest picks the best of the sizes Telegram keeps of one photo.
func largest(sizes []tgbotapi.PhotoSize) tgbotapi.PhotoSize {
	best := sizes[0]
	for _, s := range sizes[1:] {
		if s.Width*s.Height > best.Width*best.Height {
			best = s
		}
	}
	return best
}
