package contests

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/export"
)

// giveScores sends a workbook with the results of each round that the jury came to, and with all that was dealt in them.
func (o Office) giveScores(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	if !t.Can.Files {
		return problem(noFiles)
	}
	b, err := hostedBench(ctx, tx, t, code)
	if err != nil {
		return err
	}
	scores, err := b.scoreSheet(ctx, tx)
	if err != nil {
		return err
	}
	text, sheets := "", []export.Sheet{b.resultSheet(), scores}
	if b.VoteOver(t.Now) {
		text = " Có thêm số phiếu bình chọn, có và không có phiếu dồn dập."
		p, err := tally(ctx, tx, b.Competition, b.all)
		if err != nil {
			return err
		}
		sheets = append(sheets, p.sheet())
	}
	content, err := export.XLSX(sheets...)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text: "Bảng có kết quả các vòng và mọi lượt chấm: điểm từng tiêu chí, nhận xét, lượt chưa chấm, lượt có liên quan lợi ích, phiếu nhập từ giấy." + text,
		File: &bot.File{Name: "bang-diem-" + code + ".xlsx", MIME: xlsxType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "export-scores", code, t.Now)
}

// resultSheet has the exact means beside those that are rounded for reading.
func (b *bench) resultSheet() export.Sheet {
	s := export.Sheet{Name: "Kết quả", Columns: []export.Column{
		{Heading: "Vòng", Width: 14}, {Heading: "Bảng", Width: 16}, {Heading: "Hạng", Width: 8}, {Heading: "Mã", Width: 15}, {Heading: "Dự án", Width: 32},
		{Heading: "Điểm trung bình", Width: 16}, {Heading: "Điểm chính xác", Width: 18}, {Heading: "Số người chấm", Width: 14}, {Heading: "Kết quả", Width: 22},
	}}
	for number := 1; number <= b.number; number++ {
		in := b.at(number)
		for _, r := range in.results() {
			e, mean, exact := in.entry(r.Entry), "", ""
			if r.Mean != nil {
				mean, exact = competition.ShowMean(r.Mean), r.Mean.RatString()
			}
			s.Rows = append(s.Rows, []any{in.round().Name, r.Track, r.Rank, e.Code, e.Name, mean, exact, r.Sheets, in.decided(r, e)})
		}
	}
	return s
}

// decided is what became of an entry: where people let those go on that were tied, that they did.
func (b *bench) decided(r competition.Result, e storage.Entry) string {
	switch {
	case b.Published < b.number || r.Outcome != competition.Tied:
		return outcomeName(r.Outcome)
	case e.Round > b.number:
		return outcomeName(competition.GoesOn)
	}
	return outcomeName(competition.Out)
}

// scoreSheet has all that was dealt: a row for each criterion of what is scored, and one for what is not.
func (b *bench) scoreSheet(ctx context.Context, tx *storage.Tx) (export.Sheet, error) {
	s := export.Sheet{Name: "Phiếu chấm", Columns: []export.Column{
		{Heading: "Vòng", Width: 14}, {Heading: "Mã", Width: 15}, {Heading: "Giám khảo", Width: 24}, {Heading: "Tình trạng", Width: 22}, {Heading: "Tiêu chí", Width: 28},
		{Heading: "Điểm", Width: 8}, {Heading: "Nhận xét", Width: 50}, {Heading: "Nhập từ", Width: 30}, {Heading: "Người nhập", Width: 24},
	}}
	papers, err := storage.ScorePapers(ctx, tx, b.ID)
	if err != nil {
		return s, err
	}
	codes := map[int64]string{}
	for _, e := range b.all {
		codes[e.ID] = e.Code
	}
	for _, r := range b.readings {
		if r.Round > len(b.definition.Rounds) {
			continue
		}
		source, who := "", ""
		if p, ok := papers[r.ID]; ok {
			source = paperName(p)
			if who, err = storage.NameOf(ctx, tx, p.Person); err != nil {
				return s, err
			}
		}
		round := b.definition.Rounds[r.Round-1]
		row := func(criterion, score, note string) {
			s.Rows = append(s.Rows, []any{round.Name, codes[r.Entry], b.jurorOf(r), readingName(r), criterion, score, note, source, who})
		}
		if r.State != storage.ReadingScored {
			row("", "", "")
			continue
		}
		for i, c := range round.Criteria[:min(len(round.Criteria), len(r.Scores))] {
			row(c.Name, competition.Hundredths(r.Scores[i]).String(), r.Note)
		}
	}
	return s, nil
}

func readingName(r storage.Reading) string {
	switch r.State {
	case storage.ReadingScored:
		return "đã chấm"
	case storage.ReadingConflict:
		return "có liên quan lợi ích"
	}
	return "chưa chấm"
}

// jurorOf names who reads; who was removed or erased has no name any more.
func (b *bench) jurorOf(r storage.Reading) string {
	for _, j := range b.jurors {
		if j.ID == r.Juror {
			return j.Name
		}
	}
	return "không còn trong ban giám khảo"
}
