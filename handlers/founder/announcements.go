package founder

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const announcementsText = "Bạn có muốn nhận thông báo về cuộc thi, sự kiện và chương trình hỗ trợ không? Nhiều nhất một tin mỗi ngày, trừ tin gấp về việc sắp diễn ra bị đổi hoặc hủy; nhắn “từ chối” là dừng ngay."

// Announcements is the consent to be told of things, apart from the registration.
func Announcements() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "thongbao", Label: "Nhận thông báo",
		Words: []string{"nhận thông báo", "đăng ký thông báo", "nhận tin"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			switch argument {
			case "co":
				t.Keep(keepConsent(t, storage.Announcements, true, announcementsText))
				t.Keep(func(ctx context.Context, tx *storage.Tx) error { return storage.Prefer(ctx, tx, t.In.From, t.Now) })
				t.Say(bot.Outgoing{Text: t.Address("Cảm ơn bạn. Khi có tin phù hợp, mình sẽ nhắn. Bạn nhắn “từ chối” để dừng bất cứ lúc nào.")})
			case "khong":
				refuseAnnouncements(t)
				t.Say(bot.Outgoing{Text: t.Address("Vâng, mình sẽ không gửi thông báo. Khi đổi ý, bạn nhắn “nhận thông báo”. Gõ “menu” để xem các việc khác.")})
			default:
				t.Say(askAnnouncements(t))
			}
			return nil
		},
	}
}

func askAnnouncements(t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{Text: t.Address(announcementsText), Buttons: []bot.Button{
		{Label: "Có, báo cho tôi", Data: "thongbao:co", Row: true},
		{Label: "Không nhận", Data: "thongbao:khong", Row: true},
	}}
}

// NoAnnouncements stops them at once.
func NoAnnouncements() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "tuchoi", Label: "Từ chối thông báo",
		Always: []string{"từ chối", "dừng thông báo", "không nhận thông báo", "stop"},
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			refuseAnnouncements(t)
			t.Say(bot.Outgoing{Text: t.Address("Mình đã dừng mọi thông báo cho bạn. Hồ sơ đã đăng ký không thay đổi. Khi đổi ý, bạn nhắn “nhận thông báo”.")})
			return nil
		},
	}
}

// refuseAnnouncements proves the answer, and takes back what is on its way to the person.
func refuseAnnouncements(t *handlers.Turn) {
	t.Keep(keepConsent(t, storage.Announcements, false, announcementsText))
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		person, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		return storage.RefuseAnnouncements(ctx, tx, person, t.Now)
	})
}
