package announcing

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What is waited for, in the memo of the dialog: the verb, and of which text of which announcement, as in a button.
const (
	memoVerb = "verb"
	memoID   = "id"
	memoSeen = "seen"
)

const longestReason = 300 // characters

// listen waits for what the person types next.
func (d Desk) listen(t *handlers.Turn, verb string, a storage.Announcement, seen string) {
	t.PutAside()
	t.Session.Name = managing
	t.Session.Memo = map[string]string{memoVerb: verb, memoID: strconv.FormatInt(a.ID, 10), memoSeen: seen}
}

// hear takes the PIN or the reason that was asked for.
func (d Desk) hear(_ context.Context, t *handlers.Turn) error {
	t.KeepAs(storage.Approver, func(ctx context.Context, tx *storage.Tx) error {
		memo := t.Session.Memo
		id, _ := strconv.ParseInt(memo[memoID], 10, 64) // we wrote it
		a, ok, err := storage.FindAnnouncement(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !ok:
			t.Session.Drop()
			t.Say(gone())
			return nil
		case viet.Fold(t.In.Text) == "huy":
			t.Session.Drop()
			return d.outOf(ctx, tx, t, a)
		case memo[memoVerb] == approve:
			return d.hearPIN(ctx, tx, t, a, memo[memoSeen])
		}
		return d.hearReason(ctx, tx, t, a, memo[memoSeen])
	})
	return nil
}

// outOf shows the announcement again, to whoever thought better of it.
func (d Desk) outOf(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement) error {
	if err := d.show(ctx, tx, t, a, ""); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "open-announcement", a.Code, t.Now)
}

// hearPIN approves with the right PIN. Whatever was typed may be one, mistyped: it is hidden where the window is ours.
func (d Desk) hearPIN(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) error {
	entry, err := storage.HideSecret(ctx, tx, t.In.From, t.In.ID)
	if err != nil {
		return err
	}
	digits := strings.ReplaceAll(viet.Clean(t.In.Text), " ", "")
	if !storage.IsPIN(digits) {
		t.Say(bot.Outgoing{Text: "Mã PIN có đúng 6 chữ số. Anh/chị gõ lại, hoặc gõ “hủy”.", Replace: entry})
		return nil
	}
	outcome, err := storage.CheckPIN(ctx, tx, t.In.From, digits, t.Now)
	switch {
	case err != nil:
		return err
	case outcome == storage.PINWrong:
		t.Say(bot.Outgoing{Text: "Mã PIN chưa đúng. Anh/chị gõ lại, hoặc gõ “hủy”. Sai 5 lần trong một giờ thì mã bị khóa một giờ.", Replace: entry})
		return storage.AddAudit(ctx, tx, t.In.From, "wrong-pin", a.Code, t.Now)
	}
	t.Session.Drop()
	if outcome != storage.PINRight {
		t.Say(bot.Outgoing{Text: "Mã PIN đang bị khóa hoặc đã bị xóa, nên thông báo chưa được duyệt. Anh/chị chờ một giờ rồi thử lại, hoặc gõ “mã pin” để đặt mã mới.", Replace: entry})
		return storage.AddAudit(ctx, tx, t.In.From, "locked-pin", a.Code, t.Now)
	}
	ok, err := d.ripe(ctx, tx, t, a, seen)
	if err != nil {
		return err
	}
	if !ok {
		return d.outpaced(ctx, tx, t, a)
	}
	if entry == "" {
		t.Say(bot.Outgoing{Text: "Mã PIN đúng. Anh/chị hãy xóa tin có mã PIN: nhấn giữ tin đó rồi chọn xóa."})
	}
	return d.launch(ctx, tx, t, a, entry)
}

func (d Desk) hearReason(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) error {
	reason, err := viet.Text(t.In.Text, longestReason)
	var problem viet.Problem
	switch {
	case errors.As(err, &problem):
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Lý do cần có chữ, nhiều nhất %d ký tự. Anh/chị gõ lại, hoặc gõ “hủy”.", longestReason)})
		return nil
	case err != nil:
		return fmt.Errorf("read a reason: %w", err)
	}
	t.Session.Drop()
	ok, err := d.ripe(ctx, tx, t, a, seen)
	if err != nil {
		return err
	}
	if !ok {
		return d.outpaced(ctx, tx, t, a)
	}
	return d.giveBack(ctx, tx, t, a, reason)
}
