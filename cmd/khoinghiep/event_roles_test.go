package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
	"khoinghiep/storage/storagetest"
)

// venue is an office with an event of Tỉnh Đoàn that Phạm Thị Chi joined, seen by people with all kinds of parts in it.
type venue struct {
	*office
	house  *staffHouse
	event  storage.Event
	ticket string
}

const guestName = "Phạm Thị Chi"

func newVenue(t *testing.T) *venue {
	t.Helper()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.filesDir = t.TempDir()
	now := time.Date(2026, time.November, 29, 2, 0, 0, 0, time.UTC)
	v := &venue{office: &office{t: t, said: map[string][]bot.Outgoing{}}, house: &staffHouse{t: t, cfg: cfg}}
	a, err := newApp(t.Context(), cfg, func() time.Time { return now }, v.office)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.listener.Close(); a.release() })
	v.app = a
	v.inTx(func(ctx context.Context, tx *storage.Tx) error {
		agencies := []storage.Agency{{ID: "TINHDOAN", Name: "Tỉnh Đoàn", Short: "Tỉnh Đoàn"}, {ID: "HLHPN", Name: "Hội Liên hiệp Phụ nữ", Short: "Hội LHPN"}}
		if err := storage.SaveAgencies(ctx, tx, agencies, now); err != nil {
			return err
		}
		v.event = storage.Event{
			Draft: "x", Agency: "TINHDOAN", Name: "Ngày hội", Kind: "ngay_hoi", Task: "1.6", Place: "Hội trường A",
			StartsAt: now.Add(time.Hour).UnixMilli(), EndsAt: now.Add(4 * time.Hour).UnixMilli(),
		}
		return storage.AddEvent(ctx, tx, &v.event, now)
	})
	v.employ(visitor{granted: storage.Staff}, "staff")
	v.serve("officer", "TINHDOAN")
	v.serve("other officer", "HLHPN")
	v.inTx(func(ctx context.Context, tx *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, tx, v.address("guest"), now)
		if err != nil {
			return err
		}
		if err := storage.DescribePerson(ctx, tx, id, guestName, "+84912345678"); err != nil {
			return err
		}
		g, _, err := storage.JoinEvent(ctx, tx, v.event.Code, id, nil, now)
		v.ticket = g.Ticket
		return err
	})
	return v
}

func (v *venue) address(chat string) bot.Address { return bot.Address{Channel: v.Name(), Chat: chat} }

func (v *venue) inTx(do func(ctx context.Context, tx *storage.Tx) error) {
	v.t.Helper()
	if err := v.app.store.InTx(v.t.Context(), func(tx *storage.Tx) error { return do(v.t.Context(), tx) }); err != nil {
		v.t.Fatal(err)
	}
}

// serve has somebody answer for an agency, and lets their chat know.
func (v *venue) serve(chat, agency string) {
	v.t.Helper()
	now := v.app.engine.Clock()
	v.inTx(func(ctx context.Context, tx *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, tx, v.address(chat), now)
		if err != nil {
			return err
		}
		if err := storage.AddOfficer(ctx, tx, id, agency, false, now); err != nil {
			return err
		}
		return storage.AddErrand(ctx, tx, v.address(chat), "noi:quyen", now)
	})
	eventually(v.t, "the chat knows", func() bool { return atRest(v.t.Context(), v.app) })
}

