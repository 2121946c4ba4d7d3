package storage_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func said(key, text string) bot.Entry {
	return bot.Entry{Key: key, At: time.UnixMilli(1_800_000_000_000), Outgoing: bot.Outgoing{Text: text}}
}

func mustAppend(t *testing.T, l *storage.WebLog, chat string, e bot.Entry) int64 {
	t.Helper()
	seq, err := l.Append(t.Context(), chat, e)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func texts(t *testing.T) func(entries []bot.Entry, err error) []string {
	return func(entries []bot.Entry, err error) []string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		list := []string{}
		for _, e := range entries {
			list = append(list, e.Text)
		}
		return list
	}
}

func TestWebLogKeepsOrderAndPlace(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		l := storage.NewWebLog(s)
		first := mustAppend(t, l, "a", said("1", "one"))
		mustAppend(t, l, "b", said("1", "elsewhere"))
		mustAppend(t, l, "a", said("2", "two"))
		if again := mustAppend(t, l, "a", said("1", "one changed")); again != first {
			t.Errorf("the same key got place %d, had %d", again, first)
		}
		mustAppend(t, l, "a", said("3", "three"))
		for name, c := range map[string]struct{ got, want []string }{
			"all":      {texts(t)(l.After(t.Context(), "a", 0, 9)), []string{"one", "two", "three"}},
			"some":     {texts(t)(l.After(t.Context(), "a", 0, 2)), []string{"one", "two"}},
			"the rest": {texts(t)(l.After(t.Context(), "a", first, 9)), []string{"two", "three"}},
			"the last": {texts(t)(l.Last(t.Context(), "a", 2)), []string{"two", "three"}},
			"nobody's": {texts(t)(l.Last(t.Context(), "c", 2)), []string{}},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Errorf("%s: got %q, want %q", name, c.got, c.want)
			}
		}
	})
}

// TestWebLogShowsNoEntryLate has many add to one chat while somebody follows it: whoever reads on from the last place
// misses none.
func TestWebLogShowsNoEntryLate(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		l := storage.NewWebLog(s)
		const writers, each = 8, 12
		var adding sync.WaitGroup
		for w := range writers {
			adding.Go(func() {
				for i := range each {
					if _, err := l.Append(t.Context(), "a", said(fmt.Sprint(w, "-", i), "x")); err != nil {
						t.Error(err)
					}
				}
			})
		}
		woken, stop := l.Watch("a")
		defer stop()
		last, read := int64(0), 0
		for read < writers*each {
			entries, err := l.After(t.Context(), "a", last, 5)
			if err != nil {
				t.Fatal(err)
			}
			read += len(entries)
			if len(entries) > 0 {
				last = entries[len(entries)-1].Seq
				continue
			}
			await(t, woken)
		}
		adding.Wait()
	})
}

func TestWebLogWakesOtherReplicas(t *testing.T) {
	url := storagetest.PostgresURL(t)
	here, there := storage.NewWebLog(storagetest.Open(t, url)), storage.NewWebLog(storagetest.Open(t, url))
	ctx, cancel := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	listening.Go(func() { here.Listen(ctx) })
	defer listening.Wait()
	defer cancel()
	woken, stop := here.Watch("a")
	defer stop()
	for n := 0; ; n++ { // what is added before the listener is connected wakes nobody
		mustAppend(t, there, "a", said(fmt.Sprint(n), "x"))
		select {
		case <-woken:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestErasedWebLogBeginsPastItsOldPlaces(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		l := storage.NewWebLog(s)
		old := int64(0)
		for i := range 50 {
			old = mustAppend(t, l, "a", said(fmt.Sprint("old ", i), "old"))
		}
		if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return storage.EraseWebLog(t.Context(), tx, "a") }); err != nil {
			t.Fatal(err)
		}
		fresh := said("2", "fresh")
		fresh.At = fresh.At.Add(10 * time.Millisecond) // which a script takes for fifty entries, and no person
		mustAppend(t, l, "a", fresh)
		if got := texts(t)(l.After(t.Context(), "a", old, 9)); !slices.Equal(got, []string{"fresh"}) {
			t.Errorf("whoever had read the old log sees %q, want the new entry", got)
		}
	})
}

func await(t *testing.T, woken <-chan struct{}) {
	t.Helper()
	select {
	case <-woken:
	case <-time.After(30 * time.Second):
		t.Fatal("nobody was woken")
	}
}
