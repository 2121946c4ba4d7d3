package storage_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var codeTime = time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)

func newCode(t *testing.T, s *storage.Store, kind storage.CodeKind, data string) string {
	t.Helper()
	code := ""
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		code, err = storage.NewCode(t.Context(), tx, kind, data, codeTime, codeTime.Add(time.Hour))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func useCode(t *testing.T, s *storage.Store, kind storage.CodeKind, key string, at time.Time) (ok bool) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		_, ok, err = storage.UseCode(t.Context(), tx, kind, key, at)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return ok
}

func TestACodeIsUnderstoodHoweverItIsTyped(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		code := newCode(t, s, storage.JoinCode, "telegram:1")
		shown := storage.ShowCode(code)
		lookAlikes := strings.NewReplacer("B", "8", "S", "5", "Z", "2", "G", "6", "L", "1").Replace(shown)
		for _, typed := range []string{code, shown, strings.ToLower(shown), " " + strings.ReplaceAll(shown, "-", " ") + "\n", lookAlikes} {
			found, ok, err := s.FindCode(t.Context(), typed, "telegram:2", codeTime)
			if err != nil || !ok || found.Kind != storage.JoinCode || found.Address().Chat != "1" {
				t.Errorf("%q: got %+v, %v, %v", typed, found, ok, err)
			}
		}
	})
}

func TestWordsAreNoCodes(t *testing.T) {
	for _, text := range []string{"", "đăng ký", "khong hoi gi het", "chung toi song tot", "0912 345 678", "ABCDEFGHIJKLMNOP", "BCFG-HJKL-MNPR-STVXZ", strings.Repeat("B", 100)} {
		if code, ok := storage.NormalCode(text); ok {
			t.Errorf("%q is taken for the code %s", text, code)
		}
	}
}

func TestACodeIsGoodOnceAndForItsKindUntilItExpires(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		find := func(code string, at time.Time) (storage.Code, bool) {
			t.Helper()
			c, ok, err := s.FindCode(t.Context(), code, "telegram:2", at)
			if err != nil {
				t.Fatal(err)
			}
			return c, ok
		}
		code := newCode(t, s, storage.GuardianCode, "telegram:1")
		c, _ := find(code, codeTime)
		if _, ok := find(code, codeTime.Add(time.Hour)); ok {
			t.Error("found after its time")
		}
		if useCode(t, s, storage.GuardianCode, c.Key, codeTime.Add(time.Hour)) || useCode(t, s, storage.JoinCode, c.Key, codeTime) {
			t.Error("used after its time, or as one of another kind")
		}
		if !useCode(t, s, storage.GuardianCode, c.Key, codeTime) || useCode(t, s, storage.GuardianCode, c.Key, codeTime) {
			t.Error("want it used once")
		}
		if _, ok := find(code, codeTime); ok {
			t.Error("found after its use")
		}
	})
}

func TestOfManyWhoUseACodeOneWins(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		c, _, err := s.FindCode(t.Context(), newCode(t, s, storage.InviteCode, "staff"), "telegram:2", codeTime)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		wins := make(chan bool, 20)
		for range cap(wins) {
			all.Go(func() { wins <- useCode(t, s, storage.InviteCode, c.Key, codeTime) })
		}
		all.Wait()
		close(wins)
		won := 0
		for ok := range wins {
			if ok {
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
	})
}

// guess tries wrong codes from a source until it is refused or n are tried, and returns how many were looked up.
func guess(t *testing.T, s *storage.Store, source string, n int, at time.Time) (looked int) {
	t.Helper()
	for range n {
		_, ok, err := s.FindCode(t.Context(), "BBBB-BBBB-BBBB-BBBB", source, at)
		if errors.Is(err, storage.ErrTooManyCodes) {
			return looked
		}
		if err != nil || ok {
			t.Fatalf("got %v, %v", ok, err)
		}
		looked++
		if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return storage.CountWrongCode(t.Context(), tx, source, at) }); err != nil {
			t.Fatal(err)
		}
	}
	return looked
}

func TestGuessingIsLimitedBySource(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		if n := guess(t, s, "telegram:1", 1000, codeTime); n != 5 {
			t.Errorf("%d of 1000 guesses were looked up, want 5", n)
		}
		code := newCode(t, s, storage.InviteCode, "staff")
		if _, _, err := s.FindCode(t.Context(), code, "telegram:1", codeTime); !errors.Is(err, storage.ErrTooManyCodes) {
			t.Errorf("the right code after too many wrong ones: %v", err)
		}
		if _, ok, err := s.FindCode(t.Context(), code, "telegram:2", codeTime); !ok || err != nil {
			t.Errorf("somebody else is refused: %v", err)
		}
		if n := guess(t, s, "telegram:1", 1, codeTime.Add(time.Hour)); n != 1 {
			t.Error("refused also in the next hour")
		}
	})
}

func TestGuessingIsLimitedInAll(t *testing.T) {
	s := storagetest.Open(t, storagetest.SQLiteURL(t))
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		for i := range 2000 {
			if err := storage.CountWrongCode(t.Context(), tx, "telegram:"+string(rune('一'+i)), codeTime); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := guess(t, s, "telegram:new", 1, codeTime); n != 0 {
		t.Error("after 2000 wrong codes in an hour more are looked up")
	}
	if n := guess(t, s, "telegram:new", 1, codeTime.Add(time.Hour)); n != 1 {
		t.Error("refused also in the next hour")
	}
}
