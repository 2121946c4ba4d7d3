package contests

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/storagetest"
)

// judgedBench is a bench of two rounds, the first of them published with a tie that people decided.
func judgedBench(ctx context.Context, tx *storage.Tx) (b bench, err error) {
	now := time.Date(2026, time.November, 27, 2, 0, 0, 0, time.UTC)
	round := competition.Round{Keep: 1, Readers: 1, Criteria: []competition.Criterion{{Name: "Đổi mới", Weight: 60, Most: 10}, {Name: "Trình bày", Weight: 40, Most: 5}}}
	first, second := round, round
	first.Name, second.Name = "Sơ khảo", "Chung kết"
	b.definition = competition.Definition{Rounds: []competition.Round{first, second}}
	b.Competition = storage.Competition{Agency: storage.Department, Definition: "{}", Published: 1, Round: 1}
	if err := storage.AddCompetition(ctx, tx, &b.Competition, now); err != nil {
		return b, err
	}
	person, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "juror"}, now)
	if err != nil {
		return b, err
	}
	if err := storage.AddJuror(ctx, tx, b.ID, person, "Cường", now); err != nil {
		return b, err
	}
	if b.jurors, err = storage.Jurors(ctx, tx, b.ID); err != nil {
		return b, err
	}
	dealt := []storage.Reading{}
	for _, entry := range []int64{11, 12, 13, 14} {
		dealt = append(dealt, storage.Reading{Competition: b.ID, Juror: b.jurors[0].ID, Entry: entry, Round: 1})
	}
	dealt[1].Juror = 99 // who was removed
	if err := storage.AddReadings(ctx, tx, dealt, now); err != nil {
		return b, err
	}
	if b.readings, err = storage.Readings(ctx, tx, b.ID); err != nil {
		return b, err
	}
	b.all = []storage.Entry{{ID: 11, Code: "DT-11", Name: "Sả", Track: "Dự án", Round: 2}, {ID: 12, Code: "DT-12", Name: "Mít", Track: "Dự án", Round: 1}}
	staff, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "staff"}, now)
	if err != nil {
		return b, err
	}
	if err := storage.NamePerson(ctx, tx, staff, "Bình"); err != nil {
		return b, err
	}
	b.readings[0].State, b.readings[0].Scores, b.readings[0].Note = storage.ReadingScored, storage.Scores{750, 400}, "Hay"
	b.readings[1].State, b.readings[1].Scores = storage.ReadingScored, storage.Scores{750, 400}
	b.readings[2].State = storage.ReadingConflict
	return b.at(2), storage.EnterScores(ctx, tx, b.readings[0], storage.ScorePaper{Reading: b.readings[0].ID, Document: "12/BB-BGK", Person: staff}, now)
}

// TestTheWorkbookOfScoresHasEverything: what is scored, by whom it was entered, conflicts, what is not scored, and all rounds.
func TestTheWorkbookOfScoresHasEverything(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		err := s.InTx(t.Context(), func(tx *storage.Tx) error {
			b, err := judgedBench(t.Context(), tx)
			if err != nil {
				return err
			}
			scores, err := b.scoreSheet(t.Context(), tx)
			if err != nil {
				return err
			}
			expectRows(t, scores.Rows,
				"Sơ khảo|DT-11|Cường|đã chấm|Đổi mới|7,5|Hay|giấy: 12/BB-BGK|Bình", "Sơ khảo|DT-11|Cường|đã chấm|Trình bày|4|Hay|giấy: 12/BB-BGK|Bình",
				"Sơ khảo|DT-12|không còn trong ban giám khảo|đã chấm|Đổi mới|7,5|||", "Sơ khảo|DT-12|không còn trong ban giám khảo|đã chấm|Trình bày|4|||",
				"Sơ khảo||Cường|có liên quan lợi ích|||||", "Sơ khảo||Cường|chưa chấm|||||")
			expectRows(t, b.resultSheet().Rows,
				"Sơ khảo|Dự án|1|DT-11|Sả|77,00|77|1|đạt", "Sơ khảo|Dự án|1|DT-12|Mít|77,00|77|1|chưa đạt", "Chung kết|Dự án|0|DT-11|Sả|||0|chưa đủ người chấm")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func expectRows(t *testing.T, rows [][]any, want ...string) {
	t.Helper()
	got := []string{}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			if i > 0 {
				line += "|"
			}
			line += fmt.Sprint(cell)
		}
		got = append(got, line)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
