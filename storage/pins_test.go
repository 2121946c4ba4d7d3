package storage_test

import (
	"context"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

const goodPIN, wrongPIN = "482915", "482916"

func setPIN(t *testing.T, s *storage.Store) {
	t.Helper()
	hash, err := storage.HashPIN(goodPIN)
	if err != nil {
		t.Fatal(err)
	}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.SetPIN(ctx, tx, firstChat, hash, codeTime)
	})
}

func TestPINs(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		expect := func(pin string, after time.Duration, want storage.PINCheck) {
			t.Helper()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				got, err := storage.CheckPIN(ctx, tx, firstChat, pin, codeTime.Add(after))
				if got != want {
					t.Errorf("%s after %s: %s, want %s", pin, after, got, want)
				}
				return err
			})
		}
		expect(goodPIN, 0, storage.PINUnset)
		setPIN(t, s)
		expect(goodPIN, 0, storage.PINRight)
		for range 4 {
			expect(wrongPIN, time.Minute, storage.PINWrong)
		}
		expect(goodPIN, time.Minute, storage.PINRight)
		for range 4 {
			expect(wrongPIN, 2*time.Minute, storage.PINWrong)
		}
		expect(wrongPIN, 2*time.Minute+time.Hour, storage.PINWrong) // those before are too long ago
		for range 3 {
			expect(wrongPIN, 100*time.Minute, storage.PINWrong)
		}
		expect(wrongPIN, 100*time.Minute, storage.PINLocked)
		expect(goodPIN, 159*time.Minute, storage.PINLocked)
		expect(goodPIN, 160*time.Minute, storage.PINRight)
	})
}

func TestAnAdminResetsAPIN(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		person := settle(t, s, firstChat, "Lê Văn An", "", codeTime)
		setPIN(t, s)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			for _, want := range []bool{true, false} {
				if ok, err := storage.ResetPIN(ctx, tx, person); ok != want || err != nil {
					t.Errorf("reset: %v, %v", ok, err)
				}
			}
			has, err := storage.HasPIN(ctx, tx, firstChat)
			if has {
				t.Error("the PIN is still there")
			}
			return err
		})
	})
}

// The PIN is the person's, not the chat's, and joining two people must not give either side's PIN to the other.
func TestJoiningKeepsThePINOfTheOlder(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		settle(t, s, firstChat, "Lê Văn An", "", codeTime)
		setPIN(t, s)
		other, err := storage.HashPIN(wrongPIN)
		if err != nil {
			t.Fatal(err)
		}
		settle(t, s, secondChat, "Lê Văn Ân", "", codeTime.Add(time.Minute))
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.SetPIN(ctx, tx, secondChat, other, codeTime)
		})
		join(t, s, firstChat, secondChat)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if got, err := storage.CheckPIN(ctx, tx, secondChat, goodPIN, codeTime); got != storage.PINRight || err != nil {
				t.Errorf("the PIN of the older person: %s, %v", got, err)
			}
			return nil
		})
	})
}

func TestWeakPINs(t *testing.T) {
	for pin, weak := range map[string]bool{
		"111111": true, "123456": true, "654321": true, "890123": true, "135791": true, "121212": true, "123123": true, "112233": true,
		"482915": false, "190588": false, "102030": false,
	} {
		if storage.IsWeakPIN(pin) != weak {
			t.Errorf("%s: weak is %v", pin, !weak)
		}
	}
	for text, is := range map[string]bool{"482915": true, "48291": false, "4829150": false, "48 29 15": false, "48291a": false, "": false} {
		if storage.IsPIN(text) != is {
			t.Errorf("%q: a PIN is %v", text, !is)
		}
	}
}
