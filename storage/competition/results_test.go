package competition_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"khoinghiep/storage/competition"
)

var jury = competition.Round{
	Name: "Sơ khảo", Keep: 5, Readers: 3, MeanLeast: 50,
	Criteria: []competition.Criterion{
		{Name: "Đổi mới", Weight: 25, Most: 10, Floor: true}, {Name: "Thị trường", Weight: 20, Most: 10, Floor: true}, {Name: "Kế hoạch", Weight: 20, Most: 7},
		{Name: "Phát triển", Weight: 15, Most: 10}, {Name: "Xã hội", Weight: 10, Most: 3, Floor: true}, {Name: "Trình bày", Weight: 10, Most: 100},
	},
}

// TestAJuryOfNineScores120Entries deals entries with conflicts, scores them, and holds the results against a reckoning of
// another kind: in whole numbers over one common denominator, with ranks by counting who is better.
func TestAJuryOfNineScores120Entries(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 7))
			entries, ids, jurors, conflicts := contenders(random)
			dealt, short := competition.Deal(ids, jurors, jury.Readers, nil, conflicts)
			if len(short) > 0 || len(dealt) != 360 {
				t.Fatalf("%d pairs, short: %v", len(dealt), short)
			}
			checkDeal(t, dealt, conflicts)
			sheets := scored(random, dealt)
			for _, twin := range [][2]int64{{0, 2}, {1, 3}, {5, 9}} {
				sheets = tied(sheets, twin[0], twin[1])
			}
			got, want := map[int64]string{}, oracle(entries, sheets)
			for _, r := range jury.Results(entries, sheets) {
				got[r.Entry] = fmt.Sprintf("%s rank %d %s", r.Mean.RatString(), r.Rank, r.Outcome)
			}
			for e, line := range want {
				if got[e] != line {
					t.Errorf("entry %d: got %s, want %s", e, got[e], line)
				}
			}
		})
	}
}

// contenders are 120 entries of two tracks and nine jurors, five of whom have conflicts.
func contenders(random *rand.Rand) (entries []competition.Contender, ids, jurors []int64, conflicts map[competition.Pair]bool) {
	conflicts = map[competition.Pair]bool{}
	for j := range int64(9) {
		jurors = append(jurors, 1000+j)
	}
	for e := range int64(120) {
		entries, ids = append(entries, competition.Contender{Entry: e, Track: []string{"Dự án", "Ý tưởng"}[e%2]}), append(ids, e)
		for _, j := range jurors[:5] {
			conflicts[competition.Pair{Juror: j, Entry: e}] = random.IntN(6) == 0
		}
	}
	return entries, ids, jurors, conflicts
}