// TestNobodySeesGuestsWhoAreNotTheirs does all that can be done with an event, as everybody. To those who have no part in it
// nothing is told of its guests, and nothing changes.
func TestNobodySeesGuestsWhoAreNotTheirs(t *testing.T) {
	t.Parallel()
	v := newVenue(t)
	actions := map[string]bot.Incoming{
		"the card":           {Button: "dssukien:mo:" + v.event.Code},
		"the list of guests": {Button: "dssukien:khach:" + v.event.Code},
		"a notice":           {Button: "dssukien:bao:" + v.event.Code},
		"a correction":       {Button: "sukienmoi:" + v.event.Code},
		"a cancellation":     {Button: "dssukien:huy:" + v.event.Code},
		"the door":           {Button: "soatve:" + v.event.Code},
		"the door by a link": {Start: "soatve-" + v.event.Code},
		"a ticket by a link": {Start: "soatve-" + v.ticket},
		"a ticket":           {Text: v.ticket},
		"what was held":      {Button: "dssukien:xong:" + v.event.Code},
	}
	for _, who := range []string{"stranger", "guest", "other officer", "staff", "officer"} {
		for what, in := range actions {
			before := v.house.dump()
			said := v.does(who, in)
			if !slices.Contains([]string{"staff", "officer"}, who) {
				if tells(said) {
					t.Errorf("%s asks for %s and is told %+v", who, what, said)
				}
				expectSame(t, fmt.Sprint(who, ", ", what), before, v.house.dump())
				continue
			}
			if v.house.dump()["audit"] == before["audit"] {
				t.Errorf("%s asks for %s, and it is not in the audit log: %+v", who, what, said)
			}
			v.does(who, bot.Incoming{Text: "/menu"}) // out of what was begun
		}
	}
	if said := v.does("other officer", bot.Incoming{Text: "/dssukien"}); strings.Contains(fmt.Sprint(said), v.event.Code) {
		t.Errorf("another agency's officer lists %+v", said)
	}
	if said := v.does("stranger", bot.Incoming{Button: "sukien:ve:" + v.event.Code}); strings.Contains(fmt.Sprint(said), v.ticket) {
		t.Errorf("a stranger has the ticket: %+v", said)
	}
}

// tells reports whether messages tell of guests: a name, a number, how many they are, or a file.
func tells(said []bot.Outgoing) bool {
	return slices.ContainsFunc(said, func(m bot.Outgoing) bool {
		return m.File != nil || strings.Contains(m.Body(), guestName) || strings.Contains(m.Body(), "912 345 678") ||
			strings.Contains(m.Body(), "Có chỗ:") || strings.Contains(m.Body(), "Đã đến:")
	})
}

// TestACancellationReachesThoseWhoGoAndThoseWhoWait, early and late in the day when the event is near.
func TestACancellationReachesThoseWhoGoAndThoseWhoWait(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in    time.Duration
		hours storage.Hours
	}{
		"in two days":   {48*time.Hour - time.Minute, storage.LongDay},
		"in three days": {72 * time.Hour, storage.Daytime},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVenue(t)
			now := v.app.engine.Clock()
			e := storage.Event{
				Draft: "y", Agency: "TINHDOAN", Name: "Tọa đàm", Kind: "toa_dam", Place: "Hội trường B", Capacity: 1,
				StartsAt: now.Add(c.in).UnixMilli(), EndsAt: now.Add(c.in + time.Hour).UnixMilli(),
			}
			v.inTx(func(ctx context.Context, tx *storage.Tx) error { return storage.AddEvent(ctx, tx, &e, now) })
			want := []string{}
			for _, chat := range []string{"goes", "waits"} {
				v.inTx(func(ctx context.Context, tx *storage.Tx) error {
					id, err := storage.EnsurePerson(ctx, tx, v.address(chat), now)
					if err != nil {
						return err
					}
					want = append(want, fmt.Sprint(id, " ", c.hours))
					_, _, err = storage.JoinEvent(ctx, tx, e.Code, id, nil, now)
					return err
				})
			}
			v.does("officer", bot.Incoming{Button: "dssukien:huy:" + e.Code})
			v.does("officer", bot.Incoming{Text: "Có bão"})
			told := []string{}
			v.inTx(func(ctx context.Context, tx *storage.Tx) error {
				return tx.SelectContext(ctx, &told, `SELECT person_id || ' ' || hours FROM deliveries WHERE source = $1 ORDER BY person_id`, "event/"+e.Code+"/cancelled")
			})
			if !slices.Equal(told, want) {
				t.Errorf("told %v, want %v", told, want)
			}
		})
	}
}

