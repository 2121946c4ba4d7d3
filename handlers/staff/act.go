package staff

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// asStaff does something in the transaction that keeps the dialog, if who writes has the role of staff at that moment;
// otherwise it is an unknown word to them. What is done writes its line in the audit log itself.
func asStaff(t *handlers.Turn, do storage.Effect) {
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

// goneFor answers for a startup that does not exist or was withdrawn.
func goneFor() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Mình không thấy hồ sơ này, hoặc người đăng ký đã rút. Anh/chị tìm theo tên hay số điện thoại giúp.",
		Buttons: []bot.Button{searchButton()},
	}
}

// noneChosen answers who asks for something that is done to one startup, without one.
func noneChosen() bot.Outgoing {
	return bot.Outgoing{Text: "Anh/chị chọn hồ sơ trước, rồi làm tiếp từ phiếu của hồ sơ đó.", Buttons: []bot.Button{waitingButton(), searchButton()}}
}

func searchButton() bot.Button {
	return bot.Button{Label: "Tìm hồ sơ", Data: "timkiem:", Row: true}
}

// waitingButton leads on to the next registration.
func waitingButton() bot.Button {
	return bot.Button{Label: "Xem đăng ký chờ", Data: "dangkymoi:", Row: true}
}
