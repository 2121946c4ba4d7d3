package contests

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// sheet is a reading with the entry, the round, and what staff took the scores from, if they entered them.
type sheet struct {
	dossier
	reading   storage.Reading
	round     competition.Round
	paper     storage.ScorePaper
	fromPaper bool
}

// ownSheet finds a reading of who writes. It fails with notYourReading for any other.
func ownSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) (s sheet, err error) {
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	r, ok, err := storage.OwnReading(ctx, tx, t.In.From, id)
	if err != nil || !ok {
		return s, firstOf(err, notYourReading)
	}
	return sheetOf(ctx, tx, r)
}

// sheetOf reads what belongs to a reading. It fails with notYourReading for an entry that is no more.
func sheetOf(ctx context.Context, tx *storage.Tx, r storage.Reading) (s sheet, err error) {
	s.reading = r
	ok := false
	s.Entry, s.competition, ok, err = storage.FindEntry(ctx, tx, r.Entry)
	if err != nil || !ok {
		return s, firstOf(err, notYourReading)
	}
	if err := s.complete(ctx, tx); err != nil {
		return s, err
	}
	s.round = s.definition.Rounds[r.Round-1]
	s.paper, s.fromPaper, err = storage.ScorePaperOf(ctx, tx, r.ID)
	return s, err
}

// read shows an entry, and asks for a conflict of interest before the first score.
func (o Office) read(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	s, err := ownSheet(ctx, tx, t, number)
	if err != nil {
		return err
	}
	m, err := s.card(ctx, tx, t)
	if err != nil {
		return err
	}
	switch s.reading.State {
	case storage.ReadingDealt:
		m.Text += "\n\nAnh/chị có liên quan lợi ích với người dự thi không (người thân, cùng đơn vị, góp vốn, cố vấn)?"
		m.Buttons = append([]bot.Button{
			{Label: "Không có, chấm hồ sơ này", Data: readingData(noConflict, s.reading), Row: true},
			{Label: "Có, chuyển người khác", Data: readingData(hasOne, s.reading), Row: true},
		}, m.Buttons...)
		t.Say(m)
	case storage.ReadingScored:
		m.Text += "\n\n" + s.given()
		m.Buttons = append([]bot.Button{{Label: "Chấm lại", Data: readingData(scoreAnew, s.reading), Row: true}}, append(m.Buttons, benchButton())...)
		t.Say(m)
	default:
		t.Say(m)
		s.ask(t, "")
	}
	return nil
}

// card shows the dossier; blind, without who entered.
func (s *sheet) card(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (bot.Outgoing, error) {
	lines, files := []string{"Bảng: " + s.Track}, s.attached()
	if !s.round.Blind {
		captain, err := storage.PersonOf(ctx, tx, s.Person)
		if err != nil {
			return bot.Outgoing{}, err
		}
		lines = append(lines, "Dự án: "+s.Name, "Trưởng nhóm: "+captain.Name)
	}
	lines = append(lines, s.answered(!s.round.Blind)...)
	if s.round.Blind {
		for i := range files {
			files[i].Name = fmt.Sprintf("tệp %d", i+1)
		}
	}
	return bot.Outgoing{Title: s.Code, Text: strings.Join(lines, "\n"), Buttons: t.FileButtons(files...)}, nil
}

// given lists the scores so far.
func (s *sheet) given() string {
	lines := []string{}
	for i, score := range s.reading.Scores {
		lines = append(lines, fmt.Sprintf("%s: %s/%d", s.round.Criteria[i].Name, competition.Hundredths(score), s.round.Criteria[i].Most))
	}
	if s.reading.Note != "" {
		lines = append(lines, "Nhận xét: "+s.reading.Note)
	}
	if s.fromPaper {
		lines = append(lines, "Ban tổ chức nhập từ "+paperName(s.paper)+".")
	}
	return strings.Join(lines, "\n")
}

// ask asks for the next criterion, or in the end for a note.
func (s *sheet) ask(t *handlers.Turn, note string) {
	t.PutAside()
	t.Session.Name, t.Session.Memo = judging, map[string]string{memoRead: strconv.FormatInt(s.reading.ID, 10)}
	n := len(s.reading.Scores)
	if n == len(s.round.Criteria) {
		t.Say(bot.Outgoing{Title: s.Code + " · nhận xét", Text: note + s.given() + "\nAnh/chị viết nhận xét cho người dự thi, nhiều nhất 500 ký tự, hoặc gõ “bỏ qua”.", Buttons: besideNumbers(t, benchButton())})
		return
	}
	c := s.round.Criteria[n]
	t.Say(bot.Outgoing{
		Title: fmt.Sprintf("%s · tiêu chí %d/%d: %s (%d%%)", s.Code, n+1, len(s.round.Criteria), c.Name, c.Weight),
		Text:  note + fmt.Sprintf("Anh/chị cho mấy điểm, từ 0 đến %d? Điểm lẻ ghi như 3,5.", c.Most), Buttons: besideNumbers(t, benchButton()),
	})
}

// besideNumbers is a button under a question that a number answers; none where a number would press it.
func besideNumbers(t *handlers.Turn, b bot.Button) []bot.Button {
	if t.Can.ButtonLimit == 0 {
		return nil
	}
	return []bot.Button{b}
}
