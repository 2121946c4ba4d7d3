package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// voteEnds is when the public votes of these tests end.
func voteEnds() time.Time { return closingTime().AddDate(0, 0, 3) }

// ballotBox is a competition that is closed, with entries that the public votes on.
type ballotBox struct {
	t       *testing.T
	s       *storage.Store
	c       storage.Competition
	entries []storage.Entry
}

func newBallotBox(t *testing.T, s *storage.Store, entries int) *ballotBox {
	t.Helper()
	b := &ballotBox{t: t, s: s, c: storage.Competition{
		Agency: storage.Department, Name: "Khởi nghiệp", Definition: "{}",
		OpensAt: contestOpens.UnixMilli(), ClosesAt: closingTime().UnixMilli(), VoteAt: voteEnds().UnixMilli(),
	}}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.AddCompetition(ctx, tx, &b.c, contestOpens)
	})
	for i := range entries {
		a := bot.Address{Channel: "web", Chat: fmt.Sprint("captain", i)}
		e, err := begun(t, s, b.c, project(t, s, a, fmt.Sprint("Dự án ", i)), contestOpens)
		if err != nil {
			t.Fatal(err)
		}
		if e, err = saved(t, s, a, e.ID, storage.EntrySubmitted, contestOpens); err != nil {
			t.Fatal(err)
		}
		b.entries = append(b.entries, e)
	}
	b.beats(closingTime())
	return b
}

// beats has the service be known to receive just before a moment and at it.
func (b *ballotBox) beats(at time.Time) {
	b.t.Helper()
	if err := errors.Join(b.s.Beat(b.t.Context(), at.Add(-time.Second)), b.s.Beat(b.t.Context(), at)); err != nil {
		b.t.Fatal(err)
	}
}

// casts has who writes from a vote for an entry at a moment that the platform told.
func (b *ballotBox) casts(s *storage.Store, a bot.Address, e storage.Entry, when, now time.Time) error {
	return s.InTx(b.t.Context(), func(tx *storage.Tx) error {
		me, err := storage.EnsurePerson(b.t.Context(), tx, a, now)
		if err != nil {
			return err
		}
		return storage.CastVote(b.t.Context(), tx, e.ID, me, at(when), now)
	})
}

func (b *ballotBox) votes() (list []storage.Vote) {
	b.t.Helper()
	inTx(b.t, b.s, func(ctx context.Context, tx *storage.Tx) (err error) {
		list, err = storage.Votes(ctx, tx, b.c.ID)
		return err
	})
	return list
}

func (b *ballotBox) own(a bot.Address) (entry int64) {
	b.t.Helper()
	inTx(b.t, b.s, func(ctx context.Context, tx *storage.Tx) (err error) {
		entry, err = storage.OwnVote(ctx, tx, a, b.c.ID)
		return err
	})
	return entry
}

