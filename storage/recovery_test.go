package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func setup(t *testing.T) (*storage.Store, *storagetest.Redis, *storage.RedisDialogs) {
	t.Helper()
	store := storagetest.Open(t, storagetest.PostgresURL(t))
	r := storagetest.NewRedis(t)
	return store, r, openRedis(t, store, r)
}

func saveName(t *testing.T, ds dialogs, name string) {
	t.Helper()
	d := load(t, ds)
	d.Session.Name = name
	if err := ds.Save(t.Context(), d); err != nil {
		t.Fatalf("save %s: %v", name, err)
	}
}

func TestFlushLosesOnlyWhatWasNotDrained(t *testing.T) {
	_, r, ds := setup(t)
	saveName(t, ds, "drained")
	if err := ds.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	late := load(t, ds)
	saveName(t, ds, "younger")
	r.Flush()
	if got := load(t, ds).Session.Name; got != "drained" {
		t.Errorf("after the flush: %q", got)
	}
	if err := ds.Save(t.Context(), late); !errors.Is(err, storage.ErrChanged) {
		t.Errorf("a save from before the flush: got %v, want ErrChanged", err)
	}
}

func TestOldSnapshotDoesNotBringOldAnswersBack(t *testing.T) {
	_, r, ds := setup(t)
	saveName(t, ds, "old")
	r.Snapshot()
	saveName(t, ds, "new")
	if err := ds.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := load(t, ds)
	r.Stop()
	r.Start()
	if err := ds.Save(t.Context(), before); err == nil {
		t.Error("a save of a dialog loaded before the restart was taken")
	}
	var got *storage.Dialog
	for range 3 { // connections to the former server fail first
		if d, err := ds.Load(t.Context(), somebody); err == nil {
			got = d
			break
		}
	}
	if got == nil || got.Session.Name != "new" {
		t.Errorf("after the restart: %+v", got)
	}
}

func TestDrainNeverReplacesANewerValue(t *testing.T) {
	store, _, ds := setup(t)
	saveName(t, ds, "first")
	d := load(t, ds)
	err := ds.Commit(t.Context(), d, func(context.Context, *storage.Tx) error { d.Session.Name = "committed"; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := ds.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	table, err := storage.NewDialogs(store).Load(t.Context(), somebody)
	if err != nil || table.Session.Name != "committed" {
		t.Errorf("in the table: %+v, %v", table, err)
	}
}

// A process that dies at any weak moment leaves the dialog either as it was or as it was committed.
func TestDeathInAnEffectIsFoundOut(t *testing.T) {
	for point, want := range map[string]string{"freeze": "before", "frozen": "before", "written": "before", "committed": "after"} {
		t.Run(point, func(t *testing.T) {
			_, _, ds := setup(t)
			saveName(t, ds, "before")
			ds.AtPoint(func(at string) error {
				if at == point {
					return context.Canceled // nothing after this moment is done
				}
				return nil
			})
			d := load(t, ds)
			err := ds.Commit(t.Context(), d, func(context.Context, *storage.Tx) error { d.Session.Name = "after"; return nil })
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("commit: %v", err)
			}
			if got := load(t, ds).Session.Name; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			saveName(t, ds, "goes on")
		})
	}
}

func TestNothingPassesAFrozenDialog(t *testing.T) {
	_, _, ds := setup(t)
	saveName(t, ds, "before")
	passer := load(t, ds)
	var passed error
	ds.AtPoint(func(at string) error {
		if at == "frozen" {
			passer.Session.Name = "passed"
			passed = ds.Save(t.Context(), passer)
		}
		return nil
	})
	d := load(t, ds)
	if err := ds.Commit(t.Context(), d, func(context.Context, *storage.Tx) error { d.Session.Name = "committed"; return nil }); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(passed, storage.ErrChanged) {
		t.Errorf("a save while frozen: got %v, want ErrChanged", passed)
	}
	if got := load(t, ds).Session.Name; got != "committed" {
		t.Errorf("got %q", got)
	}
}

// While Redis hangs, what waits in one round trip with others ends when its own time is over. It may be done all the same, but
// not over what was saved since.
func TestATurnEndsWithItsTimeWhileRedisHangs(t *testing.T) {
	_, r, ds := setup(t)
	saveName(t, ds, "before")
	d := load(t, ds)
	r.Pause()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	d.Session.Name = "given up"
	if err := ds.Save(ctx, d); !errors.Is(err, context.DeadlineExceeded) || !storage.Unavailable(err) {
		t.Errorf("while Redis hangs: %v", err)
	}
	r.Resume()
	for ds.Ping(t.Context()) != nil && t.Context().Err() == nil { // connections made before may fail once
	}
	if got := load(t, ds).Session.Name; got != "before" && got != "given up" {
		t.Errorf("afterwards: %q", got)
	}
	saveName(t, ds, "after")
	if got := load(t, ds).Session.Name; got != "after" {
		t.Errorf("at the end: %q", got)
	}
}

// batches tells, once, that Redis was asked something.
type batches chan struct{}

func (b batches) DialHook(next redis.DialHook) redis.DialHook { return next }
func (b batches) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (b batches) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		select {
		case b <- struct{}{}:
		default:
		}
		return next(ctx, cmd)
	}
}

// While Redis hangs, a turn that has to wait for the round trip of another one does not wait for that and its own: its own time
// is over first, and so a person is told as soon as others.
func TestATurnBehindAnotherDoesNotWaitForBoth(t *testing.T) {
	_, r, ds := setup(t)
	first, second := load(t, ds), load(t, ds)
	asked := make(batches, 1)
	ds.AddHook(asked)
	r.Pause()
	defer r.Resume()
	ended := make(chan error, 1)
	go func() { ended <- ds.Save(t.Context(), first) }()
	<-asked
	if err := ds.Save(t.Context(), second); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("behind another: %v", err)
	}
	if err := <-ended; !storage.Unavailable(err) {
		t.Errorf("the first one: %v", err)
	}
}

func TestSavesAreRefusedWhenTheTableLagsBehind(t *testing.T) {
	store := storagetest.Open(t, storagetest.PostgresURL(t))
	ds := openRedis(t, store, storagetest.NewRedis(t))
	saveName(t, ds, "fresh")
	ds.DrainedAt(time.Now().Add(-6 * time.Second))
	if err := ds.Save(t.Context(), load(t, ds)); !errors.Is(err, storage.ErrLag) {
		t.Errorf("got %v, want ErrLag", err)
	}
	if err := ds.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	saveName(t, ds, "again")
}
