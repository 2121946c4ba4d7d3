package storage_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// mergeInto ends gone in favour of kept.
func mergeInto(t *testing.T, s *storage.Store, kept, gone storage.Seen) (ok bool) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		by, err := storage.EnsurePerson(ctx, tx, reviewerChat, profileDay)
		if err != nil {
			return err
		}
		_, _, ok, err = storage.MergeStartups(ctx, tx, kept, gone, by, profileDay)
		return err
	})
	return ok
}

// current is a startup as the database has it, whosever it is.
func current(t *testing.T, s *storage.Store, code string) (got storage.Startup) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		r, ok, err := storage.FindRegistered(ctx, tx, code)
		if !ok {
			t.Fatalf("%s is not there", code)
		}
		got = r.Startup
		return err
	})
	return got
}

// described gives a startup a name for history, and an answer.
func described(t *testing.T, s *storage.Store, st storage.Startup, key, value string) storage.Startup {
	t.Helper()
	chat := founderChat
	if !revise(t, s, chat, st.Code, func(st *storage.Startup) { st.Profile[key] = value }, profileDay) {
		chat = otherChat
		revise(t, s, chat, st.Code, func(st *storage.Startup) { st.Profile[key] = value }, profileDay)
	}
	return current(t, s, st.Code)
}

// TestMergingOfOneFounder has what only the other has move over, and nothing that the one that stays has be replaced.
func TestMergingOfOneFounder(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		kept := described(t, s, addStartup(t, s, founderChat, "Sấy mít"), "email", "a@example.vn")
		gone := addStartup(t, s, founderChat, "Say mit")
		if gone.Twin != kept.Code {
			t.Fatalf("twin %q", gone.Twin)
		}
		gone = described(t, s, described(t, s, gone, "email", "b@example.vn"), "mo_ta", "Sấy bằng nắng")
		a, b := put(t, files, "a"), put(t, files, "b")
		setDocuments(t, s, kept, a)
		setDocuments(t, s, gone, a, b)
		if !mergeInto(t, s, seen(kept), seen(gone)) {
			t.Fatal("not merged")
		}
		kept, gone = current(t, s, kept.Code), current(t, s, gone.Code)
		if gone.Status != storage.StatusMerged || gone.MergedInto != kept.Code || kept.Status != storage.StatusNew {
			t.Errorf("kept %+v, gone %+v", kept, gone)
		}
		if kept.Profile["email"] != "a@example.vn" || kept.Profile["mo_ta"] != "Sấy bằng nắng" {
			t.Errorf("answers %v", kept.Profile)
		}
		if got, left := documentNames(t, s, kept), documentNames(t, s, gone); got != "a.pdf b.pdf" || left != "" {
			t.Errorf("files %q, left %q", got, left)
		}
		if _, ok := find(t, s, founderChat, gone.Code); ok || revise(t, s, founderChat, gone.Code, func(*storage.Startup) {}, profileDay) {
			t.Error("the founder still works on what was merged")
		}
		moved, err := s.History(t.Context(), kept.ID)
		if err != nil || len(moved) < 5 {
			t.Errorf("history %+v, %v", moved, err)
		}
	})
}

// TestMergingOfTwoFounders moves nothing from one to the other.
func TestMergingOfTwoFounders(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		kept := addStartup(t, s, founderChat, "Sấy mít")
		gone := described(t, s, addStartup(t, s, otherChat, "Say mit"), "mo_ta", "Sấy bằng nắng")
		setDocuments(t, s, gone, put(t, files, "a"))
		if !mergeInto(t, s, seen(kept), seen(gone)) {
			t.Fatal("not merged")
		}
		after := current(t, s, kept.Code)
		if len(after.Profile) != 0 || documentNames(t, s, after) != "" || documentNames(t, s, gone) != "a.pdf" {
			t.Errorf("moved to %+v", after)
		}
		if _, ok := find(t, s, otherChat, kept.Code); ok {
			t.Error("the other founder sees the one that stays")
		}
		if gone = current(t, s, gone.Code); gone.Status != storage.StatusMerged || gone.MergedInto != kept.Code {
			t.Errorf("gone %+v", gone)
		}
	})
}

// TestMergingEitherWayAtOnce has two merge the same pair, each in favour of another one: one wins, and none waits for ever.
func TestMergingEitherWayAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		a, b := seen(addStartup(t, s, founderChat, "Sấy mít")), seen(addStartup(t, s, founderChat, "Say mit"))
		if mergeInto(t, s, a, a) || mergeInto(t, s, a, storage.Seen{Code: b.Code, Revision: b.Revision + 1}) || mergeInto(t, s, a, storage.Seen{}) {
			t.Error("merged with itself, as it was not seen, or with none")
		}
		var all sync.WaitGroup
		var won atomic.Int64
		for i := range 8 {
			all.Go(func() {
				kept, gone := a, b
				if i%2 == 1 {
					kept, gone = b, a
				}
				if mergeInto(t, s, kept, gone) {
					won.Add(1)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 {
			t.Errorf("%d won", won.Load())
		}
	})
}
