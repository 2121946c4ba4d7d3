package founder

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Withdraw takes a consent back, as easily as it was given: one word and one press.
func Withdraw() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "rut", Label: "Rút đồng ý",
		Always: []string{"rút đồng ý", "rút lại đồng ý", "rutdongy", "thu hồi đồng ý"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			switch storage.Purpose(argument) {
			case storage.Dossier:
				withdrawDossier(t)
			case storage.Announcements:
				refuseAnnouncements(t)
				t.Say(bot.Outgoing{Text: "Mình đã ghi nhận bạn rút đồng ý nhận thông báo. Bạn sẽ không nhận thông báo nữa. Gõ “menu” để xem các việc khác."})
			default:
				return offerWithdrawal(ctx, t)
			}
			return nil
		},
	}
}

func offerWithdrawal(ctx context.Context, t *handlers.Turn) error {
	given, err := t.Store.ConsentsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	if len(given) == 0 {
		t.Say(bot.Outgoing{Text: "Hiện bạn không có đồng ý nào đang có hiệu lực, nên không có gì để rút. Gõ “menu” để xem các việc khác."})
		return nil
	}
	labels := map[storage.Purpose]string{storage.Dossier: "Rút: lưu hồ sơ", storage.Announcements: "Rút: nhận thông báo"}
	m := bot.Outgoing{Text: "Bạn muốn rút đồng ý nào? Rút “lưu hồ sơ” thì mọi đăng ký của bạn dừng xử lý. Không muốn rút thì bạn gõ “menu”."}
	for _, purpose := range given {
		m.Buttons = append(m.Buttons, bot.Button{Label: labels[purpose], Data: "rut:" + string(purpose), Row: true})
	}
	t.Say(m)
	return nil
}

// withdrawDossier also lets go of a registration being filled in: nothing of it may be kept any more.
func withdrawDossier(t *handlers.Turn) {
	_, dropped := t.Session.Aside["dangky"]
	delete(t.Session.Aside, "dangky")
	if t.Session.Name == "dangky" || t.Session.Name == "hoanthien" {
		dropped = true
		t.Session.Drop()
	}
	t.Keep(keepConsent(t, storage.Dossier, false, consentShort+"\n"+consentFull))
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		n, err := storage.WithdrawStartups(ctx, tx, t.In.From)
		if err != nil {
			return err
		}
		text := "Mình đã ghi nhận bạn rút đồng ý lưu hồ sơ."
		if n > 0 {
			text += " Các đăng ký của bạn đã dừng xử lý."
		}
		if dropped {
			text += " Phần đang điền cũng đã được bỏ."
		}
		t.Say(bot.Outgoing{Text: text + " Muốn xóa hẳn, bạn nhắn “xóa dữ liệu”."})
		return nil
	})
}