// TestAPersonHasOneVoteOnTwoReplicas has people with three chats each vote in all of them at once, for different entries.
func TestAPersonHasOneVoteOnTwoReplicas(t *testing.T) {
	const people, chats = 12, 3
	url := storagetest.PostgresURL(t)
	replicas := []*storage.Store{storagetest.Open(t, url), storagetest.Open(t, url)}
	b, now := newBallotBox(t, replicas[0], 3), closingTime().Add(time.Hour)
	chat := func(person, n int) bot.Address {
		return bot.Address{Channel: "telegram", Chat: fmt.Sprintf("%d/%d", person, n)}
	}
	for person := range people {
		for n := 1; n < chats; n++ {
			join(t, replicas[0], chat(person, 0), chat(person, n))
		}
	}
	var all sync.WaitGroup
	for i := range 2 * people * chats { // each twice
		all.Go(func() {
			person, n := i/2%people, i/2/people
			if err := b.casts(replicas[i%2], chat(person, n), b.entries[n], now, now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(b.votes()); n != people {
		t.Errorf("%d people have %d votes", people, n)
	}
}

func TestAVoteIsChangedAndTakenBackUntilTheEnd(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		b, noon := newBallotBox(t, s, 2), closingTime().Add(time.Hour)
		_, a := someone(t, s, "1", "Lê Văn An", "")
		for _, e := range []storage.Entry{b.entries[0], b.entries[1], b.entries[1]} {
			if err := b.casts(s, a, e, noon, noon); err != nil || b.own(a) != e.ID || len(b.votes()) != 1 {
				t.Errorf("%v: votes for %d of %+v", err, b.own(a), b.votes())
			}
			noon = noon.Add(time.Hour)
		}
		if v := b.votes()[0]; v.FirstAt != closingTime().Add(time.Hour).UnixMilli() || v.At != closingTime().Add(2*time.Hour).UnixMilli() {
			t.Errorf("%+v", v)
		}
		takes := func(when time.Time) error {
			return s.InTx(t.Context(), func(tx *storage.Tx) error {
				me, err := storage.EnsurePerson(t.Context(), tx, a, when)
				if err != nil {
					return err
				}
				return storage.TakeVoteBack(t.Context(), tx, b.c, b.entries[1].ID, me, at(when))
			})
		}
		if err := takes(voteEnds()); !errors.Is(err, storage.ErrVoteOver) || len(b.votes()) != 1 {
			t.Errorf("taken back at the end: %v", err)
		}
		if err := takes(voteEnds().Add(-time.Millisecond)); err != nil || len(b.votes()) != 0 {
			t.Errorf("taken back before: %v, %+v", err, b.votes())
		}
	})
}

// TestVotesCountByWhenTheyWereCast, from the closing to the end, also when they come late.
func TestVotesCountByWhenTheyWereCast(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		b := newBallotBox(t, s, 1)
		for i, c := range []struct {
			when, now time.Time
			want      error
		}{
			{closingTime().Add(-time.Hour), closingTime().Add(-time.Hour), storage.ErrNoVote},
			{closingTime(), closingTime(), nil},
			{voteEnds().Add(-time.Millisecond), voteEnds().Add(-time.Millisecond), nil},
			{voteEnds().Add(-time.Millisecond), voteEnds().AddDate(0, 0, 1), nil},
			{voteEnds(), voteEnds(), storage.ErrVoteOver},
		} {
			a := bot.Address{Channel: "telegram", Chat: fmt.Sprint(i)}
			if err := b.casts(s, a, b.entries[0], c.when, c.now); !errors.Is(err, c.want) {
				t.Errorf("cast %s, came %s: %v, want %v", c.when, c.now, err, c.want)
			}
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.PublishVotes(ctx, tx, &b.c, nil, voteEnds().AddDate(0, 0, 2))
			return err
		})
		late := bot.Address{Channel: "telegram", Chat: "late"}
		if err := b.casts(s, late, b.entries[0], voteEnds().Add(-time.Hour), voteEnds().AddDate(0, 0, 3)); !errors.Is(err, storage.ErrVoteOver) {
			t.Errorf("after the counts came out: %v", err)
		}
	})
}

// TestPressesThatWaitedAtTheEndAreTaken, as those are that waited when a competition closed.
func TestPressesThatWaitedAtTheEndAreTaken(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		for name, c := range map[string]struct {
			beat, back, press time.Duration // after the end
			want              bool
		}{
			"pressed late":                                {-20 * time.Second, time.Minute, 0, false},
			"waited while the service was away":           {-time.Hour, time.Hour, time.Hour + time.Minute, true},
			"pressed when what waited had time to come":   {-time.Hour, time.Hour, time.Hour + 10*time.Minute, false},
			"pressed in time while the service was there": {-20 * time.Second, time.Minute, -time.Millisecond, true},
		} {
			b := newBallotBox(t, s, 0)
			if err := errors.Join(s.Beat(t.Context(), voteEnds().Add(c.beat)), s.Beat(t.Context(), voteEnds().Add(c.back))); err != nil {
				t.Fatal(err)
			}
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				found, _, err := storage.FindCompetition(ctx, tx, b.c.Code)
				press := storage.Arrival{At: voteEnds().Add(c.press), Beat: voteEnds().Add(c.back).UnixMilli()}
				if got := found.VoteTakes(press); got != c.want {
					t.Errorf("%s: taken %v", name, got)
				}
				over := voteEnds().Add(max(0, c.back+10*time.Minute))
				if found.VoteOver(voteEnds().Add(-time.Millisecond)) || !found.VoteOver(over) {
					t.Errorf("%s: over before its end, or not at %s", name, over)
				}
				return err
			})
		}
	})
}

