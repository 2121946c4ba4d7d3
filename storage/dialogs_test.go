package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// dialogs is what both kinds of dialogs do.
type dialogs interface {
	Load(ctx context.Context, a bot.Address) (*storage.Dialog, error)
	Save(ctx context.Context, d *storage.Dialog) error
	Commit(ctx context.Context, d *storage.Dialog, effect storage.Effect) error
	Unsent(ctx context.Context, now time.Time) ([]bot.Address, error)
}

var somebody = bot.Address{Channel: "test", Chat: "1"}

func onEachKind(t *testing.T, test func(t *testing.T, store *storage.Store, d dialogs)) {
	storagetest.OnEach(t, func(t *testing.T, store *storage.Store) { test(t, store, storage.NewDialogs(store)) })
	t.Run("redis", func(t *testing.T) {
		store := storagetest.Open(t, storagetest.PostgresURL(t))
		test(t, store, openRedis(t, store, storagetest.NewRedis(t)))
	})
}

func openRedis(t testing.TB, store *storage.Store, r *storagetest.Redis) *storage.RedisDialogs {
	t.Helper()
	d, err := storage.NewRedisDialogs(store, r.URL(), "owner")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func load(t *testing.T, d dialogs) *storage.Dialog {
	t.Helper()
	got, err := d.Load(t.Context(), somebody)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return got
}

func TestDialogKeepsWhatIsSaved(t *testing.T) {
	onEachKind(t, func(t *testing.T, _ *storage.Store, ds dialogs) {
		d := load(t, ds)
		d.Session.Name = "dangky"
		d.Handled.Add("7", time.UnixMilli(1_000_000))
		d.Outbox.Add("me", time.UnixMilli(5000), storage.Reply{Key: "7/0", Outgoing: bot.Outgoing{Text: "chào"}})
		if err := ds.Save(t.Context(), d); err != nil {
			t.Fatalf("save: %v", err)
		}
		got := load(t, ds)
		if got.Session.Name != "dangky" || !got.Handled.Has("7") || len(got.Outbox.Replies) != 1 || got.Outbox.Replies[0].Text != "chào" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestSecondSaveOfTheSameLoadLoses(t *testing.T) {
	onEachKind(t, func(t *testing.T, _ *storage.Store, ds dialogs) {
		first, second := load(t, ds), load(t, ds)
		if err := ds.Save(t.Context(), first); err != nil {
			t.Fatalf("first save: %v", err)
		}
		second.Session.Name = "late"
		if err := ds.Save(t.Context(), second); !errors.Is(err, storage.ErrChanged) {
			t.Errorf("second save: got %v, want ErrChanged", err)
		}
		if err := ds.Save(t.Context(), first); err != nil {
			t.Errorf("saving on after a save: %v", err)
		}
		if load(t, ds).Session.Name != "" {
			t.Error("the loser's state was kept")
		}
	})
}

func TestEffectAndDialogAreKeptTogetherOrNotAtAll(t *testing.T) {
	onEachKind(t, func(t *testing.T, store *storage.Store, ds dialogs) {
		effect := func(fail error) storage.Effect {
			return func(ctx context.Context, tx *storage.Tx) error {
				if _, err := storage.EnsurePerson(ctx, tx, somebody, time.Now()); err != nil {
					return err
				}
				return fail
			}
		}
		boom := errors.New("boom")
		if err := ds.Commit(t.Context(), load(t, ds), effect(boom)); !errors.Is(err, boom) {
			t.Fatalf("failing effect: got %v", err)
		}
		if _, ok, err := store.PersonAt(t.Context(), somebody); ok || err != nil {
			t.Fatalf("a failed effect left a person behind (%v)", err)
		}
		d := load(t, ds)
		err := ds.Commit(t.Context(), d, func(ctx context.Context, tx *storage.Tx) error {
			d.Session.Name = "kept"
			return effect(nil)(ctx, tx)
		})
		if err != nil {
			t.Fatalf("commit: %v", err)
		}
		if _, ok, err := store.PersonAt(t.Context(), somebody); !ok || err != nil {
			t.Errorf("the effect was not kept (%v)", err)
		}
		if load(t, ds).Session.Name != "kept" {
			t.Error("the dialog was not kept")
		}
	})
}

func TestUnsentRepliesAreFoundWhenTheirTimeHasCome(t *testing.T) {
	onEachKind(t, func(t *testing.T, _ *storage.Store, ds dialogs) {
		now := time.UnixMilli(1_000_000)
		d := load(t, ds)
		d.Outbox.Add("me", now.Add(time.Minute), storage.Reply{Key: "1/0"})
		if err := ds.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			at   time.Time
			want int
		}{{now, 0}, {now.Add(time.Minute), 1}} {
			found, err := ds.Unsent(t.Context(), c.at)
			if err != nil || len(found) != c.want {
				t.Errorf("at %v: got %v, %v; want %d", c.at, found, err, c.want)
			}
		}
		d.Outbox.Sent()
		if err := ds.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if found, err := ds.Unsent(t.Context(), now.Add(time.Hour)); err != nil || len(found) != 0 {
			t.Errorf("after sending: got %v, %v", found, err)
		}
	})
}

func TestHandledUpdatesAreForgottenAfterADayAndBeyond256(t *testing.T) {
	d := &storage.Dialog{}
	start := time.UnixMilli(0)
	d.Handled.Add("old", start)
	d.Handled.Add("new", start.Add(25*time.Hour))
	if d.Handled.Has("old") || !d.Handled.Has("new") {
		t.Errorf("after a day: %+v", d.Handled)
	}
	for i := range 300 {
		d.Handled.Add(string(rune('a'+i)), start.Add(26*time.Hour))
	}
	if d.Handled.Has(string(rune('a'+43))) || !d.Handled.Has(string(rune('a'+44))) || !d.Handled.Has(string(rune('a'+299))) {
		t.Errorf("remembered: %v", d.Handled)
	}
}
