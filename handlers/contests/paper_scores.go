package contests

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const scoringPaper = "diemgiay"

// What the buttons of PaperScores do, with the code of a competition.
const (
	nameJuror     = "them"
	chooseJuror   = "bgk"
	chooseSheet   = "gk"    // with the id of a juror
	typeSheet     = "phieu" // with the id of a reading, as below
	typeAnew      = "lai"
	paperConflict = "loiich"
)

// What the session has of a sheet that is typed: the reading is under memoRead, the competition under memoContest. Nothing is kept of it
// until it is whole, so that a juror who scores meanwhile is not mixed with it.
const (
	memoScores = "diem"
	memoNote   = "nhan_xet"
)

const (
	longestJuror    = 80
	longestDocument = 120
)

// PaperScores is where staff enter what jurors scored on paper and signed: for jurors who also have a chat, who are told of it, and for
// those without one.
func (o Office) PaperScores() *handlers.Conversation {
	steps := map[string]step{
		nameJuror: o.askJurorName, chooseJuror: o.chooseJuror, chooseSheet: o.chooseSheet,
		typeSheet: o.typeSheet, typeAnew: o.typeAnew, paperConflict: o.paperConflict,
	}
	return &handlers.Conversation{
		Name: scoringPaper, Label: "Nhập điểm giấy", Role: storage.Organiser, Always: []string{"nhập điểm giấy"}, Words: []string{"điểm giấy"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if !ok {
				do = o.manage
			}
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return explainedToHost(t, do(ctx, tx, t, rest)) })
			return nil
		},
		Asks:   true,
		Listen: o.hearPaper,
	}
}

// hearPaper takes the name of a juror, or what comes next of a sheet.
func (o Office) hearPaper(ctx context.Context, t *handlers.Turn) error {
	scan := bot.File{}
	if _, noted := t.Session.Memo[memoNote]; noted && len(t.In.Files) > 0 {
		var err error
		if scan, err = t.Fetch(ctx, t.In.Files[0]); err != nil {
			return told(t, err)
		}
	}
	t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
		code := t.Session.Memo[memoContest]
		if t.Session.Memo[memoRead] == "" {
			return explainedToHost(t, o.addPaperJuror(ctx, tx, t, code))
		}
		return explainedToHost(t, o.hearSheet(ctx, tx, t, code, scan))
	})
	return nil
}

func paperScoreData(verb, code string, more ...string) string {
	return strings.Join(append([]string{scoringPaper, verb, code}, more...), ":")
}

// listenFor has what is typed next be about a competition, and about what else the session remembers.
func listenFor(t *handlers.Turn, code string, memo map[string]string) {
	t.PutAside()
	memo[memoContest] = code
	t.Session.Name, t.Session.Memo = scoringPaper, memo
}

// askJurorName asks for a juror who scores on paper alone.
func (o Office) askJurorName(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	listenFor(t, code, map[string]string{})
	t.Say(bot.Outgoing{
		Title:   "Giám khảo chấm giấy · " + c.Name,
		Text:    "Anh/chị gõ họ tên giám khảo; nếu trùng tên thì ghi thêm đơn vị.",
		Buttons: []bot.Button{juryButton(code)},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "begin-paper-juror", code, t.Now)
}

func (o Office) addPaperJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	name, err := viet.Text(viet.Clean(t.In.Text), longestJuror)
	if err != nil {
		return err
	}
	if ok, err := storage.AddPaperJuror(ctx, tx, c.ID, name, t.Now); err != nil || !ok {
		return firstOf(err, problem("Ban giám khảo đã có người tên này. Anh/chị gõ lại họ tên, kèm đơn vị."))
	}
	t.Session.Drop()
	if err := storage.AddAudit(ctx, tx, t.In.From, "add-paper-juror", code, t.Now); err != nil {
		return err
	}
	return o.showJury(ctx, tx, t, code)
}

// benchToScore is the bench of a competition whose jury is at a round.
func benchToScore(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (b bench, err error) {
	if b, err = hostedBench(ctx, tx, t, code); err == nil && !b.judging() {
		err = problem("Vòng này chưa chia hồ sơ hoặc đã công bố kết quả, nên không nhập điểm được.")
	}
	return b, err
}

// chooseJuror lists the jurors whose sheets may be typed.
func (o Office) chooseJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	b, err := benchToScore(ctx, tx, t, code)
	if err != nil {
		return err
	}
	lines := []string{"Anh/chị chọn giám khảo đã ký phiếu."}
	m := bot.Outgoing{Title: "Nhập điểm từ giấy · " + b.Name}
	for _, j := range b.jurors {
		scored, all := b.progress(j.ID)
		lines = append(lines, fmt.Sprintf("%s: đã chấm %d/%d.", jurorName(j), scored, all))
		m.Buttons = append(m.Buttons, bot.Button{Label: j.Name, Data: paperScoreData(chooseSheet, code, strconv.FormatInt(j.ID, 10)), Row: true})
	}
	m.Text, m.Buttons = strings.Join(lines, "\n"), append(m.Buttons, juryButton(code))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-paper-scores", code, t.Now)
}

// chooseSheet lists what a juror reads.
func (o Office) chooseSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	b, err := benchToScore(ctx, tx, t, code)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: nobody
	i := slices.IndexFunc(b.jurors, func(j storage.Juror) bool { return j.ID == id })
	if i < 0 {
		return problem("Người này không còn trong ban giám khảo.")
	}
	letGo(t)
	list, err := storage.ReadingsOf(ctx, tx, id, b.Round)
	if err != nil {
		return err
	}
	scored, all, buttons, err := pile(ctx, tx, list, func(r storage.Reading) string { return sheetData(typeSheet, code, r) })
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Title:   "Phiếu giấy của " + b.jurors[i].Name,
		Text:    fmt.Sprintf("Vòng %s: đã chấm %d/%d hồ sơ. Anh/chị chọn hồ sơ ghi trên phiếu.", viet.LowerFirst(b.round().Name), scored, all),
		Buttons: append(buttons, bot.Button{Label: "Giám khảo khác", Data: paperScoreData(chooseJuror, code), Row: true}),
	})
	return storage.AddAudit(ctx, tx, t.In.From, "open-paper-scores", code, t.Now)
}

func sheetData(verb, code string, r storage.Reading) string {
	return paperScoreData(verb, code, strconv.FormatInt(r.ID, 10))
}
