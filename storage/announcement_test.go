package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// newPerson is a new person with a chat.
func newPerson(t *testing.T, s *storage.Store, chat string) (id int64) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		id, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "test", Chat: chat}, profileDay)
		return err
	})
	return id
}

// written is a draft of an announcement.
func written(t *testing.T, s *storage.Store, author int64) storage.Announcement {
	t.Helper()
	a := storage.Announcement{
		Draft: fmt.Sprint("draft of ", author), Author: author, Category: "su_kien", Answers: storage.Profile{"tieu_de": "Ngày hội"},
		Message: storage.Message{Outgoing: bot.Outgoing{Title: "Ngày hội", Text: "Mời bạn đến."}}, Audience: storage.Audience{Places: []string{"21025"}},
	}
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.AddAnnouncement(ctx, tx, &a, profileDay)
	})
	return a
}

func launch(t *testing.T, s *storage.Store, a storage.Announcement, people ...int64) (ok bool) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.LaunchAnnouncement(ctx, tx, a, people, profileDay)
		return err
	})
	return ok
}

func progress(t *testing.T, s *storage.Store, a storage.Announcement) (p storage.Progress) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		p, err = storage.ProgressOf(ctx, tx, a.ID)
		return err
	})
	return p
}

// become brings the delivery to a person into a state, as a sender would.
func become(t *testing.T, s *storage.Store, person int64, state storage.DeliveryState) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = $2, reason = 'refused' WHERE person_id = $1`, person, state)
		return err
	})
}

func TestWhatWasCorrectedIsNotLaunchedAsItWas(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		author, editor := newPerson(t, s, "author"), newPerson(t, s, "editor")
		seen := written(t, s, author)
		better := seen
		better.Author, better.Message.Text = editor, "Mời bạn đến lúc 08:00."
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := storage.MoveAnnouncement(ctx, tx, seen.ID, storage.AnnouncementProposed, storage.AnnouncementDraft); err != nil {
				return err
			}
			ok, err := storage.ReviseAnnouncement(ctx, tx, &better)
			if !ok || better.Revision != seen.Revision+1 || better.State != storage.AnnouncementDraft || better.Author != editor || better.Code != seen.Code {
				t.Errorf("corrected: %t, %+v", ok, better)
			}
			return err
		})
		if launch(t, s, seen, author) {
			t.Error("what was seen before the correction was launched")
		}
		if !launch(t, s, better, author, editor) || launch(t, s, better, author) {
			t.Error("not launched exactly once")
		}
		if p := progress(t, s, seen); p[storage.DeliveryQueued]+p[storage.DeliverySending] != 2 {
			t.Errorf("queued: %v", p)
		}
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.ReviseAnnouncement(ctx, tx, &better)
			if ok {
				t.Error("corrected while it is being sent")
			}
			return err
		})
	})
}

func TestWhoRefusesGetsNothingThatWaits(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		one, other := newPerson(t, s, "one"), newPerson(t, s, "other")
		a := written(t, s, one)
		launch(t, s, a, one, other)
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			notice := storage.Notice{Source: "review", Person: one, Queue: storage.QueueNotices, Message: bot.Outgoing{Text: "Đã xác nhận."}}
			if err := storage.Notify(ctx, tx, notice, profileDay); err != nil {
				return err
			}
			return storage.RefuseAnnouncements(ctx, tx, one, profileDay)
		})
		if p := progress(t, s, a); p[storage.DeliveryCancelled] != 1 || p[storage.DeliveryQueued] != 1 {
			t.Errorf("progress: %v", p)
		}
		waiting, err := s.WaitingDeliveries(t.Context(), profileDay)
		if err != nil || waiting != 2 {
			t.Errorf("%d deliveries wait, want the other's and the notice; %v", waiting, err)
		}
	})
}

func TestOnlyWhatFailedIsSentAgainAndTheAuthorIsToldOfEachEnd(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		one, other := newPerson(t, s, "one"), newPerson(t, s, "other")
		a := written(t, s, one)
		launch(t, s, a, one, other)
		become(t, s, one, storage.DeliverySent)
		become(t, s, other, storage.DeliveryFailed)
		for n := range 2 {
			ended := profileDay.Add(time.Duration(n+1) * time.Hour)
			if err := s.FinishAnnouncements(t.Context(), ended); err != nil {
				t.Fatal(err)
			}
			if ids, err := s.FinishedAnnouncements(t.Context()); err != nil || !slices.Equal(ids, []int64{a.ID}) {
				t.Errorf("end %d: to be told of %v, %v", n, ids, err)
			}
			mustTellOnce(t, s, a, ended)
			if n := resend(t, s, a, storage.DeliveryUnknown); n != 0 {
				t.Errorf("%d sent again that nobody doubts", n)
			}
			if n := resend(t, s, a, storage.DeliveryFailed); n != 1 {
				t.Errorf("%d sent again, want the one that failed", n)
			}
			become(t, s, other, storage.DeliveryFailed)
		}
	})
}

// mustTellOnce demands that the author is told of an end, and not again.
func mustTellOnce(t *testing.T, s *storage.Store, a storage.Announcement, ended time.Time) {
	t.Helper()
	for _, want := range []bool{true, false} {
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			told, ok, err := storage.TellFinished(ctx, tx, a.ID)
			if ok != want || ok && told.FinishedAt != ended.UnixMilli() {
				t.Errorf("told %t, want %t; at %d", ok, want, told.FinishedAt)
			}
			return err
		})
	}
}

func resend(t *testing.T, s *storage.Store, a storage.Announcement, state storage.DeliveryState) (n int) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		n, err = storage.ResendAnnouncement(ctx, tx, a.ID, state, profileDay)
		return err
	})
	return n
}

func TestNothingOfACancelledAnnouncementIsSentAgain(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		one := newPerson(t, s, "one")
		a := written(t, s, one)
		launch(t, s, a, one)
		become(t, s, one, storage.DeliveryFailed)
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.CancelAnnouncement(ctx, tx, a.ID, profileDay)
			return err
		})
		if n := resend(t, s, a, storage.DeliveryFailed); n != 0 || progress(t, s, a)[storage.DeliveryFailed] != 1 {
			t.Errorf("%d sent again", n)
		}
	})
}

func TestTheReportNamesRecipientsAndWhatBecameOfThem(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.DescribePerson(ctx, tx, st.Person, "Lê Văn An", "+84912345678")
		})
		a := written(t, s, st.Person)
		launch(t, s, a, st.Person)
		become(t, s, st.Person, storage.DeliveryFailed)
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			list, err := storage.RecipientsOf(ctx, tx, a.ID)
			want := storage.Recipient{Name: "Lê Văn An", Phone: "+84912345678", Place: "21025", Channel: "test", State: storage.DeliveryFailed, Reason: "refused", At: profileDay.UnixMilli()}
			if len(list) != 1 || list[0] != want {
				t.Errorf("got %+v", list)
			}
			return err
		})
	})
}

func TestAnAnnouncementKeepsItsFileAndFollowsItsAuthor(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		files := storage.NewFiles(t.TempDir(), s)
		kept, err := files.Put(t.Context(), strings.NewReader("%PDF-1.7 poster"), "poster.pdf")
		if err != nil {
			t.Fatal(err)
		}
		older, younger := newPerson(t, s, "older"), newPerson(t, s, "younger")
		a := written(t, s, younger)
		a.Message.File = &kept
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := storage.ReviseAnnouncement(ctx, tx, &a); err != nil {
				return err
			}
			_, err := storage.JoinPeople(ctx, tx, bot.Address{Channel: "test", Chat: "older"}, bot.Address{Channel: "test", Chat: "younger"}, profileDay)
			return err
		})
		if err := files.Sweep(t.Context(), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Describe(t.Context(), kept.ID); err != nil {
			t.Errorf("the file: %v", err)
		}
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			found, ok, err := storage.FindAnnouncement(ctx, tx, a.ID)
			if !ok || found.Author != older || found.Message.File == nil {
				t.Errorf("got %t, %+v", ok, found)
			}
			return err
		})
	})
}
