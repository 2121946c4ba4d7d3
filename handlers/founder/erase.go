package founder

import (
	"context"
	"slices"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// eraseWithin is how long the question may be answered: an old button must not erase what was kept after it.
const eraseWithin = time.Hour

// Erase erases everything about a person, in all their chats, after one question. The button that says yes carries the
// time of the question. Each of the other chats does its own part by an errand.
func Erase() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "xoa", Label: "Xóa dữ liệu của tôi",
		Always: []string{"xóa dữ liệu", "xóa hết dữ liệu", "xóa thông tin của tôi"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			switch {
			case t.In.Kind == bot.Errand:
				eraseHere(t, "Dữ liệu của bạn ở cuộc trò chuyện này đã được xóa, theo yêu cầu bạn vừa gửi từ một cuộc trò chuyện khác. "+startAgain)
			case confirmed(argument, t.Now):
				return eraseAll(ctx, t)
			default:
				t.Say(askErase(t))
			}
			return nil
		},
	}
}

const startAgain = "Khi cần đăng ký lại, bạn gõ “đăng ký dự án”."

func confirmed(argument string, now time.Time) bool {
	asked, err := strconv.ParseInt(argument, 10, 64)
	return err == nil && now.Sub(time.Unix(asked, 0)) < eraseWithin
}

func askErase(t *handlers.Turn) bot.Outgoing {
	text := "Mình sẽ xóa họ tên, số điện thoại, mọi hồ sơ và tệp bạn đã gửi, các phần đang điền dở và tin nhắn mình lưu, ở mọi cuộc trò chuyện đã nối của bạn. " +
		"Xóa rồi thì không lấy lại được.\n"
	if t.Session.Official {
		text += "Vai trò cán bộ của bạn ở đây cũng mất.\n"
	}
	return bot.Outgoing{
		Title: t.Address("Xóa hết dữ liệu của bạn?"),
		Text: t.Address(text+"Mình chỉ giữ bằng chứng là bạn đã đồng ý và đã rút đồng ý, không kèm tên hay số điện thoại. "+
			"Muốn giữ một bản, bạn gõ “dữ liệu” trước. Không muốn xóa thì bạn gõ “menu”.") + t.MakeWay(),
		Buttons: []bot.Button{
			{Label: "Xóa hết", Data: "xoa:" + strconv.FormatInt(t.Now.Unix(), 10), Row: true},
			{Label: "Xem dữ liệu", Data: "dulieu:", Row: true},
		},
	}
}

// eraseAll proves that the consents end, and erases.
func eraseAll(ctx context.Context, t *handlers.Turn) error {
	given, err := t.Store.ConsentsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	texts := map[storage.Purpose]string{storage.Dossier: consentShort + "\n" + consentFull, storage.Announcements: announcementsText}
	for _, purpose := range given {
		t.Keep(keepConsent(t, purpose, false, texts[purpose]))
	}
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		chats, _, err := storage.Erase(ctx, tx, t.Files, t.In.From, t.Now)
		if err != nil {
			return err
		}
		for _, a := range slices.DeleteFunc(chats, func(a bot.Address) bool { return a == t.In.From }) {
			if err := storage.AddErrand(ctx, tx, a, "xoa:", t.Now); err != nil {
				return err
			}
		}
		return nil
	})
	eraseHere(t, "Những gì mình lưu về bạn đã được xóa. Nếu bạn từng đồng ý điều gì thì chỉ còn bằng chứng đồng ý và rút đồng ý, như luật yêu cầu. "+
		"Tin nhắn cũ còn hiện trên máy bạn thì bạn tự xóa trong ứng dụng; trên trang web, bạn tải lại trang. "+startAgain)
	return nil
}

// eraseHere erases what this chat has, and says so last.
func eraseHere(t *handlers.Turn, text string) {
	session := *t.Session
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		return storage.EraseChat(ctx, tx, t.Files, t.In.From, session)
	})
	t.Erase()
	t.Say(bot.Outgoing{Title: "Đã xóa dữ liệu", Text: text})
}
