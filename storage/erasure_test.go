package storage_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// fill has one person leave marks wherever a text can be left, in two chats.
func (w *world) fill() {
	w.t.Helper()
	w.does(first, "/dangky", "1", "Zyqxwv An", "0"+markPhone, "Ba Vinh", "Dự án zyqxwv", "1", "1", "gửi", "thongbao:co")
	w.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.JoinPeople(ctx, tx, first, second, w.now())
		return err
	})
	w.does(first, "/dangky", "1", "Zyqxwv Bình") // stays in hand
	w.does(second, "/dangky", "1", "Zyqxwv Chi", "menu")
	w.settled()
	w.other.during(func(bot.Outgoing) error { return errJammed })
	w.does(second, "/dangky") // a reply that is not sent: it offers the name again
	w.attach()
	w.attend()
	w.inTx(func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.AddGuardian(ctx, tx, first, storage.Guardian{Name: "Zyqxwv Dung", Phone: "+84" + markPhone},
			storage.Consent{From: bot.Address{Channel: "other", Chat: "parent"}, MessageID: "1", At: w.now()}, w.now())
		return err
	})
	for _, a := range []bot.Address{first, second} {
		if err := w.store.Bury(w.t.Context(), bot.Incoming{ID: "dead", From: a, Text: mark}, errors.New("bad "+mark), w.now()); err != nil {
			w.t.Fatal(err)
		}
	}
	w.drain()
}

// attend has the person be a guest of an event, who answered and commented.
func (w *world) attend() {
	w.t.Helper()
	w.inTx(func(ctx context.Context, tx *storage.Tx) error {
		e := storage.Event{Draft: "event", Agency: storage.Department, StartsAt: w.now().UnixMilli(), EndsAt: w.now().Add(time.Hour).UnixMilli()}
		if err := storage.AddEvent(ctx, tx, &e, w.now()); err != nil {
			return err
		}
		me, err := storage.EnsurePerson(ctx, tx, first, w.now())
		if err != nil {
			return err
		}
		g, _, err := storage.JoinEvent(ctx, tx, e.Code, me, storage.Profile{"0": mark}, w.now())
		if err != nil {
			return err
		}
		if _, _, err := storage.CheckIn(ctx, tx, g.Ticket, 0, w.now()); err != nil {
			return err
		}
		if _, _, err := storage.EndEvent(ctx, tx, e.Code, w.now().Add(time.Hour)); err != nil {
			return err
		}
		_, err = storage.CommentOn(ctx, tx, e.Code, me, mark)
		return err
	})
}

