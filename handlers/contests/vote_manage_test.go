package contests

import (
	"reflect"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// TestAVoteIsNotAddedLateNorGoesOnAfterItsEnd, as who entered agreed to no vote, or as counts may be known.
func TestAVoteIsNotAddedLateNorGoesOnAfterItsEnd(t *testing.T) {
	opens := time.Date(2026, time.December, 1, 8, 0, 0, 0, time.UTC)
	end, later := opens.AddDate(0, 0, 10), opens.AddDate(0, 0, 20)
	for name, c := range map[string]struct {
		before, after *time.Time
		now           time.Time
		refused       bool
	}{
		"added before the opening": {nil, &end, opens.Add(-1), false},
		"added at the opening":     {nil, &end, opens, true},
		"moved while it goes on":   {&end, &later, end.Add(-1), false},
		"moved at its end":         {&end, &later, end, true},
		"dropped while it goes on": {&end, nil, end.Add(-1), false},
		"dropped after its end":    {&end, nil, later, true},
		"left as it is":            {&end, &end, later, false},
		"none":                     {nil, nil, later, false},
	} {
		before, after := competition.Definition{Opens: opens, Vote: c.before}, competition.Definition{Opens: opens, Vote: c.after}
		if err := voteMayBecome(before, after, c.now); (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheSheetHasCountsWithAndWithoutWhatIsFlagged, before and after they came out.
func TestTheSheetHasCountsWithAndWithoutWhatIsFlagged(t *testing.T) {
	p := poll{
		entries: []storage.Entry{{ID: 1, Code: "DT-2026-0001", Track: "Dự án", Name: "Sả"}, {ID: 2, Code: "DT-2026-0002", Track: "Dự án", Name: "Mít"}, {ID: 3}},
		votes:   map[int64]competition.Votes{1: {All: 15, Flagged: 3}, 2: {All: 20, Flagged: 12}},
	}
	for without, want := range map[bool][][]any{
		false: {{"DT-2026-0002", "Dự án", "Mít", 20, 12, 8, int64(20)}, {"DT-2026-0001", "Dự án", "Sả", 15, 3, 12, int64(15)}},
		true:  {{"DT-2026-0002", "Dự án", "Mít", 20, 12, 8, int64(8)}, {"DT-2026-0001", "Dự án", "Sả", 15, 3, 12, int64(12)}},
	} {
		p.VoteWithout = without
		if got := p.sheet().Rows; !reflect.DeepEqual(got, want) {
			t.Errorf("without %v: %v", without, got)
		}
	}
}
