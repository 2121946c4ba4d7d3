package contests

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// act does something in the transaction that keeps the dialog, if who writes has the role of staff at that moment;
// otherwise it is an unknown word to them. What is done writes its line in the audit log itself.
func act(t *handlers.Turn, do storage.Effect) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
		switch {
		case err != nil:
			return err
		case !allowed:
			t.Session.Drop()
			t.Refuse()
			return nil
		}
		return do(ctx, tx)
	})
}

func sayToStaff(t *handlers.Turn, text string) {
	act(t, func(context.Context, *storage.Tx) error {
		t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{manageButton()}})
		return nil
	})
}

func manageButton() bot.Button {
	return bot.Button{Label: "Quản lý cuộc thi", Data: managing + ":", Row: true}
}
