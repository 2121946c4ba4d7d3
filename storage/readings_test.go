package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// jury is a competition whose first round is being judged: two entries, and jurors.
type jury struct {
	t     *testing.T
	s     *storage.Store
	files *storage.Files
	c     storage.Competition
	e     [2]storage.Entry
}

func newJury(t *testing.T, s *storage.Store) *jury {
	t.Helper()
	j := &jury{t: t, s: s, files: storage.NewFiles(t.TempDir(), s), c: opened(t, s)}
	for i, chat := range []string{"an", "chi"} {
		_, a := someone(t, s, chat, "Lê Văn An", "")
		e, err := begun(t, s, j.c, project(t, s, a, "Sả của "+chat), contestOpens)
		if err == nil {
			j.e[i], err = saved(t, s, a, e.ID, storage.EntrySubmitted, contestOpens)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Beat(t.Context(), closingTime()); err != nil {
		t.Fatal(err)
	}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		_, err := storage.BeginRound(ctx, tx, &j.c, 1)
		return err
	})
	return j
}

// reads makes who writes from a a juror who reads an entry, and puts the reading into a state.
func (j *jury) reads(a bot.Address, entry int, state string, score int64) (r storage.Reading) {
	j.t.Helper()
	inTx(j.t, j.s, func(ctx context.Context, tx *storage.Tx) error {
		person, err := storage.EnsurePerson(ctx, tx, a, contestOpens)
		if err = errors.Join(err, storage.AddJuror(ctx, tx, j.c.ID, person, "Giám khảo "+a.Chat, contestOpens)); err != nil {
			return err
		}
		juries, err := storage.JuriesAt(ctx, tx, a)
		if err != nil {
			return err
		}
		juror := juries[0].ID
		if err := storage.AddReadings(ctx, tx, []storage.Reading{{Competition: j.c.ID, Juror: juror, Entry: j.e[entry].ID, Round: 1}}, closingTime()); err != nil {
			return err
		}
		for _, one := range j.readings(ctx, tx) {
			if one.Juror == juror && one.Entry == j.e[entry].ID {
				r = one
			}
		}
		r.State = state
		if state == storage.ReadingScored {
			r.Scores = storage.Scores{score}
		}
		return storage.SaveReading(ctx, tx, r, closingTime())
	})
	return r
}

func (j *jury) readings(ctx context.Context, tx *storage.Tx) []storage.Reading {
	j.t.Helper()
	list, err := storage.Readings(ctx, tx, j.c.ID)
	if err != nil {
		j.t.Fatal(err)
	}
	return list
}

// enters has staff enter a score from a scan.
func (j *jury) enters(r storage.Reading) {
	j.t.Helper()
	f, err := j.files.Put(j.t.Context(), strings.NewReader("%PDF-1.4 signed"), "phieu.pdf")
	if err != nil {
		j.t.Fatal(err)
	}
	r.State, r.Scores = storage.ReadingScored, storage.Scores{750}
	inTx(j.t, j.s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.EnterScores(ctx, tx, r, storage.ScorePaper{Reading: r.ID, Hash: f.ID, Person: 7}, closingTime())
	})
}

