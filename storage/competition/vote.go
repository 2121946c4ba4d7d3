package competition

import (
	"slices"
	"time"
)

// Ballot is one person's vote for an entry.
type Ballot struct {
	Entry int64
	First time.Time // when the person first voted in this competition
	At    time.Time // when for this entry
	Known time.Time // since when the person is known here
}

// What makes a burst: so many votes for one entry, by people who were not known a day before they voted, within so short a time.
// Most who follow an entry's link are new here, so that being new alone says nothing; nor does a burst prove anything, as a link
// in a large group brings one too. It is for people to look at.
const (
	newFor      = 24 * time.Hour
	burstLeast  = 10
	burstWithin = 10 * time.Minute
)

// Votes is what an entry has: how many votes, and how many of these are of new people in a burst.
type Votes struct{ All, Flagged int }

// CountVotes counts the votes of each entry.
func CountVotes(ballots []Ballot) map[int64]Votes {
	counts, fresh := map[int64]Votes{}, map[int64][]time.Time{}
	for _, b := range ballots {
		n := counts[b.Entry]
		n.All++
		counts[b.Entry] = n
		if b.First.Sub(b.Known) < newFor {
			fresh[b.Entry] = append(fresh[b.Entry], b.At)
		}
	}
	for entry, times := range fresh {
		n := counts[entry]
		n.Flagged = inBursts(times)
		counts[entry] = n
	}
	return counts
}

// inBursts counts the times that are among burstLeast within burstWithin.
func inBursts(times []time.Time) int {
	slices.SortFunc(times, time.Time.Compare)
	n, next := 0, 0 // the times before next are counted, or in no burst that began
	for first := 0; first+burstLeast <= len(times); first++ {
		last := first + burstLeast - 1
		if times[last].Sub(times[first]) <= burstWithin {
			n += last + 1 - max(first, next)
			next = last + 1
		}
	}
	return n
}
