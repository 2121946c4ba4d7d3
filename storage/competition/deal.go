package competition

import (
	"cmp"
	"slices"
)

// Pair is a juror and an entry, by their ids.
type Pair struct{ Juror, Entry int64 }

// Deal has so many jurors read each entry, besides the pairs that stand already, none of them one with a conflict: evenly,
// so that no pair of the new ones could pass to a juror with two fewer to read. It gives the new pairs, and the entries for
// which there are too few jurors.
func Deal(entries, jurors []int64, readers int, standing []Pair, conflicts map[Pair]bool) (dealt []Pair, short []int64) {
	t := table{jurors: jurors, conflicts: conflicts, load: map[int64]int{}, reads: map[Pair]bool{}, fresh: map[Pair]bool{}}
	for _, p := range standing {
		t.reads[p] = true
		t.load[p.Juror]++
	}
	for _, e := range entries {
		if !t.give(e, readers-t.readersOf(e)) {
			short = append(short, e)
		}
	}
	for t.even() {
	}
	for p := range t.fresh {
		dealt = append(dealt, p)
	}
	slices.SortFunc(dealt, func(a, b Pair) int { return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Juror, b.Juror)) })
	return dealt, short
}

// table is a deal in the making.
type table struct {
	jurors    []int64
	conflicts map[Pair]bool
	load      map[int64]int
	reads     map[Pair]bool
	fresh     map[Pair]bool // those of reads that may still move
}

func (t *table) readersOf(entry int64) int {
	n := 0
	for _, j := range t.jurors {
		if t.reads[Pair{j, entry}] {
			n++
		}
	}
	return n
}

func (t *table) may(p Pair) bool { return !t.reads[p] && !t.conflicts[p] }

// give has n more jurors read an entry: those who have least to read. It reports whether there are so many.
func (t *table) give(entry int64, n int) bool {
	free := slices.DeleteFunc(slices.Clone(t.jurors), func(j int64) bool { return !t.may(Pair{j, entry}) })
	slices.SortStableFunc(free, func(a, b int64) int { return cmp.Compare(t.load[a], t.load[b]) })
	for _, j := range free[:max(0, min(n, len(free)))] {
		t.add(Pair{j, entry})
	}
	return len(free) >= n
}

func (t *table) add(p Pair) {
	t.reads[p], t.fresh[p] = true, true
	t.load[p.Juror]++
}

func (t *table) take(p Pair) {
	delete(t.reads, p)
	delete(t.fresh, p)
	t.load[p.Juror]--
}

// even passes entries along a chain of jurors, from one to another who has at least two fewer. It reports whether there was
// such a chain; when there is none, no deal of the same pairs is more even (Harvey et al., Semi-matchings, 2006).
func (t *table) even() bool {
	from := slices.Clone(t.jurors)
	slices.SortStableFunc(from, func(a, b int64) int { return cmp.Compare(t.load[b], t.load[a]) })
	for _, j := range from {
		if t.relieve(j) {
			return true
		}
	}
	return false
}

// relieve looks for the shortest chain that starts with a juror, and moves one entry along each of its links.
func (t *table) relieve(start int64) bool {
	before := map[int64]Pair{} // the pair that a juror would take over, by the juror
	queue := []int64{start}
	for len(queue) > 0 {
		j := queue[0]
		queue = queue[1:]
		if t.load[j]+2 <= t.load[start] {
			t.shift(before, start, j)
			return true
		}
		for _, p := range t.movable(j) {
			for _, next := range t.jurors {
				if _, seen := before[next]; !seen && next != start && t.may(Pair{next, p.Entry}) {
					before[next] = p
					queue = append(queue, next)
				}
			}
		}
	}
	return false
}

func (t *table) shift(before map[int64]Pair, start, end int64) {
	for j := end; j != start; {
		p := before[j]
		t.take(p)
		t.add(Pair{j, p.Entry})
		j = p.Juror
	}
}

// movable are the pairs of a juror that may pass to another, in one order.
func (t *table) movable(juror int64) []Pair {
	list := []Pair{}
	for p := range t.fresh {
		if p.Juror == juror {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b Pair) int { return cmp.Compare(a.Entry, b.Entry) })
	return list
}