// attach gives the startup a profile, a history and a file, and leaves another file in the chat.
func (w *world) attach() {
	w.t.Helper()
	kept := []bot.File{}
	for _, content := range []string{"one ", "two "} {
		f, err := w.files.Put(w.t.Context(), strings.NewReader("%PDF-1.4 "+content+mark), mark+".pdf")
		if err != nil {
			w.t.Fatal(err)
		}
		kept = append(kept, f)
	}
	own, err := w.store.StartupsAt(w.t.Context(), first)
	if err != nil || len(own) != 1 {
		w.t.Fatalf("startups: %v, %v", own, err)
	}
	w.inTx(func(ctx context.Context, tx *storage.Tx) error {
		for _, text := range []string{"old ", "new "} {
			_, err := storage.ReviseStartup(ctx, tx, first, own[0].Code, func(s *storage.Startup) { s.Profile = storage.Profile{"mo_ta": text + mark} }, w.now())
			if err != nil {
				return err
			}
		}
		if err := storage.SetDocuments(ctx, tx, own[0], kept[:1], w.now()); err != nil {
			return err
		}
		r, _, err := storage.FindRegistered(ctx, tx, own[0].Code)
		if err != nil {
			return err
		}
		review := storage.Review{Person: r.Person, Status: storage.StatusChanges, Field: "mo_ta", Reason: mark}
		_, _, err = storage.DecideStartup(ctx, tx, storage.Seen{Code: r.Code, Revision: r.Revision}, review, w.now())
		return err
	})
	_, err = w.web.log.Append(w.t.Context(), first.Chat, bot.Entry{Key: "in:file", Mine: true, At: w.now(), Outgoing: bot.Outgoing{Text: mark, File: &kept[1]}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// checkGone demands that no mark is anywhere, and that the proofs are.
func (w *world) checkGone() {
	w.t.Helper()
	w.drain()
	if left := w.places(); len(left) > 0 {
		w.t.Errorf("after the erasure marks are in %q", left)
	}
	var given, withdrawn, dated int
	for row := range rowsOf(w.t, connect(w.t, w.url), "consents") {
		if row["given"].(int64) == 1 {
			given++
		} else {
			withdrawn++
		}
		if row["erased_at"].(int64) > 0 {
			dated++
		}
	}
	if given < 2 || withdrawn != 2 || dated != given+withdrawn {
		w.t.Errorf("proofs: %d given, %d withdrawn, %d dated", given, withdrawn, dated)
	}
}

func TestErasureLeavesNoMarkAnywhere(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		before := w.places()
		for _, place := range []string{"people.name", "people.name_folded", "people.phone", "reviews.reason", "startups.name", "startups.name_folded", "startups.profile", "startup_history.old",
			"startup_history.new", "documents.name", "guardians.name", "guardians.phone", "dialogs.state", "web_log.body", "dead_updates.body", "dead_updates.error"} {
			if !slices.Contains(before, place) {
				t.Errorf("the test leaves no mark in %s", place)
			}
		}
		if files := len(markedFiles(t, w.dir, mark)); files != 2 {
			t.Errorf("the test leaves marks in %d files", files)
		}
		w.other.during(nil)
		w.does(first, "xóa dữ liệu", w.yes())
		w.settled()
		w.checkGone()
		for _, c := range []*channel{w.web, w.other} {
			if last := c.last(); last.Title != "Đã xóa dữ liệu" {
				t.Errorf("the last reply on %s was %+v", c.name, last)
			}
		}
		if path, ok := strings.CutPrefix(w.url, "sqlite:"); ok {
			checkFile(t, w, path)
		}
	})
}

// checkFile looks into the bytes of a SQLite file, past what tables show.
func checkFile(t *testing.T, w *world, path string) {
	t.Helper()
	if _, err := connect(t, w.url).ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil || bytes.Contains(bytes.ToLower(content), []byte(mark)) {
		t.Errorf("the file of the database still has marks (%v)", err)
	}
}

// What staff struck, and what somebody else has as well, is no business of the erasure.
func TestErasureLeavesOthersAlone(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		third := bot.Address{Channel: "other", Chat: "3333"}
		w.does(third, "/dangky", "1", "Lê Văn Ba", "0912345678", "Ba Vinh", "Nấm rơm", "1", "1", "gửi")
		w.fill()
		w.other.during(nil)
		own, err := w.store.StartupsAt(t.Context(), third)
		if err != nil {
			t.Fatal(err)
		}
		same, err := w.files.Put(t.Context(), strings.NewReader("%PDF-1.4 one "+mark), "nam.pdf")
		if err != nil {
			t.Fatal(err)
		}
		w.inTx(func(ctx context.Context, tx *storage.Tx) error {
			return storage.SetDocuments(ctx, tx, own[0], []bot.File{same}, w.now())
		})
		w.does(first, w.yes())
		w.settled()
		if got, err := w.store.StartupsAt(t.Context(), third); err != nil || len(got) != 1 {
			t.Errorf("the startup of somebody else: %v, %v", got, err)
		}
		if content, err := w.files.Open(t.Context(), same.ID); err != nil {
			t.Errorf("the file of somebody else: %v", err)
		} else {
			_ = content.Close()
		}
	})
}

// A drain that read the old values before the erasure writes them after it, even after the tombstones are gone and the
// person has written again.
func TestLateDrainBringsNothingBack(t *testing.T) {
	for name, meanwhile := range map[string]func(t *testing.T, w *world){
		"after the erasure": func(*testing.T, *world) {},
		"after the tombstone": func(t *testing.T, w *world) {
			w.pass(4 * time.Hour)
			if err := w.retention(1).Run(t.Context(), w.now()); err != nil {
				t.Fatal(err)
			}
			if n := count(t, w, "dialogs"); n != 0 {
				t.Fatalf("%d tombstones stay", n)
			}
			w.does(first, "menu")
			w.does(second, "menu")
			w.settled()
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, storagetest.PostgresURL(t), storagetest.NewRedis(t), 2)
			w.fill()
			w.does(first, "/dangky") // changed since the last drain
			w.other.during(nil)
			var once sync.Once
			w.dialogs[0].redis.AtPoint(func(point string) error {
				if point == "drain" {
					once.Do(func() {
						w.does(first, w.yes())
						w.settled()
						meanwhile(t, w)
					})
				}
				return nil
			})
			w.drainBy(0)
			w.checkGone()
		})
	}
}

