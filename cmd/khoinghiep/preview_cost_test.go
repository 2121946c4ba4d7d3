package main

import (
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestThePreviewTellsWhatZaloChargesFor: of four people on Zalo one wrote lately, two some days ago and one long ago, and one
// message of the month may go at a charge.
func TestThePreviewTellsWhatZaloChargesFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		templates map[string]string
		want      []string
	}{
		"with templates": {templates: map[string]string{storage.Announced: "1"}, want: []string{
			"Sẽ gửi qua: Zalo 4 người.\nKhông liên lạc được: 0 người. Chi phí: 2 tin theo mẫu, khoảng 400 đến 600 đồng",
			"; 1 tin tính phí theo giá của gói Zalo OA. Hạn mức tin tính phí tháng này còn 1 trên 1.",
		}},
		"without": {want: []string{
			"Sẽ gửi qua: Zalo 2 người.\nKhông liên lạc được: 2 người (2 người đã lâu không nhắn trên Zalo, Zalo không cho gửi). Chi phí: 1 tin tính phí",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := onZalo(testConfig(storagetest.SQLiteURL(t), ""), newZaloPlatform(t))
			cfg.still, cfg.zalo.budget, cfg.zalo.templates = true, 1, c.templates
			h := openHallAt(t, cfg, morning())
			now := h.app.engine.Clock()
			for i, idle := range []time.Duration{time.Hour, 72 * time.Hour, 72 * time.Hour, 20 * 24 * time.Hour} {
				wroteOnZalo(t, h.app.store, string(rune('a'+i)), now.Add(-idle))
			}
			code, err := h.app.store.Invite(t.Context(), storage.Staff, now, now.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{code, "soạn thông báo", "Ngày hội khởi nghiệp", "Mời bạn dự.", "bỏ qua", "1", "2", "vai trò", "xong", "1", "xong", "không", "1"} {
				h.say("officer", text)
			}
			h.press("officer", "Xem trước")
			h.settle()
			for _, want := range c.want {
				if got := h.last("officer"); !strings.Contains(got, want) {
					t.Errorf("not %q, but\n%s", want, got)
				}
			}
		})
	}
}

// wroteOnZalo is somebody who wrote at a time, and wants to be told of things.
func wroteOnZalo(t *testing.T, s *storage.Store, chat string, at time.Time) {
	t.Helper()
	a := bot.Address{Channel: "zalo", Chat: chat}
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		id, err := storage.EnsurePerson(t.Context(), tx, a, at)
		if err != nil {
			return err
		}
		return storage.AddConsent(t.Context(), tx, storage.Consent{
			Person: id, Purpose: storage.Announcements, Given: true, From: a, MessageID: "1", At: at,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	dialogs := storage.NewDialogs(s)
	d, err := dialogs.Load(t.Context(), a)
	if err == nil {
		d.At = at.UnixMilli()
		err = dialogs.Save(t.Context(), d)
	}
	if err != nil {
		t.Fatal(err)
	}
}
