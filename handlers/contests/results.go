package contests

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// results reckons the round that the bench is at.
func (b *bench) results() []competition.Result {
	contenders, sheets := []competition.Contender{}, []competition.Sheet{}
	for _, e := range b.entries {
		contenders = append(contenders, competition.Contender{Entry: e.ID, Track: e.Track})
	}
	for _, r := range b.readings {
		if r.Round != b.number || r.State != storage.ReadingScored || len(r.Scores) != len(b.round().Criteria) {
			continue
		}
		s := competition.Sheet{Juror: r.Juror, Entry: r.Entry}
		for _, score := range r.Scores {
			s.Scores = append(s.Scores, competition.Hundredths(score))
		}
		sheets = append(sheets, s)
	}
	return b.round().Results(contenders, sheets)
}

func outcomeName(o competition.Outcome) string {
	return map[competition.Outcome]string{
		competition.GoesOn: "đạt", competition.Out: "chưa đạt", competition.Below: "dưới ngưỡng",
		competition.Tied: "đồng hạng ở vạch cuối", competition.Unscored: "chưa đủ người chấm",
	}[o]
}

func (b *bench) entry(id int64) storage.Entry {
	for _, e := range b.entries {
		if e.ID == id {
			return e
		}
	}
	return storage.Entry{}
}

// showResults tells where each entry of the round stands, ties as they are.
func (o Office) showResults(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	b, err := hostedBench(ctx, tx, t, code)
	if err != nil {
		return err
	}
	b.showResults(t, "")
	return storage.AddAudit(ctx, tx, t.In.From, "view-results", code, t.Now)
}

func (b *bench) showResults(t *handlers.Turn, note string) {
	results, lines, track := b.results(), []string{}, ""
	for _, r := range results {
		if r.Track != track {
			track = r.Track
			lines = append(lines, "Bảng "+track+":")
		}
		lines = append(lines, resultLine(r, b.entry(r.Entry)))
	}
	m := bot.Outgoing{Title: "Kết quả vòng " + viet.LowerFirst(b.round().Name) + " · " + b.Name, Text: note + strings.Join(lines, "\n")}
	if len(lines) == 0 {
		m.Text = "Vòng này chưa có hồ sơ nào."
	}
	m.Buttons = []bot.Button{
		{Label: "Công bố kết quả", Data: juryData(publish, b.Code, keyOf(results)), Row: true},
		{Label: "Tải bảng điểm", Data: juryData(giveScores, b.Code)}, juryButton(b.Code),
	}
	t.Say(m)
}

