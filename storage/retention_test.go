package storage_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// after runs retention as if so much time had passed, twice where one run leads to the next.
func (w *world) after(d time.Duration) {
	w.t.Helper()
	w.pass(d)
	for range 2 {
		if err := w.retention(0).Run(w.t.Context(), w.now()); err != nil {
			w.t.Fatal(err)
		}
		w.drain()
	}
}

const day = 24 * time.Hour

func TestRetentionOfDialogs(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.does(first, "/dangky", "1", "Zyqxwv An")
		w.settled()
		w.after(23 * time.Hour)
		if d := w.dialog(first); d.Session.Form == nil {
			t.Error("put aside before its time")
		}
		w.after(2 * time.Hour)
		if d := w.dialog(first); d.Session.Form != nil || len(d.Session.Aside) != 1 {
			t.Errorf("not put aside: %+v", d.Session)
		}
		w.does(first, "gì đó")
		w.settled()
		if last := w.web.last(); !strings.Contains(last.Text, "đang dở") {
			t.Errorf("who comes back reads %+v", last)
		}
		w.settled()
		w.after(91 * day)
		if left := marked(t, w.url, mark); slices.Contains(left, "dialogs.state") || slices.Contains(left, "web_log.body") {
			t.Errorf("after 90 days marks are in %q", left)
		}
		w.after(day)
		if n := count(t, w, "dialogs"); n != 0 {
			t.Errorf("%d dialogs that hold nothing stay", n)
		}
	})
}

func TestRetentionKeepsWhoHasARole(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		code, err := w.store.Invite(t.Context(), storage.Staff, w.now(), w.now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		w.does(first, code, "menu")
		w.settled()
		w.after(3 * 365 * day)
		if d := w.dialog(first); !d.Session.Official {
			t.Error("the dialog forgot the role")
		}
		if roles, err := w.store.RolesAt(t.Context(), first, time.Now()); err != nil || len(roles) != 1 {
			t.Errorf("roles: %v, %v", roles, err)
		}
	})
}

func TestRetentionOfEntriesAndProofs(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		w.other.during(nil)
		w.after(700 * day)
		if own, err := w.store.StartupsAt(t.Context(), first); err != nil || len(own) != 1 {
			t.Errorf("erased before its time: %v, %v", own, err)
		}
		w.after(40 * day)
		if left := w.places(); len(left) > 0 {
			t.Errorf("after 24 months marks are in %q", left)
		}
		if chats := count(t, w, "addresses"); chats != 2 {
			t.Errorf("who wants to be told of things has %d chats", chats)
		}
		w.does(first, "thongbao:khong")
		w.settled()
		w.after(740 * day)
		if left := w.places(); len(left) > 0 || count(t, w, "people") > 0 {
			t.Errorf("who is kept for nothing is still there: %q", left)
		}
		if count(t, w, "consents") == 0 {
			t.Error("the proofs went with the person")
		}
		w.after(6 * 365 * day)
		if n := count(t, w, "consents"); n != 0 {
			t.Errorf("%d proofs stay", n)
		}
	})
}

func TestRetentionLeavesWhatIsNewerInRedis(t *testing.T) {
	w := newWorld(t, storagetest.PostgresURL(t), storagetest.NewRedis(t), 1)
	w.does(first, "menu")
	w.settled()
	w.pass(25 * time.Hour)
	if err := w.retention(0).Run(t.Context(), w.now()); err != nil { // leaves a dialog that holds nothing
		t.Fatal(err)
	}
	w.drain()
	w.does(first, "/dangky") // not drained
	remove := w.retention(0).Dialogs.Remove
	if err := remove(t.Context(), first, w.now(), func(context.Context, *storage.Tx) error { return nil }); !errors.Is(err, storage.ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
	if d := w.dialog(first); d.Session.Form == nil {
		t.Error("the form is gone")
	}
}

func (w *world) dialog(a bot.Address) *storage.Dialog {
	w.t.Helper()
	d, err := w.dialogs[0].Load(w.t.Context(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}
