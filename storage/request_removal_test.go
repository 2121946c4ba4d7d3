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

// talk is a request of somebody in which marked texts and files went both ways.
type talk struct {
	url       string
	dir       string
	store     *storage.Store
	files     *storage.Files
	older     int64       // somebody who came before the others
	olderChat bot.Address // theirs
	asker     bot.Address
	officer   bot.Address
	an, binh  int64
	request   storage.Request
	fromAsker bot.File
}

func onEachTalk(t *testing.T, test func(t *testing.T, k *talk)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newTalk(t, storagetest.SQLiteURL(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, newTalk(t, storagetest.PostgresURL(t))) })
}

func newTalk(t *testing.T, url string) *talk {
	t.Helper()
	k := &talk{url: url, dir: t.TempDir(), store: storagetest.Open(t, url)}
	k.files = storage.NewFiles(k.dir, k.store)
	k.older, k.olderChat = someone(t, k.store, "0", "", "")
	k.an, k.asker = someone(t, k.store, "1", "", "")
	k.binh, k.officer = someone(t, k.store, "2", "Trần Thị Bình", storage.Staff)
	k.request = asked(t, k.store, k.an)
	took(t, k.store, k.request, k.binh)
	k.fromAsker = k.file(t, "one")
	k.says(t, k.an, storage.RequestMessage{Text: "question " + mark})
	k.says(t, k.an, storage.RequestMessage{File: k.fromAsker})
	k.says(t, k.binh, storage.RequestMessage{Text: "answer " + mark})
	k.says(t, k.binh, storage.RequestMessage{File: k.file(t, "two")})
	seen := bot.Entry{Key: "out:1", At: requestTime, Outgoing: bot.Outgoing{Title: k.request.Code, Text: mark}}
	if _, err := storage.NewWebLog(k.store).Append(t.Context(), "chat of an officer", seen); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *talk) file(t *testing.T, content string) bot.File {
	t.Helper()
	f, err := k.files.Put(t.Context(), strings.NewReader("%PDF-1.4 "+content+" "+mark), mark+".pdf")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// says keeps a message and passes it on, as a turn does.
func (k *talk) says(t *testing.T, who int64, m storage.RequestMessage) {
	t.Helper()
	m.Person = who
	inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
		r, _, err := storage.AddRequestMessage(ctx, tx, k.request.Code, &m, requestTime)
		n := storage.Notice{Source: storage.RequestSource(r, m), Person: k.an + k.binh - who, Message: bot.Outgoing{Text: m.Text, File: &m.File}}
		return errors.Join(err, storage.Notify(ctx, tx, n, requestTime))
	})
}

func (k *talk) marks(t *testing.T) []string {
	t.Helper()
	return append(marked(t, k.url, mark), markedFiles(t, k.dir, mark)...)
}

func (k *talk) erase(t *testing.T) error {
	t.Helper()
	return k.store.InTx(t.Context(), func(tx *storage.Tx) error {
		_, _, err := storage.Erase(t.Context(), tx, k.files, k.asker, requestTime)
		return err
	})
}

func TestErasureOfWhoAskedTakesTheRequestAlong(t *testing.T) {
	onEachTalk(t, func(t *testing.T, k *talk) {
		before := k.marks(t)
		for _, place := range []string{"deliveries.body", "request_messages.name", "request_messages.text", "web_log.body"} {
			if !slices.Contains(before, place) {
				t.Errorf("the test leaves no mark in %s", place)
			}
		}
		if err := k.erase(t); err != nil {
			t.Fatal(err)
		}
		if left := k.marks(t); len(left) > 0 {
			t.Errorf("after the erasure marks are in %q", left)
		}
	})
}

// What is on its way to staff might be kept by their channel after everything was erased.
func TestErasureOfWhoAskedWaitsForWhatIsOnItsWay(t *testing.T) {
	onEachTalk(t, func(t *testing.T, k *talk) {
		inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'sending' WHERE person_id = $1`, k.binh)
			return err
		})
		if err := k.erase(t); !errors.Is(err, storage.ErrSending) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRetentionOfRequests(t *testing.T) {
	onEachTalk(t, func(t *testing.T, k *talk) {
		forget := func(before time.Time) []string {
			t.Helper()
			if err := k.store.ForgetRequests(t.Context(), k.files, before); err != nil {
				t.Fatal(err)
			}
			return slices.DeleteFunc(k.marks(t), func(place string) bool { return place == "web_log.body" }) // ForgetMessages sees to it
		}
		later := requestTime.Add(time.Millisecond)
		if left := forget(requestTime); len(left) == 0 {
			t.Error("gone too early")
		}
		k.says(t, k.an, storage.RequestMessage{Text: "another " + mark})
		if left := forget(later); len(left) == 0 {
			t.Error("gone, although somebody waits for an answer")
		}
		inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := storage.CloseRequest(ctx, tx, k.request.Code, k.an, requestTime)
			return err
		})
		if left := forget(later); len(left) > 0 {
			t.Errorf("still there: %q", left)
		}
	})
}

func TestFilesOfRequestsStayUntilTheyAreStruck(t *testing.T) {
	onEachTalk(t, func(t *testing.T, k *talk) {
		if err := k.files.Sweep(t.Context(), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if n := len(markedFiles(t, k.dir, mark)); n != 2 {
			t.Errorf("%d files are left after the sweep", n)
		}
		inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
			_, err := k.files.Strike(ctx, tx, k.fromAsker.ID)
			return err
		})
		inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
			said, err := storage.RequestMessages(ctx, tx, k.request.ID, 10)
			if len(said) != 4 || said[0].Text != "question "+mark || said[1].File.ID != "" || said[1].File.Name == "" || said[3].File.ID == "" {
				t.Errorf("got %+v", said)
			}
			return err
		})
	})
}

// A member of staff who joins an older chat of theirs keeps the request; who turns out to have asked it does not.
func TestRequestsFollowWhoIsJoined(t *testing.T) {
	onEachTalk(t, func(t *testing.T, k *talk) {
		join(t, k.store, k.olderChat, k.officer)
		if now, ok := speaks(t, k.store, k.request, k.older, "…", requestTime); !ok || now.Staff != k.older {
			t.Errorf("after joining an older chat: %+v, %t", now, ok)
		}
		join(t, k.store, k.officer, k.asker)
		inTx(t, k.store, func(ctx context.Context, tx *storage.Tx) error {
			r, ok, err := storage.OwnRequest(ctx, tx, k.officer, "")
			if !ok || r.Staff != 0 || r.Person != k.older {
				t.Errorf("after joining who asked: %+v, %t", r, ok)
			}
			return err
		})
	})
}
