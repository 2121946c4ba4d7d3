package storage_test

import (
	"context"
	"fmt"
	"testing"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestWhatInvitesToAnEventIsTakenBackWithIt(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		one, two, three := newPerson(t, s, "one"), newPerson(t, s, "two"), newPerson(t, s, "three")
		invitation := func(author int64, event string) storage.Announcement {
			a := storage.Announcement{Draft: fmt.Sprint(event, author), Author: author, Event: event, Category: "su_kien"}
			tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				return storage.AddAnnouncement(ctx, tx, &a, profileDay)
			})
			return a
		}
		sent, queued, other := invitation(one, "SK-2026-0001"), invitation(two, "SK-2026-0001"), invitation(three, "SK-2026-0002")
		launch(t, s, sent, one)
		become(t, s, one, storage.DeliveryFailed)
		if err := s.FinishAnnouncements(t.Context(), profileDay); err != nil {
			t.Fatal(err)
		}
		launch(t, s, queued, two)
		launch(t, s, other, three)
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			unsent, err := storage.TakeBackInvitations(ctx, tx, "SK-2026-0001", profileDay)
			if len(unsent) != 1 || unsent[0].ID != queued.ID {
				t.Errorf("not sent yet: %+v", unsent)
			}
			return err
		})
		if n := resend(t, s, sent, storage.DeliveryFailed); n != 0 {
			t.Errorf("%d sent again", n)
		}
		if p := progress(t, s, queued); p[storage.DeliveryQueued] != 0 || p[storage.DeliveryCancelled] != 1 {
			t.Errorf("what waited: %v", p)
		}
		if p := progress(t, s, other); p[storage.DeliveryQueued] != 1 {
			t.Errorf("of another event: %v", p)
		}
	})
}
