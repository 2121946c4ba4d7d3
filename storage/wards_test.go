package storage_test

import (
	"context"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// agreeFor keeps a guardian's consent for a child, given or recorded in a chat.
func agreeFor(t *testing.T, s *storage.Store, child, from bot.Address, g storage.Guardian) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		proof := storage.Consent{From: from, MessageID: "1", At: codeTime}
		_, err := storage.AddGuardian(ctx, tx, child, g, proof, codeTime)
		return err
	})
}

// TestAGuardianTakesTheirConsentBack holds that it is theirs alone, seen in their data, and ends what it allowed.
func TestAGuardianTakesTheirConsentBack(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		child, guardian := firstChat, secondChat
		settle(t, s, child, "Lê Văn An", "", codeTime)
		agreeFor(t, s, child, guardian, storage.Guardian{Name: "Trần Thị Bình", Phone: "+84987654321"})
		data, err := s.DataAt(t.Context(), guardian)
		if err != nil || len(data["guardian_of"]) != 1 || data["guardian_of"][0]["name"] != "Trần Thị Bình" {
			t.Errorf("the guardian's data: %v, %v", data, err)
		}
		wards, err := s.WardsAt(t.Context(), guardian)
		if err != nil || len(wards) != 1 || wards[0].Name != "Lê Văn An" {
			t.Fatalf("wards %+v, %v", wards, err)
		}
		for _, step := range []struct {
			from  bot.Address
			taken bool
		}{{child, false}, {guardian, true}, {guardian, false}} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				ok, err := storage.WithdrawGuardian(ctx, tx, wards[0].ID, storage.Consent{From: step.from, MessageID: "2", At: codeTime}, "x:", codeTime)
				if ok != step.taken {
					t.Errorf("taken back from %v: %v", step.from, ok)
				}
				return err
			})
		}
		if agreed, err := s.GuardianAgreed(t.Context(), child); agreed || err != nil {
			t.Errorf("agreed afterwards: %v, %v", agreed, err)
		}
		if errands, err := s.Errands(t.Context()); err != nil || len(errands) != 1 || errands[0].Address != child {
			t.Errorf("told: %+v, %v", errands, err)
		}
	})
}

// TestAConsentOnPaperIsNotTheOfficers holds that the officer who recorded it neither takes it back nor erases its guardian.
func TestAConsentOnPaperIsNotTheOfficers(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		child, officer := firstChat, secondChat
		agreeFor(t, s, child, officer, storage.Guardian{Name: "Trần Thị Bình", Paper: "2026-11-20"})
		if wards, err := s.WardsAt(t.Context(), officer); err != nil || len(wards) > 0 {
			t.Errorf("wards %+v, %v", wards, err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.EraseChat(ctx, tx, storage.NewFiles(t.TempDir(), s), officer, storage.Session{})
		})
		data, err := s.DataAt(t.Context(), child)
		if err != nil || len(data["guardians"]) != 1 || data["guardians"][0]["name"] != "Trần Thị Bình" {
			t.Errorf("kept %v, %v", data["guardians"], err)
		}
	})
}
