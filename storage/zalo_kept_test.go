package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestUploadsAreRememberedForAWhileAndForOneAccount(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		u, at := s.Uploads("zalo/1"), requestTime
		for _, id := range []string{"old", "new"} {
			if err := u.KeepUpload(t.Context(), "file-abc", id, at); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			account, key string
			since        time.Time
			want         string
		}{
			"kept":            {"zalo/1", "file-abc", at.Add(-time.Hour), "new"},
			"too old":         {"zalo/1", "file-abc", at, ""},
			"another file":    {"zalo/1", "file-abd", at.Add(-time.Hour), ""},
			"another account": {"zalo/2", "file-abc", at.Add(-time.Hour), ""},
		} {
			if id, err := s.Uploads(c.account).Upload(t.Context(), c.key, c.since); id != c.want || err != nil {
				t.Errorf("%s: %q, %v", name, id, err)
			}
		}
		if err := u.KeepUpload(t.Context(), "file-xyz", "later", at.AddDate(0, 0, 31)); err != nil {
			t.Fatal(err)
		}
		if id, err := u.Upload(t.Context(), "file-abc", time.Time{}); id != "" || err != nil {
			t.Errorf("after a month: %q, %v", id, err)
		}
	})
}

func TestMessagesAreCountedWithoutNamingChats(t *testing.T) {
	for name, url := range map[string]string{"sqlite": storagetest.SQLiteURL(t), "postgres": storagetest.PostgresURL(t)} {
		t.Run(name, func(t *testing.T) {
			s := storagetest.Open(t, url)
			month := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
			for _, at := range []time.Time{month.Add(-time.Minute), month, month.Add(time.Minute), month.Add(time.Hour)} {
				noteSent(t, s, "chat-one", at)
			}
			noteSent(t, s, "chat-two", month.Add(time.Hour))
			mustHaveCounted(t, s, "zalobot", month, 4, 2)
			mustHaveCounted(t, s, "other", month, 0, 0)
			if found := marked(t, url, "chat-one", "chat-two"); len(found) > 0 {
				t.Errorf("the chats stand in %v", found)
			}
		})
	}
}

func noteSent(t *testing.T, s *storage.Store, chat string, at time.Time) {
	t.Helper()
	counts, err := s.MessageCounts(t.Context(), "zalobot")
	if err == nil {
		err = counts.Sent(t.Context(), chat, at)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func mustHaveCounted(t *testing.T, s *storage.Store, channel string, from time.Time, messages, chats int) {
	t.Helper()
	counts, err := s.MessageCounts(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	m, c, err := counts.Since(t.Context(), from)
	if m != messages || c != chats || err != nil {
		t.Errorf("%s: %d messages to %d chats, %v; want %d to %d", channel, m, c, err, messages, chats)
	}
}

// TestAnAlarmIsRaisedOnceADayElsewhere: everybody with a role hears of it, in each chat but those of the channel itself.
func TestAnAlarmIsRaisedOnceADayElsewhere(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		officer, _ := someone(t, s, "1", "", "")
		someone(t, s, "2", "", "")
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO addresses (channel, chat, person_id, since) VALUES ('zalo', '3', $1, 1), ('web', '4', $1, 1)`, officer)
			if err != nil {
				return err
			}
			return storage.GrantRole(ctx, tx, officer, storage.Staff, requestTime)
		})
		for _, c := range []struct {
			name string
			at   time.Time
			want bool
		}{
			{"zalo/1", requestTime, true}, {"zalo/1", requestTime.Add(time.Minute), false}, {"zalo/2", requestTime, true}, {"zalo/1", requestTime.AddDate(0, 0, 1), true},
		} {
			raised := false
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				raised, err = storage.RaiseAlarm(ctx, tx, c.name, "zalo", "alarm:", c.at)
				return err
			})
			if raised != c.want {
				t.Errorf("%s at %s: raised %t", c.name, c.at, raised)
			}
		}
		list, err := s.Errands(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		chats := []string{}
		for _, e := range list {
			chats = append(chats, e.Channel)
		}
		slices.Sort(chats)
		if got := strings.Join(chats, " "); got != "telegram telegram telegram web web web" {
			t.Errorf("told in %s", got)
		}
	})
}

// TestReceiptsEndDoubts: what may have arrived did, when the platform says so by the message's id; nothing else changes.
func TestReceiptsEndDoubts(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		person, _ := someone(t, s, "1", "", "")
		states := map[string]storage.DeliveryState{"m1": storage.DeliveryUnknown, "m2": storage.DeliveryUnknown, "m3": storage.DeliveryFailed, "": storage.DeliveryUnknown}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			for id, state := range states {
				n := storage.Notice{Source: "notice/" + id, Person: person, Hours: storage.AnyHour, Message: bot.Outgoing{Text: id}}
				if err := storage.Notify(ctx, tx, n, requestTime); err != nil {
					return err
				}
				_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = $2, message_id = $3, chat = '1' WHERE source = $1`, n.Source, state, id)
				if err != nil {
					return err
				}
			}
			return nil
		})
		for _, from := range []bot.Address{{Channel: "telegram", Chat: "2"}, {Channel: "zalo", Chat: "1"}} {
			receive(t, s, from, "m2")
		}
		receive(t, s, bot.Address{Channel: "telegram", Chat: "1"}, "m1", "m3", "m9")
		states["m1"] = storage.DeliverySent
		for id, want := range states {
			state := storage.DeliveryState("")
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				return tx.GetContext(ctx, &state, `SELECT state FROM deliveries WHERE source = $1`, "notice/"+id)
			})
			if state != want {
				t.Errorf("%q is %s, want %s", id, state, want)
			}
		}
	})
}

func receive(t *testing.T, s *storage.Store, from bot.Address, ids ...string) {
	t.Helper()
	if err := s.SettleReceipts(t.Context(), from, ids, requestTime); err != nil {
		t.Fatal(err)
	}
}
