package contests

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// signedSheet is what a juror reads, to be typed by staff.
type signedSheet struct {
	sheet
	juror storage.Juror
	noted bool // of what is typed, also the note
}

// signed finds a sheet that staff may type, with what they typed so far. It fails with a viet.Problem for one that is not of
// the competition, and for one that the juror scored: that is the juror's alone.
func signed(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code, number string) (s signedSheet, err error) {
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return s, err
	}
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	r, ok, err := storage.StandingReading(ctx, tx, c.ID, id)
	if err != nil || !ok {
		return s, firstOf(err, problem("Phiếu này không còn nhập được: hồ sơ không được chia cho giám khảo ấy, hoặc đã công bố kết quả."))
	}
	if s.sheet, err = sheetOf(ctx, tx, r); err != nil {
		return s, err
	}
	jurors, err := storage.Jurors(ctx, tx, c.ID)
	if err != nil {
		return s, err
	}
	i := slices.IndexFunc(jurors, func(j storage.Juror) bool { return j.ID == r.Juror })
	switch {
	case i < 0 || r.State == storage.ReadingConflict:
		return s, problem("Giám khảo này không chấm hồ sơ ấy.")
	case r.State == storage.ReadingScored && !s.fromPaper:
		return s, problem("Giám khảo đã tự chấm hồ sơ này, nên chỉ giám khảo mới sửa được phiếu của mình.")
	}
	s.juror = jurors[i]
	return s, nil
}

// typeSheet shows what was entered already, or asks whether the juror has a conflict of interest.
func (o Office) typeSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	s, err := signed(ctx, tx, t, code, number)
	if err != nil {
		return err
	}
	if s.reading.State == storage.ReadingScored {
		t.Say(bot.Outgoing{Title: s.title(), Text: s.given(), Buttons: append(t.FileButtons(s.scan()...),
			bot.Button{Label: "Nhập lại từ giấy", Data: sheetData(typeAnew, code, s.reading), Row: true}, s.back())})
	} else {
		t.Say(bot.Outgoing{Title: s.title(), Text: "Phiếu có ghi giám khảo liên quan lợi ích với người dự thi không?", Buttons: []bot.Button{
			{Label: "Không, nhập điểm", Data: sheetData(typeAnew, code, s.reading), Row: true},
			{Label: "Có, chuyển người khác", Data: sheetData(paperConflict, code, s.reading), Row: true}, s.back(),
		}})
	}
	return storage.AddAudit(ctx, tx, t.In.From, "open-paper-sheet", s.Code, t.Now)
}

// typeAnew asks for the first score, whatever was typed before.
func (o Office) typeAnew(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	s, err := signed(ctx, tx, t, code, number)
	if err != nil {
		return err
	}
	s.reading.Scores, s.reading.Note, s.fromPaper = nil, "", false
	s.ask(t, "")
	return storage.AddAudit(ctx, tx, t.In.From, "begin-paper-sheet", s.Code, t.Now)
}

// paperConflict takes a conflict of interest that the juror declared on paper.
func (o Office) paperConflict(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	s, err := signed(ctx, tx, t, code, number)
	switch {
	case err != nil:
		return err
	case s.reading.State == storage.ReadingScored:
		return o.typeSheet(ctx, tx, t, rest)
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "enter-paper-conflict", s.Code, t.Now); err != nil {
		return err
	}
	if err := s.passOn(ctx, tx, t); err != nil {
		return err
	}
	if err := notifyJuror(ctx, tx, t, s.juror, "conflict", fmt.Sprintf("Kính gửi anh/chị. Ban tổ chức đã ghi theo giấy: anh/chị có liên quan lợi ích với hồ sơ %s, hồ sơ được chuyển cho giám khảo khác.", s.Code)); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Đã ghi: " + s.juror.Name + " có liên quan lợi ích với hồ sơ " + s.Code + ". Hồ sơ được chuyển cho giám khảo khác."})
	return o.chooseSheet(ctx, tx, t, code+":"+strconv.FormatInt(s.juror.ID, 10))
}

func (s *signedSheet) title() string { return s.Code + " · phiếu giấy của " + s.juror.Name }

func (s *signedSheet) back() bot.Button {
	return bot.Button{Label: "Hồ sơ khác", Data: paperScoreData(chooseSheet, s.competition.Code, strconv.FormatInt(s.juror.ID, 10)), Row: true}
}

func (s *signedSheet) scan() []bot.File {
	if s.paper.Hash == "" {
		return nil
	}
	return []bot.File{{ID: s.paper.Hash, Name: "phiếu đã ký"}}
}

// remember puts what is typed so far into the session.
func (s *signedSheet) remember(t *handlers.Turn) {
	scores := []string{}
	for _, score := range s.reading.Scores {
		scores = append(scores, strconv.FormatInt(score, 10))
	}
	memo := map[string]string{memoRead: strconv.FormatInt(s.reading.ID, 10), memoScores: strings.Join(scores, " ")}
	if s.noted {
		memo[memoNote] = s.reading.Note
	}
	listenFor(t, s.competition.Code, memo)
}

