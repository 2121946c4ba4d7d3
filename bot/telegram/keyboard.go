package telegram

import (
	"slices"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// keyboard gives the reply_markup for buttons, nil for none. Only a reply keyboard, which stands in place of the
// person's own keyboard, can ask for a contact; its other keys send their labels as text.
func keyboard(buttons []bot.Button) any {
	switch {
	case len(buttons) == 0:
		return nil
	case asksContact(buttons):
		markup := tgbotapi.NewOneTimeReplyKeyboard(arrange(buttons, replyKey)...)
		markup.ResizeKeyboard = true
		return markup
	}
	return tgbotapi.NewInlineKeyboardMarkup(arrange(buttons, inlineButton)...)
}

func asksContact(buttons []bot.Button) bool {
	return slices.ContainsFunc(buttons, func(b bot.Button) bool { return b.Contact })
}

func replyKey(b bot.Button) tgbotapi.KeyboardButton {
	return tgbotapi.KeyboardButton{Text: b.Label, RequestContact: b.Contact}
}

func inlineButton(b bot.Button) tgbotapi.InlineKeyboardButton {
	if b.URL != "" {
		return tgbotapi.NewInlineKeyboardButtonURL(b.Label, b.URL)
	}
	return tgbotapi.NewInlineKeyboardButtonData(b.Label, b.Data)
}

// arrange lays buttons out in rows of labels of about one width, which a phone shows uncut.
func arrange[T any](buttons []bot.Button, translate func(bot.Button) T) [][]T {
	var rows [][]T
	room, last := 0, 0
	for _, b := range buttons {
		fit := perRow(b.Label)
		if b.Row || room == 0 || fit != last {
			rows = append(rows, nil)
			room, last = fit, fit
		}
		end := len(rows) - 1
		rows[end] = append(rows[end], translate(b))
		room--
	}
	return rows
}

// perRow is how many buttons with labels like this one stand side by side; 8 is Telegram's limit.
func perRow(label string) int {
	switch n := utf8.RuneCountInString(label); {
	case n <= 3:
		return 8
	case n <= 20:
		return 2
	}
	return 1
}