// A reply that another replica is sending when the erasure is asked for ends in the log of the web chat before it.
func TestReplyInFlightBringsNothingBack(t *testing.T) {
	w := newWorld(t, storagetest.PostgresURL(t), storagetest.NewRedis(t), 2)
	w.fill()
	w.other.during(nil)
	sending, erasing := make(chan struct{}), make(chan struct{})
	var begun, ended sync.Once
	w.web.during(func(m bot.Outgoing) error {
		if strings.Contains(strings.ToLower(m.Body()), mark) {
			begun.Do(func() { close(sending) })
			<-erasing
		}
		return nil
	})
	if err := <-w.says(1, first, "dữ liệu"); err != nil { // tells the name
		t.Fatal(err)
	}
	<-sending
	loads := 0
	w.dialogs[0].onLoad(func() {
		if loads++; loads == 3 { // it was put off at least once
			ended.Do(func() { close(erasing) })
		}
	})
	settled := w.says(0, first, w.yes())
	select {
	case err := <-settled:
		t.Errorf("the erasure did not wait for the reply that is being sent (%v)", err)
		ended.Do(func() { close(erasing) })
	case <-erasing:
		if err := <-settled; err != nil {
			t.Fatal(err)
		}
	}
	w.settled()
	w.checkGone()
}

// Redis comes back with what it had before the erasure.
func TestOldSnapshotDoesNotBringErasedDataBack(t *testing.T) {
	r := storagetest.NewRedis(t)
	w := newWorld(t, storagetest.PostgresURL(t), r, 1)
	w.fill()
	w.other.during(nil)
	r.Snapshot()
	w.does(first, w.yes())
	w.settled()
	w.drain()
	r.Stop()
	r.Start()
	w.does(first, "menu")
	w.does(second, "menu")
	w.settled()
	w.checkGone()
}

func TestOldButtonAsksAgain(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		w.other.during(nil)
		old := w.yes()
		w.pass(2 * time.Hour)
		w.does(first, old)
		w.settled()
		if own, err := w.store.StartupsAt(t.Context(), first); err != nil || len(own) != 1 {
			t.Errorf("an old button erased: %v, %v", own, err)
		}
	})
}

// Whoever adds a table about people must say what export and erasure do with it.
func TestEveryTableAboutPeopleIsKnown(t *testing.T) {
	w := newWorld(t, storagetest.PostgresURL(t), nil, 1)
	about := []string{}
	err := connect(t, w.url).SelectContext(t.Context(), &about, `
		SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'
		AND column_name IN ('person_id', 'startup_id', 'chat', 'phone', 'source', 'owner')`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range about {
		if table != "dialogs" && !slices.Contains(storage.Holdings(), table) { // a dialog is erased by its own turn
			t.Errorf("%s is not among the holdings", table)
		}
	}
}

// retention has the default limits.
func (w *world) retention(replica int) scheduler.Retention {
	r := scheduler.Retention{
		Limits: scheduler.Limits{Dialog: scheduler.Span{Hours: 24}, Draft: scheduler.Span{Days: 90}, Entry: scheduler.Span{Months: 24}, Consent: scheduler.Span{Years: 5}},
		Store:  w.store, Files: w.files, Rest: w.engines[replica].Router.Rest, Dialogs: storage.NewDialogs(w.store),
	}
	if rd := w.dialogs[replica].redis; rd != nil {
		r.Dialogs = rd
	}
	return r
}

func count(t *testing.T, w *world, table string) (n int) {
	t.Helper()
	for range rowsOf(t, connect(t, w.url), table) {
		n++
	}
	return n
}
