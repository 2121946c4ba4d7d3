package storage_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

var reviewerChat = bot.Address{Channel: "test", Chat: "reviewer"}

// decide keeps a decision of the reviewer's.
func decide(t *testing.T, s *storage.Store, seen storage.Seen, status string) (ok bool) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		by, err := storage.EnsurePerson(ctx, tx, reviewerChat, profileDay)
		if err != nil {
			return err
		}
		if err := storage.NamePerson(ctx, tx, by, "Phạm Quốc Cường"); err != nil {
			return err
		}
		_, ok, err = storage.DecideStartup(ctx, tx, seen, storage.Review{Person: by, Status: status, Reason: "vì " + status}, profileDay.Add(time.Hour))
		return err
	})
	return ok
}

func seen(st storage.Startup) storage.Seen { return storage.Seen{Code: st.Code, Revision: st.Revision} }

func TestAReviewIsKeptWithItsReviewer(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		if _, ok, err := s.LastReview(t.Context(), st.ID); ok || err != nil {
			t.Fatalf("a review before any: %v, %v", ok, err)
		}
		if !decide(t, s, seen(st), storage.StatusDeclined) {
			t.Fatal("not decided")
		}
		r, _, err := s.LastReview(t.Context(), st.ID)
		want := storage.Review{
			ID: r.ID, Startup: st.ID, Person: r.Person, Reviewer: "Phạm Quốc Cường", Status: storage.StatusDeclined, Reason: "vì declined",
			Revision: st.Revision + 1, At: profileDay.Add(time.Hour).UnixMilli(),
		}
		if err != nil || r != want {
			t.Errorf("kept %+v, %v, want %+v", r, err, want)
		}
		got, _ := find(t, s, founderChat, st.Code)
		if got.Status != storage.StatusDeclined || got.UpdatedAt != st.UpdatedAt {
			t.Errorf("the startup is %+v", got)
		}
		history, err := s.History(t.Context(), st.ID)
		if err != nil || len(history) != 1 || history[0].Field != "status" || history[0].Person != r.Person {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

// TestOnlyWhatWasSeenIsDecided decides about startups that are no longer as they were seen: nothing is kept.
func TestOnlyWhatWasSeenIsDecided(t *testing.T) {
	t.Parallel()
	for what, meanwhile := range map[string]func(*storage.Startup){
		"changed by the founder":                               func(st *storage.Startup) { st.Name = "Sấy chuối" },
		"looked at by the founder, who said that it is active": func(*storage.Startup) {},
		"withdrawn": func(st *storage.Startup) { st.Status = storage.StatusWithdrawn },
		"stopped":   func(st *storage.Startup) { st.Status = storage.StatusStopped },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := storagetest.Open(t, storagetest.SQLiteURL(t))
			st := addStartup(t, s, founderChat, "Sấy mít")
			revise(t, s, founderChat, st.Code, meanwhile, profileDay)
			if decide(t, s, seen(st), storage.StatusConfirmed) {
				t.Error("decided as it was seen before")
			}
			if decide(t, s, storage.Seen{Code: "KN-2026-0099"}, storage.StatusConfirmed) {
				t.Error("decided about none")
			}
			now := storage.Seen{Code: st.Code, Revision: st.Revision + 1}
			want := what != "withdrawn" && what != "stopped"
			if got := decide(t, s, now, storage.StatusConfirmed); got != want {
				t.Errorf("decided as it is now: %v, want %v", got, want)
			}
		})
	}
}

func TestOfManyWhoDecideOneWins(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		decide(t, s, storage.Seen{}, "") // makes the reviewer
		var all sync.WaitGroup
		var won atomic.Int64
		for i := range 12 {
			all.Go(func() {
				if decide(t, s, seen(st), []string{storage.StatusConfirmed, storage.StatusDeclined, storage.StatusChanges}[i%3]) {
					won.Add(1)
				}
			})
		}
		all.Wait()
		history, err := s.History(t.Context(), st.ID)
		if err != nil || won.Load() != 1 || len(history) != 1 {
			t.Errorf("%d won, %d changes are kept, %v", won.Load(), len(history), err)
		}
	})
}

// TestCorrectingWaitsAgain corrects what staff asked for: it waits from then on, and is told of again.
func TestCorrectingWaitsAgain(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		digest(t, s, profileDay.Add(time.Minute))
		decide(t, s, seen(st), storage.StatusChanges)
		later := profileDay.Add(2 * time.Hour)
		revise(t, s, founderChat, st.Code, func(st *storage.Startup) { st.Name = "Sấy chuối"; st.Await(later.Add(24 * time.Hour)) }, later)
		got, _ := find(t, s, founderChat, st.Code)
		if got.Status != storage.StatusNew || got.WaitingAt != later.UnixMilli() || got.DueAt != later.Add(24*time.Hour).UnixMilli() {
			t.Errorf("the startup is %+v", got)
		}
		if d := digest(t, s, later.Add(time.Minute)); len(d.Fresh) != 1 {
			t.Errorf("told of %+v", d)
		}
	})
}
