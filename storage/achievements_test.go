package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestAchievementsCountEachOnce(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		for i, a := range []storage.Achievement{
			{Target: "du_an_ho_tro", Startup: "KN-2026-0001", Day: "2026-01-01", Document: "12/QĐ"},
			{Target: "du_an_ho_tro", Startup: "KN-2026-0001", Day: "2027-05-01", Document: "13/QĐ"}, // again the same startup
			{Target: "du_an_ho_tro", Name: "Nấm rơm", Day: "2030-12-31", Document: "14/QĐ"},
			{Target: "du_an_ho_tro", Name: "nam rom", Day: "2028-05-01", Document: "15/QĐ"},
			{Target: "du_an_ho_tro", Name: "Rượu sim", Day: "2025-12-31", Document: "9/QĐ"}, // of the period before
			{Target: "nha_tu_van", Name: "Lê Văn Ba", Day: "2026-02-01", Document: "16/QĐ"},
		} {
			a.Draft = string(rune('a' + i))
			confirm(t, s, &a)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			counts, err := storage.CountAchievements(ctx, tx, "2026-01-01", "2030-12-31")
			if err != nil || len(counts) != 2 || counts["du_an_ho_tro"] != 2 || counts["nha_tu_van"] != 1 {
				t.Errorf("counts %v (%v)", counts, err)
			}
			list, err := storage.Achievements(ctx, tx, "du_an_ho_tro", "2026-01-01", "2030-12-31", 1, 2)
			if err != nil || len(list) != 2 || list[0].Document != "15/QĐ" || list[1].Document != "13/QĐ" {
				t.Errorf("the second and third are %+v (%v)", list, err)
			}
			return nil
		})
	})
}

func confirm(t *testing.T, s *storage.Store, a *storage.Achievement) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.AddAchievement(ctx, tx, a, officer, time.Now())
	})
}

func TestAchievementOfTheSameDraftIsKeptOnce(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		one := storage.Achievement{Draft: "d", Target: "goi_von", Name: "A", Day: "2026-01-01", Document: "1/QĐ"}
		again := one
		confirm(t, s, &one)
		confirm(t, s, &again)
		if one.Code != again.Code || one.ID != again.ID {
			t.Errorf("kept as %s and as %s", one.Code, again.Code)
		}
	})
}

func TestEvidenceStaysUntilItIsTakenBack(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		f, err := files.Put(t.Context(), strings.NewReader("%PDF-1.7 decision"), "Quyết định.pdf")
		if err != nil {
			t.Fatal(err)
		}
		a := storage.Achievement{Draft: "d", Target: "goi_von", Name: "A", Day: "2026-01-01", Hash: f.ID, FileName: f.Name}
		confirm(t, s, &a)
		if err := files.Sweep(t.Context(), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Describe(t.Context(), f.ID); err != nil {
			t.Errorf("after a sweep: %v", err)
		}
		for _, want := range []bool{true, false} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				ok, err := files.TakeBack(ctx, tx, a)
				if ok != want {
					t.Errorf("taken back: %t, want %t", ok, want)
				}
				return err
			})
		}
		if _, err := files.Describe(t.Context(), f.ID); !errors.Is(err, storage.ErrFileMissing) {
			t.Errorf("after it was taken back: %v", err)
		}
		err = s.InTx(t.Context(), func(tx *storage.Tx) error {
			return storage.AddAchievement(t.Context(), tx, &storage.Achievement{Draft: "e", Target: "goi_von", Name: "A", Day: "2026-01-01", Hash: f.ID}, officer, time.Now())
		})
		if !errors.Is(err, storage.ErrFileMissing) {
			t.Errorf("with a file that is gone: %v", err)
		}
	})
}

func TestAchievementNamesItsStartupAsItIsNow(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		now := time.Now().UTC()
		p := paper("1", "Nấm rơm", "Lê Văn Ba", now, now)
		addPaper(t, s, now, p)
		a := storage.Achievement{Draft: "d", Target: "du_an_ho_tro", Startup: p.Code, Day: "2026-01-01", Document: "1/QĐ"}
		confirm(t, s, &a)
		project := func() (name string) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				found, ok, err := storage.FindAchievement(ctx, tx, a.Code)
				if !ok {
					t.Errorf("%s is not found", a.Code)
				}
				name = found.Project
				return err
			})
			return name
		}
		if got := project(); got != "Nấm rơm" {
			t.Errorf("the project is %q", got)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.EraseStartup(ctx, tx, storage.NewFiles(t.TempDir(), s), p.ID, now.Add(time.Hour))
		})
		if got := project(); got != "" {
			t.Errorf("after its erasure the project is %q", got)
		}
	})
}

func TestWhatLostItsEvidenceDoesNotCount(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		f, err := files.Put(t.Context(), strings.NewReader("%PDF-1.7 decision"), "Quyết định.pdf")
		if err != nil {
			t.Fatal(err)
		}
		confirm(t, s, &storage.Achievement{Draft: "file", Target: "goi_von", Name: "A", Day: "2026-01-01", Hash: f.ID, FileName: f.Name})
		confirm(t, s, &storage.Achievement{Draft: "both", Target: "goi_von", Name: "B", Day: "2026-01-01", Document: "1/QĐ", Hash: f.ID, FileName: f.Name})
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := files.Strike(ctx, tx, f.ID); err != nil {
				return err
			}
			counts, err := storage.CountAchievements(ctx, tx, "2026-01-01", "2026-12-31")
			if counts["goi_von"] != 1 {
				t.Errorf("%d count after their file was struck, want the one with a document", counts["goi_von"])
			}
			return err
		})
	})
}
