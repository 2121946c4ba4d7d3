package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
)

// rushPeople is how many enter in the last ten minutes; a tenth of them in the last ten seconds. The full size is 2000.
var rushPeople = flag.Int("contest.people", 40, "how many people enter a competition before it closes")

// rushAtOnce is how many of them are at it at the same time: as many as come in the last ten seconds of the full size.
const rushAtOnce = 200

// TestRushBeforeClosing has people enter in the last ten minutes, many at once, everything they do delivered twice and half
// a minute late. Nothing that was done in time is lost, doubled or refused, and nothing later is taken.
func TestRushBeforeClosing(t *testing.T) {
	onEachStorage(t, func(t *testing.T, empty func() config) {
		r := newRush(t, empty())
		late := max(1, *rushPeople/20)
		var all sync.WaitGroup
		places := make(chan struct{}, rushAtOnce)
		for i := range *rushPeople + late {
			places <- struct{}{}
			all.Go(func() {
				defer func() { <-places }()
				r.enter(i, r.moment(i, late))
			})
		}
		all.Wait()
		r.check(late)
	})
}

// rush is a program in which a competition has just closed, by its clock.
type rush struct {
	*hall
	c storage.Competition
}

func newRush(t *testing.T, cfg config) *rush {
	t.Helper()
	closes := time.Date(2026, time.November, 25, 17, 0, 0, 0, time.FixedZone("ICT", 7*60*60)) // as the sheet has it
	cfg.filesDir, cfg.still = t.TempDir(), true
	r := &rush{hall: openHallAt(t, cfg, func() time.Time { return closes.Add(30 * time.Second) })}
	d := readSheet(t, "cuoc-thi")
	err := r.app.store.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		r.c, err = contests.Load(t.Context(), tx, d, storage.Department, closes)
		return err
	})
	if err = errors.Join(err, r.app.store.Beat(t.Context(), closes.Add(-20*time.Second))); err != nil {
		t.Fatal(err)
	}
	return r
}

// moment is when somebody submits: those who are late come first, then a tenth in the last ten seconds, then the others.
func (r *rush) moment(i, late int) time.Time {
	closes := time.UnixMilli(r.c.ClosesAt)
	switch tenth := max(1, *rushPeople/10); {
	case i < late:
		return closes.Add(time.Duration(i) * time.Millisecond)
	case i < late+tenth:
		return closes.Add(-1 - 10*time.Second*time.Duration(i-late)/time.Duration(tenth))
	default:
		return closes.Add(-10*time.Second - 590*time.Second*time.Duration(i-late-tenth)/time.Duration(*rushPeople))
	}
}

// enter goes from a startup to a submitted entry, with a text and a file. Half of what people do has no time but that of receipt.
func (r *rush) enter(i int, submits time.Time) {
	chat := fmt.Sprint("rush", i)
	in := bot.Incoming{At: time.UnixMilli(r.c.ClosesAt).Add(-10 * time.Minute), Receipt: i%2 == 0}
	startup, file := r.prepare(chat)
	r.press2(chat, in, "cuocthi:dongy:"+r.c.Code+":"+startup)
	e := r.entry(chat)
	r.press2(chat, in, fmt.Sprintf("cuocthi:bang:%d:1", e.ID))
	r.press2(chat, in, fmt.Sprintf("cuocthi:chon:%d:san_pham:1", e.ID))
	r.press2(chat, in, fmt.Sprintf("cuocthi:muc:%d:mo_ta_ngan", e.ID))
	in.Text = "Mô tả của " + chat
	r.twice(chat, in)
	in.Text = ""
	r.press2(chat, in, fmt.Sprintf("cuocthi:muc:%d:ban_thuyet_minh", e.ID))
	in.Files = []bot.File{file}
	r.twice(chat, in)
	in.Files, in.At = nil, submits
	r.press2(chat, in, fmt.Sprintf("cuocthi:nop:%d", e.ID))
}

// prepare registers a startup, and has a file arrive.
func (r *rush) prepare(chat string) (startup string, file bot.File) {
	s := storage.Startup{Draft: chat, Name: "Dự án " + chat, Place: "21500", Field: "so", Stage: "y_tuong"}
	err := r.app.store.InTx(r.t.Context(), func(tx *storage.Tx) (err error) {
		if s.Person, err = storage.EnsurePerson(r.t.Context(), tx, r.address(chat), r.app.engine.Clock()); err != nil {
			return err
		}
		return storage.AddStartup(r.t.Context(), tx, &s, r.app.engine.Clock())
	})
	file, err2 := r.app.files.Put(r.t.Context(), strings.NewReader("%PDF-1.7 "+chat), chat+".pdf")
	if err := errors.Join(err, err2); err != nil {
		r.t.Error(err)
	}
	return s.Code, file
}

func (r *rush) press2(chat string, in bot.Incoming, data string) {
	in.Button = data
	r.twice(chat, in)
}

// twice hands something in, and again before it is settled.
func (r *rush) twice(chat string, in bot.Incoming) {
	r.mu.Lock()
	r.updates++
	in.ID, in.From, in.Private = fmt.Sprint(r.updates), r.address(chat), true
	r.mu.Unlock()
	first, again := r.app.engine.Accept(in), r.app.engine.Accept(in)
	if err := errors.Join(<-first, <-again); err != nil {
		r.t.Errorf("%s: %v", chat, err)
	}
}

func (r *rush) entry(chat string) (e storage.Entry) {
	err := r.app.store.InTx(r.t.Context(), func(tx *storage.Tx) error {
		list, err := storage.EntriesAt(r.t.Context(), tx, r.address(chat))
		if len(list) == 1 {
			e = list[0]
		} else {
			r.t.Errorf("%s has %d entries", chat, len(list))
		}
		return err
	})
	if err != nil {
		r.t.Error(err)
	}
	return e
}

// check demands one whole entry of everybody, submitted by those alone who were in time, and that they were told so.
func (r *rush) check(late int) {
	r.t.Helper()
	r.settle()
	codes := map[string]bool{}
	for i := range *rushPeople + late {
		chat := fmt.Sprint("rush", i)
		e, files := r.entry(chat), 0
		err := r.app.store.InTx(r.t.Context(), func(tx *storage.Tx) error {
			list, err := storage.EntryFiles(r.t.Context(), tx, e.ID)
			files = len(list)
			return err
		})
		submitted := e.State == storage.EntrySubmitted && e.SubmittedAt < r.c.ClosesAt && strings.Contains(r.last(chat), e.Code) && e.Code != "" && !codes[e.Code]
		if err != nil || submitted != (i >= late) || files != 1 || e.Answers["mo_ta_ngan"] != "Mô tả của "+chat {
			r.t.Errorf("%s, submitting at %s: %+v with %d files, %v: %s", chat, r.moment(i, late), e, files, err, r.last(chat))
		}
		codes[e.Code] = true
	}
	if len(codes) != *rushPeople+1 { // and "" of those who are late
		r.t.Errorf("%d codes", len(codes)-1)
	}
}
