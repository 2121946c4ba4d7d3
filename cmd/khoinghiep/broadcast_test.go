package main

import (
	"fmt"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage"
)

// morning is a clock that has people awake.
func morning() func() time.Time { return clockAt("09:00") }

// audience are people on a platform who wrote just now and agreed to be told of things.
func audience(t testing.TB, platform stage, s *storage.Store, n int) (people []listener, ids []int64) {
	t.Helper()
	now := morning()()
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		for i := range n {
			p := platform.person(fmt.Sprintf("Nguyễn Văn %d", i))
			p.Met()
			a := p.address()
			id, err := storage.EnsurePerson(t.Context(), tx, a, now)
			if err != nil {
				return err
			}
			people, ids = append(people, p), append(ids, id)
			err = storage.AddConsent(t.Context(), tx, storage.Consent{
				Person: id, Purpose: storage.Announcements, Given: true, From: a, MessageID: "1", At: now,
			})
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO dialogs (channel, chat, epoch, version, state, updated_at)
				VALUES ($1, $2, 1, 1, '{}', $3)`, a.Channel, a.Chat, now.UnixMilli()); err != nil {
				return fmt.Errorf("begin a dialog: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return people, ids
}

// announce has an announcement sent to people, and returns its id.
func announce(t testing.TB, s *storage.Store, people []int64) int64 {
	t.Helper()
	now := morning()()
	a := storage.Announcement{
		Draft: storage.NewSecret(10), Category: "event", StartAt: now.Add(-time.Hour).UnixMilli(),
		Message: storage.Message{Outgoing: bot.Outgoing{Title: "Ngày hội khởi nghiệp", Text: "Thứ Bảy 05/12/2026, 08:00."}},
	}
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		if err := storage.AddAnnouncement(t.Context(), tx, &a, now); err != nil {
			return err
		}
		_, err := storage.LaunchAnnouncement(t.Context(), tx, a, people, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// progress counts the deliveries of an announcement by state.
func progress(t testing.TB, s *storage.Store, id int64) (p storage.Progress) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		p, err = storage.ProgressOf(t.Context(), tx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// refuseOnce has the platform say once that the person blocked the bot.
func refuseOnce() func(n int) *telegramtest.Fault {
	return telegramtest.First(1, telegramtest.Refuse(403, "Forbidden: bot was blocked by the user"))
}