// keyOf is short for results: what is published, and decided of ties, is what was seen, although jurors may still score anew.
func keyOf(results []competition.Result) string {
	h := sha256.New()
	for _, r := range results {
		mean := "-"
		if r.Mean != nil {
			mean = r.Mean.RatString()
		}
		fmt.Fprintln(h, r.Entry, mean, r.Outcome)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

func resultLine(r competition.Result, e storage.Entry) string {
	rank, mean := "–", "chưa có điểm"
	if r.Rank > 0 {
		rank = fmt.Sprint(r.Rank)
	}
	if r.Mean != nil {
		mean = competition.ShowMean(r.Mean) + " điểm"
	}
	return fmt.Sprintf("%s. %s · %s: %s, %d người chấm, %s", rank, e.Code, e.Name, mean, r.Sheets, outcomeName(r.Outcome))
}

// publish has the results be out that were seen: who goes on does, and everybody is told their own. What becomes of ties on
// the border is asked, never assumed.
func (o Office) publish(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, rest, _ := strings.Cut(rest, ":")
	seen, tied, _ := strings.Cut(rest, ":")
	b, err := hostedBench(ctx, tx, t, code)
	if err != nil {
		return err
	}
	results, count := b.results(), map[competition.Outcome]int{}
	for _, r := range results {
		count[r.Outcome]++
	}
	switch {
	case b.number != b.Round || len(results) == 0:
		return problem("Vòng này chưa chấm, nên chưa công bố được.")
	case count[competition.Unscored] > 0:
		return problem(fmt.Sprintf("Còn %d hồ sơ chưa đủ người chấm, nên chưa công bố được. Anh/chị mở “Ban giám khảo”, nhắc người chưa chấm, hoặc mời thêm giám khảo rồi bấm “Chia hồ sơ”.", count[competition.Unscored]))
	case seen != keyOf(results):
		b.showResults(t, "Điểm đã thay đổi từ lúc anh/chị xem, nên mình chưa công bố. Kết quả hiện nay:\n")
		return storage.AddAudit(ctx, tx, t.In.From, "view-results", code, t.Now)
	case count[competition.Tied] > 0 && tied != tiedGoOn && tied != tiedDoNot:
		t.Say(askTies(code, seen, count[competition.Tied]))
		return nil
	}
	goOn := settle(results, tied)
	if ok, err := storage.PublishRound(ctx, tx, &b.Competition, goOn); err != nil || !ok {
		return firstOf(err, problem("Kết quả vòng này đã công bố."))
	}
	for _, r := range results {
		if err := b.tellResult(ctx, tx, t, r); err != nil {
			return err
		}
	}
	t.Say(bot.Outgoing{Title: "Đã công bố kết quả vòng " + viet.LowerFirst(b.round().Name), Text: fmt.Sprintf("%d hồ sơ đạt. Mỗi người dự thi được báo kết quả và nhận xét của mình.", len(goOn)),
		Buttons: []bot.Button{juryButton(code)}})
	return storage.AddAudit(ctx, tx, t.In.From, "publish-results", strings.TrimSuffix(fmt.Sprintf("%s/%d %s", code, b.number, tied), " "), t.Now)
}

// settle gives entries that are tied on the border what people decided, and lists who goes on.
func settle(results []competition.Result, tied string) (goOn []int64) {
	for i, r := range results {
		if r.Outcome == competition.Tied {
			results[i].Outcome = map[string]competition.Outcome{tiedGoOn: competition.GoesOn, tiedDoNot: competition.Out}[tied]
		}
		if results[i].Outcome == competition.GoesOn {
			goOn = append(goOn, r.Entry)
		}
	}
	return goOn
}

func askTies(code, seen string, n int) bot.Outgoing {
	return bot.Outgoing{
		Text: fmt.Sprintf("Có %d hồ sơ đồng hạng ngay ở vạch cuối của bảng. Mình không tự chọn thay ban tổ chức. Các hồ sơ này có được vào không?", n),
		Buttons: []bot.Button{
			{Label: "Cho tất cả vào", Data: juryData(publish, code, seen, tiedGoOn), Row: true},
			{Label: "Không hồ sơ nào vào", Data: juryData(publish, code, seen, tiedDoNot), Row: true},
			{Label: "Xem lại kết quả", Data: juryData(showResults, code), Row: true},
		},
	}
}

// tellResult tells who entered, and their team, their own result, with the jurors' notes.
func (b *bench) tellResult(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r competition.Result) error {
	e := b.entry(r.Entry)
	lines := []string{fmt.Sprintf("Hồ sơ %s, “%s”, bảng %s, vòng %s: %s điểm, %s.", e.Code, e.Name, e.Track, viet.LowerFirst(b.round().Name), competition.ShowMean(r.Mean), outcomeName(r.Outcome))}
	for _, reading := range b.readings {
		if reading.Entry == r.Entry && reading.Round == b.number && reading.State == storage.ReadingScored && reading.Note != "" {
			lines = append(lines, "Nhận xét: "+reading.Note)
		}
	}
	source, m := fmt.Sprintf("result/%d/%d", e.ID, b.number), bot.Outgoing{Title: "Kết quả " + b.Name, Text: strings.Join(lines, "\n"), Buttons: []bot.Button{allButton()}}
	err := storage.Notify(ctx, tx, storage.Notice{Source: source, Person: e.Person, Queue: storage.QueueNotices, Again: true, Message: m}, t.Now)
	if err != nil {
		return err
	}
	return tellTeam(ctx, tx, t, e, source, m)
}