// scans counts the contents that are kept.
func (j *jury) scans() (n int) {
	j.t.Helper()
	inTx(j.t, j.s, func(ctx context.Context, tx *storage.Tx) error {
		return tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM files`)
	})
	return n
}

func jurorAt(chat string) bot.Address { return bot.Address{Channel: "telegram", Chat: "juror " + chat} }

// TestScoresFromPaperAreTheJurorsToReplace holds that what staff entered is known as such until the juror scores.
func TestScoresFromPaperAreTheJurorsToReplace(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j := newJury(t, s)
		r := j.reads(jurorAt("1"), 0, storage.ReadingDealt, 0)
		j.enters(r)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			papers, err := storage.ScorePapers(ctx, tx, j.c.ID)
			if p := papers[r.ID]; len(papers) != 1 || p.Person != 7 || p.Hash == "" {
				t.Errorf("%+v", papers)
			}
			own, ok, err2 := storage.OwnReading(ctx, tx, jurorAt("1"), r.ID)
			if !ok || own.Scores[0] != 750 {
				t.Errorf("the juror sees %+v, %v", own, ok)
			}
			own.Scores[0] = 800
			err3 := storage.SaveReading(ctx, tx, own, closingTime())
			_, stays, err4 := storage.ScorePaperOf(ctx, tx, r.ID)
			if stays {
				t.Error("what the juror scored counts as from paper")
			}
			return errors.Join(err, err2, err3, err4)
		})
	})
}

// TestWhatIsPassedOnIsNotTheJurorsAnyMore: after a conflict of interest they neither read nor score it, by whatever button.
func TestWhatIsPassedOnIsNotTheJurorsAnyMore(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j := newJury(t, s)
		for state, want := range map[string]bool{storage.ReadingDealt: true, storage.ReadingScored: true, storage.ReadingConflict: false} {
			r := j.reads(jurorAt("1"), 0, state, 100)
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, ok, err := storage.OwnReading(ctx, tx, jurorAt("1"), r.ID)
				if ok != want {
					t.Errorf("%s: theirs is %t", state, ok)
				}
				return err
			})
		}
	})
}

// TestStaffEnterScoresOfTheRoundAlone refuses what is of another competition, and what is published.
func TestStaffEnterScoresOfTheRoundAlone(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j, other := newJury(t, s), opened(t, s)
		r := j.reads(jurorAt("1"), 0, storage.ReadingDealt, 0)
		found := func(c storage.Competition) (ok bool) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				_, ok, err = storage.StandingReading(ctx, tx, c.ID, r.ID)
				return err
			})
			return ok
		}
		if !found(j.c) || found(other) {
			t.Error("found in the wrong competition")
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.PublishRound(ctx, tx, &j.c, nil)
			return err
		})
		if found(j.c) {
			t.Error("found once the results are out")
		}
	})
}

// TestAnErasedJurorsScoresStay without the name, and without the scan that the juror signed. The scan also goes with the entry.
func TestAnErasedJurorsScoresStay(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		for _, who := range []bot.Address{jurorAt("1"), {Channel: "telegram", Chat: "an"}} {
			j := newJury(t, s)
			r := j.reads(jurorAt("1"), 0, storage.ReadingDealt, 0)
			j.enters(r)
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, ok, err := storage.Erase(ctx, tx, j.files, who, closingTime())
				if !ok {
					t.Fatal("nobody was erased")
				}
				return err
			})
			scans := j.scans()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				list := j.readings(ctx, tx)
				jurors, err := storage.Jurors(ctx, tx, j.c.ID)
				p, ok, err2 := storage.ScorePaperOf(ctx, tx, r.ID)
				if len(list) != 1 || list[0].Scores[0] != 750 || who == jurorAt("1") && len(jurors) > 0 || !ok || p.Hash != "" || scans > 0 {
					t.Errorf("after %v was erased: %+v, %+v, %+v, %d files", who, list, jurors, p, scans)
				}
				return errors.Join(err, err2)
			})
		}
	})
}

// TestAJurorWhoJoinedTwoChatsReadsOnce, with all that was read in both.
func TestAJurorWhoJoinedTwoChatsReadsOnce(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		for _, c := range []struct {
			older, younger, want string
			score                int64
		}{
			{storage.ReadingScored, storage.ReadingScored, storage.ReadingScored, 100}, {storage.ReadingDealt, storage.ReadingScored, storage.ReadingScored, 200},
			{storage.ReadingScored, storage.ReadingClear, storage.ReadingScored, 100}, {storage.ReadingScored, storage.ReadingConflict, storage.ReadingConflict, 0},
			{storage.ReadingConflict, storage.ReadingScored, storage.ReadingConflict, 0},
		} {
			j := newJury(t, s)
			one, two := jurorAt(c.older+c.younger+"1"), jurorAt(c.older+c.younger+"2")
			j.reads(one, 0, c.older, 100)
			j.reads(two, 0, c.younger, 200)
			j.reads(two, 1, storage.ReadingScored, 300)
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, err := storage.JoinPeople(ctx, tx, one, two, closingTime())
				return err
			})
			j.readsBoth(c.want, c.score)
		}
	})
}

// readsBoth demands one juror, whose reading of the first entry is as told, and who scored the second.
func (j *jury) readsBoth(state string, score int64) {
	j.t.Helper()
	inTx(j.t, j.s, func(ctx context.Context, tx *storage.Tx) error {
		jurors, err := storage.Jurors(ctx, tx, j.c.ID)
		list := j.readings(ctx, tx)
		if len(jurors) != 1 || len(list) != 2 {
			j.t.Fatalf("want %s: %+v, %+v", state, jurors, list)
		}
		want := map[int64]string{j.e[0].ID: fmt.Sprint(jurors[0].ID, state, score), j.e[1].ID: fmt.Sprint(jurors[0].ID, storage.ReadingScored, 300)}
		for _, r := range list {
			if got := fmt.Sprint(r.Juror, r.State, sum(r.Scores)); got != want[r.Entry] {
				j.t.Errorf("got %s, want %s", got, want[r.Entry])
			}
		}
		return err
	})
}

func sum(scores storage.Scores) (n int64) {
	for _, s := range scores {
		n += s
	}
	return n
}

// TestAPaperJurorHasANameAlone, which no other juror of the competition has.
func TestAPaperJurorHasANameAlone(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j := newJury(t, s)
		j.reads(jurorAt("1"), 0, storage.ReadingDealt, 0)
		for _, want := range []bool{true, false} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				ok, err := storage.AddPaperJuror(ctx, tx, j.c.ID, "Nguyễn Thị Đào", closingTime().Add(time.Hour))
				if ok != want {
					t.Errorf("added: %v, want %v", ok, want)
				}
				return err
			})
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			jurors, err := storage.Jurors(ctx, tx, j.c.ID)
			if len(jurors) != 2 || jurors[0].Paper || !jurors[1].Paper {
				t.Errorf("%+v", jurors)
			}
			return err
		})
	})
}
