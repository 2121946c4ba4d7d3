package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var (
	founderChat = bot.Address{Channel: "test", Chat: "founder"}
	otherChat   = bot.Address{Channel: "test", Chat: "other"}
	profileDay  = time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
)

// tx runs f in a transaction that must succeed.
func tx(t *testing.T, s *storage.Store, f func(ctx context.Context, tx *storage.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// addStartup registers a startup of who writes from a.
func addStartup(t *testing.T, s *storage.Store, a bot.Address, name string) storage.Startup {
	t.Helper()
	st := storage.Startup{Draft: name, Name: name, Place: "21025", Field: "nong_nghiep", Stage: "y_tuong"}
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if st.Person, err = storage.EnsurePerson(ctx, tx, a, profileDay); err != nil {
			return err
		}
		return storage.AddStartup(ctx, tx, &st, profileDay)
	})
	return st
}

// revise changes a startup as who writes from a.
func revise(t *testing.T, s *storage.Store, a bot.Address, code string, change func(*storage.Startup), now time.Time) (ok bool) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.ReviseStartup(ctx, tx, a, code, change, now)
		return err
	})
	return ok
}

func find(t *testing.T, s *storage.Store, a bot.Address, code string) (storage.Startup, bool) {
	t.Helper()
	st, ok, err := s.StartupAt(t.Context(), a, code)
	if err != nil {
		t.Fatal(err)
	}
	return st, ok
}

// TestReviseKeepsHistory holds that a change, its history and its time are kept together, and what did not change is not
// in the history.
func TestReviseKeepsHistory(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		later := profileDay.Add(time.Hour)
		change := func(st *storage.Startup) { st.Name, st.Profile["email"] = "Sấy chuối", "dao@example.vn" }
		for range 2 { // the second time nothing is left to change
			if !revise(t, s, founderChat, st.Code, change, later) {
				t.Fatal("the founder's own startup is refused")
			}
		}
		revise(t, s, founderChat, st.Code, func(st *storage.Startup) { delete(st.Profile, "email") }, later.Add(time.Minute))

		got, _ := find(t, s, founderChat, st.Code)
		if got.Name != "Sấy chuối" || len(got.Profile) != 0 || got.UpdatedAt != later.Add(time.Minute).UnixMilli() || got.CreatedAt != profileDay.UnixMilli() {
			t.Errorf("kept %+v", got)
		}
		history, err := s.History(t.Context(), st.ID)
		if err != nil {
			t.Fatal(err)
		}
		fields := map[string]storage.Change{}
		for _, c := range history[1:] {
			fields[c.Field] = c
		}
		first := storage.Change{Field: "email", Old: "dao@example.vn", Person: st.Person, At: later.Add(time.Minute).UnixMilli()}
		if len(history) != 3 || history[0] != first || fields["name"].Old != "Sấy mít" || fields["name"].New != "Sấy chuối" || fields["email"].New != "dao@example.vn" {
			t.Errorf("history %+v", history)
		}
	})
}

// TestStartupsAreTheFoundersOwn holds that nobody sees or changes a startup of somebody else, one that is withdrawn, or one
// by a code that was guessed.
func TestStartupsAreTheFoundersOwn(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		own, withdrawn := addStartup(t, s, founderChat, "Sấy mít"), addStartup(t, s, founderChat, "Tour rừng")
		addStartup(t, s, otherChat, "Mật ong")
		revise(t, s, founderChat, withdrawn.Code, func(st *storage.Startup) { st.Status = storage.StatusWithdrawn }, profileDay)
		for _, c := range []struct {
			what string
			from bot.Address
			code string
			want bool
		}{
			{"one's own", founderChat, own.Code, true},
			{"withdrawn", founderChat, withdrawn.Code, false},
			{"of the founder, by somebody else", otherChat, own.Code, false},
			{"by nobody we know", bot.Address{Channel: "test", Chat: "new"}, own.Code, false},
			{"guessed", founderChat, "KN-2026-9999", false},
			{"by a part of the code", founderChat, "KN-2026-000%", false},
			{"by nothing", founderChat, "", false},
		} {
			_, seen := find(t, s, c.from, c.code)
			changed := revise(t, s, c.from, c.code, func(*storage.Startup) {}, profileDay)
			if seen != c.want || changed != c.want {
				t.Errorf("%s: seen %v, changed %v, want %v", c.what, seen, changed, c.want)
			}
		}
	})
}

