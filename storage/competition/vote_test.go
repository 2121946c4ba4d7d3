package competition_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"khoinghiep/storage/competition"
)

var voteBegins = time.Date(2026, time.December, 2, 8, 0, 0, 0, time.UTC)

// ballots are votes for an entry by people who were known for so long before, one after another with a pause between them.
func ballots(n int, known, pause time.Duration) (list []competition.Ballot) {
	for i := range n {
		at := voteBegins.Add(time.Duration(i) * pause)
		list = append(list, competition.Ballot{Entry: 1, First: at, At: at, Known: at.Add(-known)})
	}
	return list
}

func TestBurstsOfNewPeopleAreFlagged(t *testing.T) {
	for name, c := range map[string]struct {
		votes []competition.Ballot
		want  competition.Votes
	}{
		"nine at once":                   {ballots(9, 0, time.Second), competition.Votes{All: 9}},
		"ten at once":                    {ballots(10, 0, time.Second), competition.Votes{All: 10, Flagged: 10}},
		"ten who are known for a day":    {ballots(10, 24*time.Hour, time.Second), competition.Votes{All: 10}},
		"ten who are known for less":     {ballots(10, 24*time.Hour-1, time.Second), competition.Votes{All: 10, Flagged: 10}},
		"ten within ten minutes":         {ballots(10, 0, 10*time.Minute/9), competition.Votes{All: 10, Flagged: 10}},
		"ten within more":                {ballots(10, 0, 10*time.Minute/9+1), competition.Votes{All: 10}},
		"a hundred, one a minute":        {ballots(100, 0, time.Minute), competition.Votes{All: 100, Flagged: 100}},
		"a hundred, one in two minutes":  {ballots(100, 0, 2*time.Minute), competition.Votes{All: 100}},
		"a burst among people known":     {append(ballots(10, 0, time.Second), ballots(30, 48*time.Hour, time.Second)...), competition.Votes{All: 40, Flagged: 10}},
		"some new ones outside a burst":  {append(ballots(10, 0, time.Second), moved(ballots(5, 0, time.Second), time.Hour)...), competition.Votes{All: 15, Flagged: 10}},
		"a burst that is voted again":    {again(ballots(10, 0, time.Second)), competition.Votes{All: 10, Flagged: 10}},
		"two bursts that share no votes": {append(ballots(10, 0, time.Second), moved(ballots(12, 0, time.Second), time.Hour)...), competition.Votes{All: 22, Flagged: 22}},
	} {
		t.Run(name, func(t *testing.T) {
			rand.Shuffle(len(c.votes), func(i, j int) { c.votes[i], c.votes[j] = c.votes[j], c.votes[i] })
			elsewhere := slices.Clone(ballots(9, 0, time.Second)) // of another entry: adds to nothing
			for i := range elsewhere {
				elsewhere[i].Entry = 2
			}
			got := competition.CountVotes(append(elsewhere, c.votes...))
			if got[1] != c.want || got[2] != (competition.Votes{All: 9}) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func moved(list []competition.Ballot, by time.Duration) []competition.Ballot {
	for i := range list {
		list[i].First, list[i].At, list[i].Known = list[i].First.Add(by), list[i].At.Add(by), list[i].Known.Add(by)
	}
	return list
}

// again has everybody vote for the entry anew, two days later: they are as new as they were.
func again(list []competition.Ballot) []competition.Ballot {
	for i := range list {
		list[i].At = list[i].At.Add(48 * time.Hour)
	}
	return list
}
