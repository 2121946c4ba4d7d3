package contests

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

func sayToStaff(t *handlers.Turn, text string) {
	t.KeepAs(storage.Staff, func(context.Context, *storage.Tx) error {
		t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{manageButton()}})
		return nil
	})
}

func manageButton() bot.Button {
	return bot.Button{Label: "Quản lý cuộc thi", Data: managing + ":", Row: true}
}