// put keeps a PDF that differs by its mark.
func put(t *testing.T, files *storage.Files, mark string) bot.File {
	t.Helper()
	file, err := files.Put(t.Context(), strings.NewReader(pdf+mark), mark+".pdf")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func setDocuments(t *testing.T, s *storage.Store, st storage.Startup, files ...bot.File) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.SetDocuments(ctx, tx, st, files, profileDay)
	})
}

func documentNames(t *testing.T, s *storage.Store, st storage.Startup) string {
	t.Helper()
	list, err := s.Documents(t.Context(), st.ID)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, f := range list {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// TestSetDocumentsReplaces holds that a startup has the files it was given last, in their order, and only contents that are
// there.
func TestSetDocumentsReplaces(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		st, twin := addStartup(t, s, founderChat, "Sấy mít"), addStartup(t, s, otherChat, "Sấy chuối")
		a, b, c := put(t, files, "a"), put(t, files, "b"), put(t, files, "c")
		gone := bot.File{ID: strings.Repeat("0", 64), Name: "gone.pdf"}
		setDocuments(t, s, twin, a)
		setDocuments(t, s, st, c, a, gone)
		setDocuments(t, s, st, c, a, b)
		if got := documentNames(t, s, st); got != "c.pdf a.pdf b.pdf" {
			t.Errorf("documents: %s", got)
		}
		setDocuments(t, s, st, b)
		if got, others := documentNames(t, s, st), documentNames(t, s, twin); got != "b.pdf" || others != "a.pdf" {
			t.Errorf("documents: %s; of the other startup: %s", got, others)
		}
		if history, err := s.History(t.Context(), st.ID); err != nil || len(history) != 3 || history[0].New != "b.pdf" {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

// TestStruckFilesAreGone holds that a struck content is on no disk and in no list, and is not taken again.
func TestStruckFilesAreGone(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		dir := t.TempDir()
		files := storage.NewFiles(dir, s)
		st := addStartup(t, s, founderChat, "Sấy mít")
		a, b := put(t, files, "a"), put(t, files, "b")
		setDocuments(t, s, st, a, b)
		for _, want := range []bool{true, false} {
			tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				if ok, err := files.Strike(ctx, tx, a.ID); ok != want || err != nil {
					t.Errorf("strike: %v, %v", ok, err)
				}
				return nil
			})
		}
		if _, err := files.Open(t.Context(), a.ID); !errors.Is(err, storage.ErrFileMissing) {
			t.Errorf("open: %v", err)
		}
		if _, err := files.Put(t.Context(), strings.NewReader(pdf+"a"), "khac.pdf"); !errors.Is(err, storage.ErrFileStruck) {
			t.Errorf("put again: %v", err)
		}
		if kept, got := onDisk(t, dir), documentNames(t, s, st); len(kept) != 1 || got != "b.pdf" {
			t.Errorf("on the disk %v, documents %s", kept, got)
		}
	})
}

// TestSweepRemovesWhatNobodyHas holds that contents go that no startup has, once they are old, and no others.
func TestSweepRemovesWhatNobodyHas(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		dir := t.TempDir()
		files := storage.NewFiles(dir, s)
		st := addStartup(t, s, founderChat, "Sấy mít")
		kept, left := put(t, files, "kept"), put(t, files, "left")
		setDocuments(t, s, st, kept)
		for _, c := range []struct {
			before time.Time
			want   int
		}{{time.Now().Add(-time.Hour), 2}, {time.Now().Add(time.Hour), 1}} {
			if err := files.Sweep(t.Context(), c.before); err != nil {
				t.Fatal(err)
			}
			if got := onDisk(t, dir); len(got) != c.want {
				t.Errorf("swept before %v: %v", c.before, got)
			}
		}
		if _, err := files.Open(t.Context(), left.ID); !errors.Is(err, storage.ErrFileMissing) {
			t.Errorf("open: %v", err)
		}
		if again := put(t, files, "left"); again.ID != left.ID {
			t.Errorf("put again: %+v", again)
		}
	})
}
