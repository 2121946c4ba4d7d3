package scheduler_test

import (
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// nineOClock is a time of the day at which people may be written to.
var nineOClock = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))

// leave has somebody leave a chat with a draft at a time.
func leave(t *testing.T, s *storage.Store, chat string, session storage.Session, at time.Time) {
	t.Helper()
	dialogs := storage.NewDialogs(s)
	d, err := dialogs.Load(t.Context(), bot.Address{Channel: "web", Chat: chat})
	if err != nil {
		t.Fatal(err)
	}
	d.Session, d.At = session, at.UnixMilli()
	if err := dialogs.Save(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func draft(id string, answers form.Answers) *form.Progress {
	return &form.Progress{Draft: id, Answers: answers}
}

func TestNudges(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		answered, left := form.Answers{"ho_ten": "Lê Văn An"}, nineOClock.Add(-25*time.Hour)
		leave(t, s, "1", storage.Session{Name: "dangky", Form: draft("hand", answered)}, left)
		leave(t, s, "2", storage.Session{Aside: map[string]form.Progress{"dangky": *draft("aside", answered)}}, left)
		leave(t, s, "3", storage.Session{Name: "dangky", Form: draft("empty", nil)}, left)
		leave(t, s, "4", storage.Session{Name: "giaygiamho", Form: draft("staff", answered)}, left)
		leave(t, s, "5", storage.Session{Name: "dangky", Form: draft("fresh", answered)}, nineOClock.Add(-23*time.Hour))
		leave(t, s, "6", storage.Session{Name: "dangky", Form: draft("old", answered)}, nineOClock.Add(-73*time.Hour))
		job := scheduler.Nudges{Store: s, Forms: []string{"dangky"}}
		queued := 0
		expect := func(what string, after time.Duration, more int) {
			t.Helper()
			for range 2 { // a second run, or a second replica, changes nothing
				if err := job.Run(t.Context(), nineOClock.Add(after)); err != nil {
					t.Fatal(err)
				}
			}
			errands, err := s.Errands(t.Context())
			if err != nil || len(errands) != queued+more {
				t.Errorf("%s: %d more, want %d (%v)", what, len(errands)-queued, more, err)
			}
			queued = len(errands)
		}
		expect("at night", -2*time.Hour, 0)
		expect("after a day", 0, 2)
		expect("a day of the one that was fresh", 2*time.Hour, 1)
		expect("before the second day is over", 10*time.Hour, 0)
		expect("the latest step alone", 24*time.Hour, 3)
		expect("never again", 26*time.Hour, 0)
	})
}
