package handlers

import (
	"context"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

const joinFor = 15 * time.Minute

// joining makes two chats of one person known as such: one chat makes a code, the other follows it and says yes. Both
// keep their own dialog.
func (r *Router) joining() *Conversation {
	return &Conversation{
		Name: "noi", Label: "Nối hai cuộc trò chuyện",
		Always: []string{"nối tài khoản", "nối chat", "nối cuộc trò chuyện", "dùng trên máy khác", "đổi máy"},
		Code:   storage.JoinCode, Follow: r.askToJoin,
		Open: func(ctx context.Context, t *Turn, argument string) error {
			verb, key, _ := strings.Cut(argument, ":")
			switch {
			case t.In.Kind == bot.Errand:
				return joinedFromElsewhere(ctx, t, verb)
			case verb == "co":
				t.Keep(func(ctx context.Context, tx *storage.Tx) error { return join(ctx, tx, t, key) })
				r.takeUp(t)
			case verb == "khong":
				t.Say(bot.Outgoing{Text: "Vâng, mình không nối. Gõ “menu” để xem các việc khác."})
				r.takeUp(t)
			default:
				t.Keep(func(ctx context.Context, tx *storage.Tx) error { return makeJoinCode(ctx, tx, t) })
			}
			return nil
		},
	}
}

func makeJoinCode(ctx context.Context, tx *storage.Tx, t *Turn) error {
	code, err := storage.NewCode(ctx, tx, storage.JoinCode, t.In.From.String(), t.Now, t.Now.Add(joinFor))
	if err != nil {
		return err
	}
	t.Say(t.CodeCard("Bạn mở cuộc trò chuyện kia của chính bạn với mình, trên máy hay ứng dụng khác, rồi gõ mã này ở đó. "+
		"Mã dùng một lần, trong 15 phút. Bạn đừng gửi mã cho người khác.", code))
	return nil
}

// memoAfter is where a chat that is asked to join remembers the form to go on with.
const memoAfter = "after"

// askToJoin asks in the second chat. A form in hand waits meanwhile, so that numbers and labels answer this question.
func (r *Router) askToJoin(_ context.Context, t *Turn, code storage.Code) error {
	if code.Address() == t.In.From {
		t.Say(bot.Outgoing{Text: "Mã này do chính cuộc trò chuyện này tạo. Bạn gõ mã ở cuộc trò chuyện kia nhé."})
		return nil
	}
	waiting := t.Session.Name
	if r.putAside(t) != "" {
		t.Session.Memo = map[string]string{memoAfter: waiting}
	}
	t.Say(bot.Outgoing{
		Title: "Nối hai cuộc trò chuyện?",
		Text: "Chỉ nối khi chính bạn vừa tạo mã này. Sau khi nối, cả hai nơi cùng thấy hồ sơ và quyền của bạn. " +
			"Nếu mã do người khác gửi, bạn chọn “Không nối”.",
		Buttons: []bot.Button{
			{Label: "Nối", Data: "noi:co:" + code.Key, Row: true},
			{Label: "Không nối", Data: "noi:khong", Row: true},
		},
	})
	return nil
}

// takeUp goes on with the form that waited for the answer.
func (r *Router) takeUp(t *Turn) {
	if name := t.Session.Memo[memoAfter]; name != "" {
		t.Resume(name)
	}
}

func join(ctx context.Context, tx *storage.Tx, t *Turn, key string) error {
	code, ok, err := storage.UseCode(ctx, tx, storage.JoinCode, key, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(WrongCode())
		return nil
	}
	joined, err := storage.JoinPeople(ctx, tx, t.In.From, code.Address(), t.Now)
	switch {
	case err != nil:
		return err
	case !joined:
		t.Say(bot.Outgoing{Text: "Hai cuộc trò chuyện này đã được nối từ trước. Gõ “menu” để xem các việc khác."})
		return nil
	}
	t.Say(bot.Outgoing{
		Title:   "Đã nối hai cuộc trò chuyện",
		Text:    "Hồ sơ của bạn nay có ở cả hai nơi. Phần đang điền dở vẫn ở nơi bạn đang điền; bạn có thể chuyển phần đó sang đây.",
		Buttons: []bot.Button{{Label: "Việc đang dở", Data: "chuyen:", Row: true}},
	})
	if err := storage.AddErrand(ctx, tx, code.Address(), "noi:xong", t.Now); err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "join-chats", code.Address().Channel, t.Now); err != nil {
		return err
	}
	return t.TellOfRoles(ctx, tx)
}
