package admin

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What is asked for, in the memo of the dialog. The digits themselves never stand there: of the new PIN, the hash that will
// be kept.
const (
	memoStep    = "step"
	memoHash    = "hash"
	memoTrusted = "trusted" // set once the old PIN was right

	stepOld   = "old"
	stepNew   = "new"
	stepAgain = "again"
)

// PIN has people set the PIN that they approve with, and change it by the old one. Staff without the right to approve may
// set one, too: they may stand in for an approver.
func PIN() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "mapin", Label: "Mã PIN duyệt", Role: storage.Staff,
		Words: []string{"mã pin", "đặt mã pin", "đổi mã pin", "pin"},
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			act(t, storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return startPIN(ctx, tx, t) })
			return nil
		},
		Listen: func(_ context.Context, t *handlers.Turn) error {
			act(t, storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return typedPIN(ctx, tx, t) })
			return nil
		},
	}
}

func startPIN(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	has, err := storage.HasPIN(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	t.PutAside()
	t.Session.Name = "mapin"
	if has {
		ask(t, stepOld, "", "Anh/chị gõ mã PIN đang dùng, hoặc gõ “hủy”. Nếu quên, anh/chị nhờ quản trị xóa mã.")
	} else {
		ask(t, stepNew, "", "Anh/chị chọn mã PIN gồm 6 chữ số để duyệt, rồi gõ vào đây; hoặc gõ “hủy”. Đừng dùng mã dễ đoán như 123456 hay ngày sinh.")
	}
	return nil
}

// ask goes to a step. entry is what the question takes the place of, see storage.HideSecret.
func ask(t *handlers.Turn, step, entry, question string) {
	memo := map[string]string{memoStep: step, memoTrusted: t.Session.Memo[memoTrusted]}
	t.Session.Memo = memo
	t.Say(bot.Outgoing{Title: "Mã PIN duyệt", Text: question, Replace: entry})
}

// typedPIN takes what is typed. Whatever it is, it may be a PIN, mistyped: it is hidden.
func typedPIN(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	if viet.Fold(t.In.Text) == "huy" {
		t.Session.Drop()
		t.Say(bot.Outgoing{Text: "Đã dừng. Mã PIN của anh/chị không đổi. Gõ “menu” để xem các việc khác."})
		return nil
	}
	entry, err := storage.HideSecret(ctx, tx, t.In.From, t.In.ID)
	if err != nil {
		return err
	}
	digits := strings.ReplaceAll(viet.Clean(t.In.Text), " ", "")
	step := t.Session.Memo[memoStep]
	switch {
	case !storage.IsPIN(digits):
		t.Say(bot.Outgoing{Text: "Mã PIN có đúng 6 chữ số. Anh/chị gõ lại, hoặc gõ “hủy”.", Replace: entry})
		return nil
	case step == stepOld:
		return checkOld(ctx, tx, t, entry, digits)
	case step == stepAgain:
		return repeated(ctx, tx, t, entry, digits)
	}
	return chosen(t, entry, digits)
}

func checkOld(ctx context.Context, tx *storage.Tx, t *handlers.Turn, entry, digits string) error {
	outcome, err := storage.CheckPIN(ctx, tx, t.In.From, digits, t.Now)
	if err != nil {
		return err
	}
	switch outcome {
	case storage.PINWrong:
		t.Say(bot.Outgoing{Text: "Mã PIN chưa đúng. Anh/chị gõ lại, hoặc gõ “hủy”. Sai 5 lần trong một giờ thì mã bị khóa một giờ.", Replace: entry})
	case storage.PINLocked:
		t.Session.Drop()
		t.Say(bot.Outgoing{Text: "Mã PIN đang bị khóa vì gõ sai nhiều lần. Anh/chị chờ một giờ rồi gõ “mã pin”, hoặc nhờ quản trị xóa mã.", Replace: entry})
	default:
		t.Session.Memo[memoTrusted] = "yes"
		ask(t, stepNew, entry, "Đúng rồi. Anh/chị gõ mã PIN mới gồm 6 chữ số, hoặc gõ “hủy”.")
	}
	return nil
}

// chosen takes the new PIN, to be typed again.
func chosen(t *handlers.Turn, entry, digits string) error {
	if storage.IsWeakPIN(digits) {
		t.Say(bot.Outgoing{Text: "Mã này dễ đoán. Anh/chị chọn mã khác, không lặp và không theo thứ tự, hoặc gõ “hủy”.", Replace: entry})
		return nil
	}
	hash, err := storage.HashPIN(digits)
	if err != nil {
		return err
	}
	ask(t, stepAgain, entry, "Anh/chị gõ mã PIN mới lần nữa.")
	t.Session.Memo[memoHash] = hash
	return nil
}

// repeated keeps the PIN that was typed twice. One that was set meanwhile, in another chat, is not overwritten.
func repeated(ctx context.Context, tx *storage.Tx, t *handlers.Turn, entry, digits string) error {
	hash := t.Session.Memo[memoHash]
	same, err := storage.MatchesPIN(hash, digits)
	if err != nil {
		return err
	}
	has, err := storage.HasPIN(ctx, tx, t.In.From)
	switch {
	case err != nil:
		return err
	case !same:
		ask(t, stepNew, entry, "Hai lần gõ không giống nhau. Anh/chị gõ lại mã PIN mới, hoặc gõ “hủy”.")
		return nil
	case has && t.Session.Memo[memoTrusted] == "":
		return startPIN(ctx, tx, t)
	}
	if err := storage.SetPIN(ctx, tx, t.In.From, hash, t.Now); err != nil {
		return err
	}
	t.Session.Drop()
	t.Say(bot.Outgoing{Title: "Đã đặt mã PIN", Text: "Anh/chị dùng mã này mỗi khi duyệt, và không đưa mã cho ai. " + cleanUp(entry), Replace: entry})
	return storage.AddAudit(ctx, tx, t.In.From, "set-pin", "", t.Now)
}

// cleanUp says what is left of the digits, and who can take it away.
func cleanUp(entry string) string {
	if entry != "" {
		return "Mã vừa gõ đã được che trong cuộc trò chuyện này."
	}
	return "Anh/chị hãy xóa các tin có mã PIN: nhấn giữ tin đó rồi chọn xóa. Mình không xóa được tin trên ứng dụng của anh/chị."
}
