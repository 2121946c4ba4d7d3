package competition

import (
	"cmp"
	"math/big"
	"slices"
)

// Sheet is what one juror gave an entry: a score for each criterion of the round, in their order.
type Sheet struct {
	Juror, Entry int64
	Scores       []Hundredths
}

// Contender is an entry that a round is about.
type Contender struct {
	Entry int64
	Track string
}

// Outcome is what a round makes of an entry.
type Outcome string

// The outcomes.
const (
	GoesOn   Outcome = "qua"
	Out      Outcome = "dung"        // others are better
	Below    Outcome = "duoi_nguong" // the mean, or a criterion, is below its threshold
	Tied     Outcome = "dong_hang"   // equal with others on the border of those who go on: people decide
	Unscored Outcome = "thieu_diem"  // fewer sheets than readers
)

// Result is where an entry stands in its track.
type Result struct {
	Contender
	Sheets   int
	Criteria []*big.Rat // the mean of each criterion; nil without a sheet
	Mean     *big.Rat   // of 100; nil without a sheet
	Rank     int        // equal means share it; 0: below a threshold, or not scored
	Outcome  Outcome
}

// Results reckons a round: for each entry the mean of its sheets, by the weights; then the ranks within each track. Ties
// are never broken.
func (r Round) Results(entries []Contender, sheets []Sheet) []Result {
	byEntry := map[int64][]Sheet{}
	for _, s := range sheets {
		byEntry[s.Entry] = append(byEntry[s.Entry], s)
	}
	tracks := map[string][]*Result{}
	results := make([]Result, len(entries))
	for i, e := range entries {
		results[i] = r.reckon(e, byEntry[e.Entry])
		if results[i].Outcome == "" {
			tracks[e.Track] = append(tracks[e.Track], &results[i])
		}
	}
	for _, list := range tracks {
		r.rank(list)
	}
	slices.SortStableFunc(results, inOrder)
	return results
}

// inOrder puts the results of a track together, the best first; those without a rank last, by their mean.
func inOrder(a, b Result) int {
	if c := cmp.Compare(a.Track, b.Track); c != 0 {
		return c
	}
	if (a.Rank == 0) != (b.Rank == 0) {
		return cmp.Compare(b.Rank, a.Rank)
	}
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), -compareMeans(a.Mean, b.Mean), cmp.Compare(a.Entry, b.Entry))
}

func compareMeans(a, b *big.Rat) int {
	switch {
	case a == nil || b == nil:
		return cmp.Compare(number(a != nil), number(b != nil))
	default:
		return a.Cmp(b)
	}
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// reckon gives the means of an entry. Its outcome stays open unless the round has one for it whatever the others have.
func (r Round) reckon(e Contender, sheets []Sheet) Result {
	result := Result{Contender: e, Sheets: len(sheets)}
	if len(sheets) == 0 {
		result.Outcome = Unscored
		return result
	}
	result.Mean = new(big.Rat)
	for i, c := range r.Criteria {
		sum := int64(0)
		for _, s := range sheets {
			sum += int64(s.Scores[i])
		}
		mean := big.NewRat(sum, int64(100*len(sheets)))
		result.Criteria = append(result.Criteria, mean)
		result.Mean.Add(result.Mean, new(big.Rat).Mul(mean, big.NewRat(int64(c.Weight), int64(c.Most))))
		if c.Floor && mean.Sign() == 0 {
			result.Outcome = Below
		}
	}
	if result.Mean.Cmp(big.NewRat(int64(r.MeanLeast), 1)) < 0 {
		result.Outcome = Below
	}
	if len(sheets) < r.Readers {
		result.Outcome = Unscored
	}
	return result
}

// rank gives the entries of a track their places, and tells who goes on.
func (r Round) rank(list []*Result) {
	slices.SortStableFunc(list, func(a, b *Result) int { return b.Mean.Cmp(a.Mean) })
	for first := 0; first < len(list); {
		after := first + 1
		for after < len(list) && list[after].Mean.Cmp(list[first].Mean) == 0 {
			after++
		}
		outcome := Tied
		switch {
		case after <= r.Keep:
			outcome = GoesOn
		case first >= r.Keep:
			outcome = Out
		}
		for _, one := range list[first:after] {
			one.Rank, one.Outcome = first+1, outcome
		}
		first = after
	}
}