// recall takes up what is typed so far.
func (s *signedSheet) recall(t *handlers.Turn) {
	s.reading.Scores, s.fromPaper = nil, false
	for _, text := range strings.Fields(t.Session.Memo[memoScores]) {
		score, _ := strconv.ParseInt(text, 10, 64) // we wrote it
		s.reading.Scores = append(s.reading.Scores, score)
	}
	s.reading.Note, s.noted = t.Session.Memo[memoNote]
}

// ask asks for what comes next: a score, the note, or what it is all taken from.
func (s *signedSheet) ask(t *handlers.Turn, note string) {
	s.remember(t)
	m, n := bot.Outgoing{Title: s.title(), Buttons: besideNumbers(t, s.back())}, len(s.reading.Scores)
	switch {
	case n < len(s.round.Criteria):
		c := s.round.Criteria[n]
		m.Title += fmt.Sprintf(" · tiêu chí %d/%d: %s (%d%%)", n+1, len(s.round.Criteria), c.Name, c.Weight)
		m.Text = fmt.Sprintf("Phiếu ghi mấy điểm, từ 0 đến %d? Điểm lẻ ghi như 7,5.", c.Most)
	case !s.noted:
		m.Text = s.given() + "\nPhiếu có nhận xét gì cho người dự thi? Anh/chị gõ lại, nhiều nhất 500 ký tự, hoặc gõ “bỏ qua”."
	default:
		m.Text = s.given() + "\nPhiếu này lấy từ đâu? "
		if t.Can.Files {
			m.Text += "Anh/chị gửi ảnh hoặc bản quét phiếu đã ký, hoặc gõ số và ngày của biên bản, ví dụ: Biên bản số 12/BB-BGK ngày 28/11/2026."
		} else {
			m.Text += "Anh/chị gõ số và ngày của biên bản, ví dụ: Biên bản số 12/BB-BGK ngày 28/11/2026."
		}
	}
	m.Text = note + m.Text
	t.Say(m)
}

// hearSheet takes what comes next of a sheet, or says what is wrong with it.
func (o Office) hearSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, scan bot.File) error {
	s, err := signed(ctx, tx, t, code, t.Session.Memo[memoRead])
	if err != nil {
		t.Session.Drop()
		return err
	}
	s.recall(t)
	switch {
	case len(s.reading.Scores) < len(s.round.Criteria):
		err = s.addScore(t.In.Text)
	case !s.noted:
		err = s.setNote(t.In.Text)
		s.noted = err == nil
	default:
		if s.paper, err = paperOf(s.reading, scan, t.In.Text); err == nil {
			return o.keepSigned(ctx, tx, t, s)
		}
	}
	var wrong problem
	switch {
	case errors.As(err, &wrong):
		s.ask(t, viet.ToOfficer(wrong.Error())+"\n")
		return nil
	case err != nil:
		return err
	}
	s.ask(t, "")
	return nil
}

// paperOf tells what scores are taken from: a scan, or a document with a number.
func paperOf(r storage.Reading, scan bot.File, text string) (p storage.ScorePaper, err error) {
	p = storage.ScorePaper{Reading: r.ID, Hash: scan.ID}
	if scan.ID != "" {
		return p, nil
	}
	p.Document, err = viet.Text(viet.Clean(text), longestDocument)
	if err == nil && !strings.ContainsAny(p.Document, "0123456789") {
		err = problem("Chỗ này cần số và ngày của biên bản, hoặc ảnh phiếu đã ký.")
	}
	return p, err
}

// paperName is what scores were taken from, inside a sentence.
func paperName(p storage.ScorePaper) string {
	if p.Document == "" {
		return "phiếu giấy đã ký"
	}
	return "giấy: " + p.Document
}

// keepSigned keeps what was typed as the juror's scores, and tells the juror.
func (o Office) keepSigned(ctx context.Context, tx *storage.Tx, t *handlers.Turn, s signedSheet) (err error) {
	if s.paper.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return err
	}
	s.reading.State, s.fromPaper = storage.ReadingScored, true
	if err := storage.EnterScores(ctx, tx, s.reading, s.paper, t.Now); err != nil {
		return err
	}
	if !s.juror.Paper {
		if err := s.tellJuror(ctx, tx, t); err != nil {
			return err
		}
	}
	t.Say(bot.Outgoing{Title: "Đã ghi " + s.title(), Text: s.given()})
	if err := storage.AddAudit(ctx, tx, t.In.From, "enter-paper-scores", fmt.Sprintf("%s, %d", s.Code, s.reading.ID), t.Now); err != nil {
		return err
	}
	return o.chooseSheet(ctx, tx, t, s.competition.Code+":"+strconv.FormatInt(s.juror.ID, 10))
}

// tellJuror tells a juror what was entered in their name, and how to correct it.
func (s *signedSheet) tellJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("juror/%d/entered/%d", s.juror.ID, t.Now.UnixMilli()), Person: s.juror.Person, Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{
			Title:   "Phiếu chấm giấy đã được nhập: " + s.Code,
			Text:    "Kính gửi anh/chị. " + s.competition.Name + ", vòng " + viet.LowerFirst(s.round.Name) + ":\n" + s.given() + "\nNếu chưa đúng, anh/chị mở hồ sơ và chọn “Chấm lại” trước khi công bố kết quả.",
			Buttons: []bot.Button{{Label: "Mở " + s.Code, Data: readingData(read, s.reading), Row: true}},
		},
	}, t.Now)
}