// TestTheSheetOfGuestsTellsWhoCame, what they answered and how they liked it.
func TestTheSheetOfGuestsTellsWhoCame(t *testing.T) {
	t.Parallel()
	v := newVenue(t)
	v.does("officer", bot.Incoming{Text: v.ticket})
	v.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE guests SET rating = 4, comment = 'Rất vui'`)
		return err
	})
	said := v.does("officer", bot.Incoming{Button: "dssukien:khach:" + v.event.Code})
	if len(said) != 1 || said[0].File == nil {
		t.Fatalf("no file in %+v", said)
	}
	rows, err := export.Read(bytes.NewReader(said[0].File.Data), 10)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, want := range []string{guestName, "0912 345 678", "Đã đến", "", "", "4", "Rất vui"} {
		if got := rows[1][i]; want != "" && got != want {
			t.Errorf("%s is %q, want %q", rows[0][i], got, want)
		}
	}
}

// TestQuestionsThatWereAnsweredAreNotTakenOut: answers are kept by the number of the question.
func TestQuestionsThatWereAnsweredAreNotTakenOut(t *testing.T) {
	t.Parallel()
	v := newVenue(t)
	ask := func(questions ...string) (said []bot.Outgoing, kept storage.Questions) {
		v.does("officer", bot.Incoming{Button: "sukienmoi:" + v.event.Code})
		for i, question := range questions {
			v.does("officer", bot.Incoming{Text: fmt.Sprintf("câu hỏi %d", i+1)})
			v.does("officer", bot.Incoming{Text: question})
		}
		said = v.does("officer", bot.Incoming{Text: "gửi"})
		e, _, err := v.app.store.EventAt(t.Context(), v.event.Code)
		if err != nil {
			t.Fatal(err)
		}
		return said, e.Questions
	}
	if said, kept := ask("Bạn đi xe gì?", "Bạn ăn chay không?", "bỏ qua"); !slices.Equal(kept, storage.Questions{"Bạn đi xe gì?", "Bạn ăn chay không?"}) {
		t.Fatalf("added: %v, %+v", kept, said)
	}
	if said, kept := ask("Bạn đến bằng xe gì?"); !slices.Equal(kept, storage.Questions{"Bạn đến bằng xe gì?", "Bạn ăn chay không?"}) {
		t.Errorf("put otherwise: %v, %+v", kept, said)
	}
	said, kept := ask("bỏ qua")
	if len(kept) != 2 || !strings.Contains(fmt.Sprint(said), "các câu hỏi giữ như trước") {
		t.Errorf("taken out: %v, %+v", kept, said)
	}
}

// TestJoiningTakesThePlaceThatIsOffered: whoever follows the link again, with a place offered, has it then.
func TestJoiningTakesThePlaceThatIsOffered(t *testing.T) {
	t.Parallel()
	v := newVenue(t)
	now := v.app.engine.Clock()
	e := storage.Event{
		Draft: "y", Agency: "TINHDOAN", Name: "Tọa đàm", Kind: "toa_dam", Place: "Hội trường B", Capacity: 1,
		StartsAt: now.AddDate(0, 0, 9).UnixMilli(), EndsAt: now.AddDate(0, 0, 9).Add(time.Hour).UnixMilli(),
	}
	v.inTx(func(ctx context.Context, tx *storage.Tx) error { return storage.AddEvent(ctx, tx, &e, now) })
	for _, chat := range []string{"goes", "waits"} {
		for _, in := range []bot.Incoming{{Button: "thamgia:" + e.Code}, {Text: "1"}, {Text: guestName}, {Text: "0912345678"}, {Text: "gửi"}} {
			v.does(chat, in)
		}
	}
	v.does("goes", bot.Incoming{Button: "sukien:roi:" + e.Code})
	v.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, offered, _, err := storage.OfferPlaces(ctx, tx, e.Code, now)
		if len(offered) != 1 {
			t.Errorf("offered to %+v", offered)
		}
		return err
	})
	said := v.does("waits", bot.Incoming{Start: "thamgia-" + e.Code})
	g, _, err := v.app.store.GuestAt(t.Context(), v.address("waits"), e.ID)
	if err != nil || g.State != storage.GuestGoing || !strings.Contains(fmt.Sprint(said), "Đã giữ chỗ cho bạn") {
		t.Errorf("%s, %v: %+v", g.State, err, said)
	}
}
