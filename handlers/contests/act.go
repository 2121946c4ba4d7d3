package contests

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// sayToHost tells something to who runs competitions.
func sayToHost(t *handlers.Turn, text string) {
	t.KeepAs(storage.Organiser, func(context.Context, *storage.Tx) error {
		t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{manageButton()}})
		return nil
	})
}

func manageButton() bot.Button {
	return bot.Button{Label: "Quản lý cuộc thi", Data: managing + ":", Row: true}
}