// scored fills a sheet for each pair, in quarters of a point. Some entries have nothing in the criteria of ten points.
func scored(random *rand.Rand, dealt []competition.Pair) []competition.Sheet {
	sheets := []competition.Sheet{}
	for _, p := range dealt {
		s := competition.Sheet{Juror: p.Juror, Entry: p.Entry}
		for _, c := range jury.Criteria {
			score := competition.Hundredths(random.IntN(4*c.Most+1) * 25)
			if p.Entry%30 == 7 && c.Most == 10 {
				score = 0
			}
			s.Scores = append(s.Scores, score)
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// tied gives an entry the sheets of another.
func tied(sheets []competition.Sheet, from, to int64) []competition.Sheet {
	sheets = slices.DeleteFunc(sheets, func(s competition.Sheet) bool { return s.Entry == to })
	for _, s := range slices.Clone(sheets) {
		if s.Entry == from {
			s.Entry = to
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// checkDeal demands that nobody reads what they have a conflict with, nothing twice, and that loads differ by one at most:
// four of the jurors have no conflicts at all.
func checkDeal(t *testing.T, dealt []competition.Pair, conflicts map[competition.Pair]bool) {
	t.Helper()
	load, seen := map[int64]int{}, map[competition.Pair]bool{}
	for _, p := range dealt {
		if conflicts[p] || seen[p] {
			t.Errorf("%v was dealt", p)
		}
		seen[p] = true
		load[p.Juror]++
	}
	least, most := 1000, 0
	for j := range int64(9) {
		least, most = min(least, load[1000+j]), max(most, load[1000+j])
	}
	if most-least > 1 {
		t.Errorf("loads: %v", load)
	}
}

// tally is what the oracle keeps of an entry: the weighted sum in whole numbers, and the sum of each criterion.
type tally struct{ sum, sheets, first, second, fifth int64 }

// hundred is 100 of 100 for one sheet: 2100 is a common multiple of the best scores 10, 7, 3 and 100; the rest are hundredths
// of a score and of a weight.
const hundred = 2100 * 100

func (y tally) fits() bool {
	return y.first > 0 && y.second > 0 && y.fifth > 0 && y.sum >= 50*hundred*y.sheets
}

func tallies(sheets []competition.Sheet) map[int64]tally {
	list := map[int64]tally{}
	for _, s := range sheets {
		y := list[s.Entry]
		for i, c := range jury.Criteria {
			y.sum += int64(c.Weight) * (2100 / int64(c.Most)) * int64(s.Scores[i])
		}
		y.sheets++
		y.first, y.second, y.fifth = y.first+int64(s.Scores[0]), y.second+int64(s.Scores[1]), y.fifth+int64(s.Scores[4])
		list[s.Entry] = y
	}
	return list
}

// oracle tells of each entry its mean, by counting who is better its rank, and its outcome.
func oracle(entries []competition.Contender, sheets []competition.Sheet) map[int64]string {
	list, want := tallies(sheets), map[int64]string{}
	for _, e := range entries {
		mine := list[e.Entry]
		mean := strings.TrimSuffix(big.NewRat(mine.sum, hundred*mine.sheets).String(), "/1")
		if !mine.fits() {
			want[e.Entry] = mean + " rank 0 duoi_nguong"
			continue
		}
		better, notWorse := 0, 0
		for _, other := range entries {
			theirs := list[other.Entry]
			if other.Track == e.Track && theirs.fits() && theirs.sum*mine.sheets >= mine.sum*theirs.sheets {
				notWorse++
				better += int(min(1, theirs.sum*mine.sheets-mine.sum*theirs.sheets))
			}
		}
		outcome := "dong_hang"
		if notWorse <= 5 {
			outcome = "qua"
		} else if better >= 5 {
			outcome = "dung"
		}
		want[e.Entry] = fmt.Sprintf("%s rank %d %s", mean, better+1, outcome)
	}
	return want
}

func TestTiesOnTheBorderAreLeftToPeople(t *testing.T) {
	round := competition.Round{Keep: 2, Readers: 1, Criteria: []competition.Criterion{{Weight: 100, Most: 10}}}
	entries, sheets := []competition.Contender{}, []competition.Sheet{}
	for e, score := range []competition.Hundredths{900, 800, 800, 700} {
		entries = append(entries, competition.Contender{Entry: int64(e), Track: "A"})
		sheets = append(sheets, competition.Sheet{Juror: 1, Entry: int64(e), Scores: []competition.Hundredths{score}})
	}
	entries = append(entries, competition.Contender{Entry: 9, Track: "A"})
	got := []string{}
	for _, r := range round.Results(entries, sheets) {
		got = append(got, fmt.Sprintf("%d:%d:%s", r.Entry, r.Rank, r.Outcome))
	}
	if want := "0:1:qua 1:2:dong_hang 2:2:dong_hang 3:4:dung 9:0:thieu_diem"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestDealKeepsWhatStandsAndTellsWhatIsShort(t *testing.T) {
	standing := []competition.Pair{{Juror: 1, Entry: 10}, {Juror: 1, Entry: 11}, {Juror: 1, Entry: 12}}
	dealt, short := competition.Deal([]int64{10, 11, 12, 13}, []int64{1, 2, 3}, 2, standing, map[competition.Pair]bool{{Juror: 2, Entry: 13}: true, {Juror: 3, Entry: 13}: true})
	if fmt.Sprint(short) != "[13]" || len(dealt) != 4 {
		t.Errorf("dealt %v, short %v", dealt, short)
	}
	for _, p := range dealt {
		if slices.Contains(standing, p) {
			t.Errorf("%v stands already", p)
		}
	}
}

func TestScores(t *testing.T) {
	c := competition.Criterion{Most: 10}
	for text, want := range map[string]string{"7,5": "7,5", "7.25": "7,25", "8": "8", "10": "10", "0": "0", "10,01": "!", "11": "!", "-1": "!", "bảy": "!", "7,555": "!"} {
		got := "!"
		if s, err := c.ReadScore(text); err == nil {
			got = s.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for want, r := range map[string]*big.Rat{"66,67": big.NewRat(200, 3), "0,00": new(big.Rat), "12,35": big.NewRat(12345, 1000), "100,00": big.NewRat(100, 1)} {
		if got := competition.ShowMean(r); got != want {
			t.Errorf("%v: got %s, want %s", r, got, want)
		}
	}
}
