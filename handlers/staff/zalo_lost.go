package staff

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// ZaloLostErrand tells staff in a chat that Zalo does not let us write any more, see storage.RaiseAlarm.
const ZaloLostErrand = "matzalo:"

// ZaloLost is that alarm. It has nothing to say to whoever asks for it by name.
func ZaloLost() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "matzalo", Role: storage.Staff,
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			if t.In.Kind != bot.Errand {
				t.Refuse()
				return nil
			}
			t.Keep(func(ctx context.Context, tx *storage.Tx) error {
				allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
				if allowed {
					t.Say(zaloLost())
				}
				return err
			})
			return nil
		},
	}
}

func zaloLost() bot.Outgoing {
	return bot.Outgoing{
		Title: "Zalo mất quyền gửi tin",
		Text: "Zalo không còn cho phép trợ lý gửi tin thay trang OA. Tin gửi qua Zalo đang chờ, không mất; các kênh khác vẫn chạy.\n" +
			"Nhờ anh/chị báo người quản trị máy chủ chạy lệnh “khoinghiep zalo login”, rồi quản trị viên của OA mở liên kết được in ra và bấm đồng ý.",
	}
}
