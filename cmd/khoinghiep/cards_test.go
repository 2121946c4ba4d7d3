package main

import (
	"fmt"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestWhatCameAsATemplateIsShownWholeNext has a notice come as a template, and its person write whatever they like.
func TestWhatCameAsATemplateIsShownWholeNext(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.still = true
	h := openHall(t, cfg)
	h.say("an", "nhận thông báo")
	h.press("an", "Có, báo cho tôi")
	h.say("an", "/dangky")
	h.press("an", "Đồng ý, tôi đủ 16 tuổi")
	for n, next := range []struct{ says, answered string }{
		{"ok", "Họ và tên"},        // the question in hand is asked again
		{"trợ giúp", "Các việc"},   // a command is answered as well
		{"Lê Văn An", "Họ và tên"}, // not taken for the answer to a question of long ago
	} {
		h.asTemplate("an", fmt.Sprintf("notice/%d", n))
		before := len(h.all("an"))
		h.say("an", next.says)
		eventually(t, "the answers", func() bool { return len(h.all("an")) >= before+2 })
		answers := h.all("an")[before:]
		if answers[0] != fmt.Sprintf("notice/%d", n) || !strings.Contains(strings.Join(answers[1:], "\n"), next.answered) {
			t.Errorf("to %q: %q", next.says, answers)
		}
	}
	h.say("an", "Lê Văn An")
	eventually(t, "the next question", func() bool { return strings.Contains(h.last("an"), "Số điện thoại") })
}

// asTemplate has somebody's notice come as a template, as the sender does.
func (h *hall) asTemplate(chat, source string) {
	h.t.Helper()
	now, id := h.app.engine.Clock(), int64(0)
	err := h.app.store.InTx(h.t.Context(), func(tx *storage.Tx) error {
		n := storage.Notice{Source: source, Person: h.person(chat), Queue: storage.QueueNotices, Message: bot.Outgoing{Text: source}}
		if err := storage.Notify(h.t.Context(), tx, n, now); err != nil {
			return err
		}
		if err := tx.GetContext(h.t.Context(), &id, `SELECT id FROM deliveries WHERE source = $1`, source); err != nil {
			return err
		}
		return storage.AddErrand(h.t.Context(), tx, h.address(chat), fmt.Sprint(storage.CardErrand, id), now)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.settle()
}