// TestOnlyWhatIsStillInTheCompetitionIsVotedOn: no draft, nothing that did not go on, nothing of somebody under 16.
func TestOnlyWhatIsStillInTheCompetitionIsVotedOn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		b, noon := newBallotBox(t, s, 3), closingTime().Add(time.Hour)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE people SET minor = 1 WHERE id = $1`, b.entries[0].Person)
			_, err2 := storage.BeginRound(ctx, tx, &b.c, 1)
			_, err3 := storage.PublishRound(ctx, tx, &b.c, []int64{b.entries[0].ID, b.entries[1].ID})
			list, err4 := storage.VotableEntries(ctx, tx, b.c.ID)
			if len(list) != 1 || list[0].ID != b.entries[1].ID {
				t.Errorf("%+v", list)
			}
			return errors.Join(err, err2, err3, err4)
		})
		_, a := someone(t, s, "1", "Lê Văn An", "")
		for i, want := range []error{storage.ErrNoVote, nil, storage.ErrNoVote} {
			if err := b.casts(s, a, b.entries[i], noon, noon); !errors.Is(err, want) {
				t.Errorf("entry %d: %v", i, err)
			}
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				if _, _, err := storage.FindVotable(ctx, tx, b.entries[i].VoteCode()); !errors.Is(err, want) {
					t.Errorf("code of entry %d: %v", i, err)
				}
				return nil
			})
		}
	})
}

// TestTwoPeopleWhoAreOneHaveOneVote: what they said last. Who votes alone keeps their vote.
func TestTwoPeopleWhoAreOneHaveOneVote(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		for i, olderLast := range []bool{true, false} {
			b, noon := newBallotBox(t, s, 2), closingTime().Add(time.Hour)
			_, older := someone(t, s, fmt.Sprint("older", i), "Lê Văn An", "")
			_, younger := someone(t, s, fmt.Sprint("younger", i), "Lê Văn An", "")
			first, last := older, younger
			if olderLast {
				first, last = younger, older
			}
			if err := errors.Join(b.casts(s, first, b.entries[0], noon, noon), b.casts(s, last, b.entries[1], noon.Add(time.Minute), noon.Add(time.Minute))); err != nil {
				t.Fatal(err)
			}
			join(t, s, older, younger)
			if len(b.votes()) != 1 || b.own(older) != b.entries[1].ID || b.own(younger) != b.entries[1].ID {
				t.Errorf("older last %v: %+v", olderLast, b.votes())
			}
		}
		b, noon := newBallotBox(t, s, 1), closingTime().Add(time.Hour)
		_, one := someone(t, s, "one", "Võ Chi", "")
		_, two := someone(t, s, "two", "Võ Chi", "")
		if err := b.casts(s, two, b.entries[0], noon, noon); err != nil {
			t.Fatal(err)
		}
		join(t, s, one, two)
		if b.own(one) != b.entries[0].ID {
			t.Error("the only vote is lost")
		}
	})
}

// erases erases who writes from a.
func (b *ballotBox) erases(a bot.Address) {
	b.t.Helper()
	inTx(b.t, b.s, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := storage.Erase(ctx, tx, storage.NewFiles(b.t.TempDir(), b.s), a, voteEnds())
		return err
	})
}

// voted has so many people vote for the first entry, and returns their chats.
func (b *ballotBox) voted(n int) (chats []bot.Address) {
	b.t.Helper()
	noon := closingTime().Add(time.Hour)
	for i := range n {
		_, a := someone(b.t, b.s, fmt.Sprint(i), "Lê Văn An", "")
		chats = append(chats, a)
		if err := b.casts(b.s, a, b.entries[0], noon, noon); err != nil {
			b.t.Fatal(err)
		}
	}
	return chats
}

// TestAVoteIsTheVotersOwn: it is in their export and in nobody else's, and goes when they are erased.
func TestAVoteIsTheVotersOwn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		b := newBallotBox(t, s, 1)
		voters := b.voted(3)
		if data, err := s.DataAt(t.Context(), voters[0]); err != nil || len(data["votes"]) != 1 {
			t.Errorf("the export has %+v, %v", data["votes"], err)
		}
		data, err := s.DataAt(t.Context(), bot.Address{Channel: "web", Chat: "captain0"})
		if err != nil || len(data["votes"]) != 0 || data["entries"][0]["votes"] != int64(0) {
			t.Errorf("the captain's export has %+v and %+v, %v", data["votes"], data["entries"], err)
		}
		b.erases(voters[0])
		if n := len(b.votes()); n != 2 {
			t.Errorf("%d votes are left of 3", n)
		}
	})
}

// TestCountsThatCameOutStay whatever becomes of the votes, and cannot come out again.
func TestCountsThatCameOutStay(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		b := newBallotBox(t, s, 1)
		voters := b.voted(2)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			ok, err := storage.PublishVotes(ctx, tx, &b.c, []storage.VoteCount{{Entry: b.entries[0].ID, Votes: 2, Flagged: 1}}, voteEnds())
			again, err2 := storage.PublishVotes(ctx, tx, &b.c, nil, voteEnds())
			without, err3 := storage.CountWithout(ctx, tx, &b.c, true)
			if !ok || again || without {
				t.Errorf("published %v, again %v, changed afterwards %v", ok, again, without)
			}
			return errors.Join(err, err2, err3)
		})
		b.erases(voters[0])
		if err := s.ForgetVotes(t.Context(), voteEnds()); err != nil || len(b.votes()) != 0 {
			t.Errorf("%+v are left, %v", b.votes(), err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			e, c, err := storage.VotableEntry(ctx, tx, b.entries[0].ID)
			if e.Votes != 2 || e.Flagged != 1 || e.CountedVotes(c) != 2 {
				t.Errorf("%+v", e)
			}
			c.VoteWithout = true
			if n := e.CountedVotes(c); n != 1 {
				t.Errorf("without the flagged ones: %d", n)
			}
			return err
		})
	})
}
