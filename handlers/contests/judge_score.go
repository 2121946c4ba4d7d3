package contests

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// noConflict takes the juror's word, and asks for the first score.
func (o Office) noConflict(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	s, err := ownSheet(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if s.reading.State == storage.ReadingDealt {
		s.reading.State = storage.ReadingClear
		if err := storage.SaveReading(ctx, tx, s.reading, t.Now); err != nil {
			return err
		}
	}
	s.ask(t, "")
	return storage.AddAudit(ctx, tx, t.In.From, "declare-no-conflict", s.Code, t.Now)
}

// hasConflict gives the entry to somebody else; who runs the competition hears when there is nobody.
func (o Office) hasConflict(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	number, sure, _ := strings.Cut(argument, ":")
	s, err := ownSheet(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if s.reading.State == storage.ReadingScored && sure == "" { // an old button, pressed by mistake or after second thoughts
		t.Say(bot.Outgoing{
			Text: "Anh/chị đã chấm hồ sơ " + s.Code + ". Nếu anh/chị có liên quan lợi ích, phiếu chấm này bị bỏ và hồ sơ được chuyển cho giám khảo khác.",
			Buttons: []bot.Button{
				{Label: "Bỏ phiếu, chuyển người khác", Data: readingData(hasOne, s.reading) + ":chac", Row: true},
				{Label: "Giữ phiếu chấm", Data: readingData(read, s.reading), Row: true},
			},
		})
		return nil
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "declare-conflict", s.Code, t.Now); err != nil {
		return err
	}
	if err := s.passOn(ctx, tx, t); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Cảm ơn anh/chị. Hồ sơ được chuyển cho giám khảo khác."})
	return o.bench(ctx, tx, t, "")
}

// passOn notes that the juror has a conflict of interest, and gives the entry to somebody else.
func (s *sheet) passOn(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	s.reading.State, s.reading.Scores, s.reading.Note = storage.ReadingConflict, nil, ""
	if err := storage.SaveReading(ctx, tx, s.reading, t.Now); err != nil {
		return err
	}
	b, err := seat(ctx, tx, s.competition, s.definition)
	if err != nil {
		return err
	}
	fresh, short, err := b.deal(ctx, tx)
	if err != nil {
		return err
	}
	if err := storage.AddReadings(ctx, tx, fresh, t.Now); err != nil {
		return err
	}
	if err := tellJurors(ctx, tx, t, b, fresh); err != nil {
		return err
	}
	if len(short) == 0 {
		return nil
	}
	return storage.NotifyOrganisers(ctx, tx, b.Agency, storage.Notice{
		Source: fmt.Sprintf("jury/%d/short/%d", b.ID, s.reading.ID), Queue: storage.QueueNotices,
		Message: bot.Outgoing{Title: "Thiếu người chấm: " + b.Name, Text: "Có giám khảo liên quan lợi ích, hồ sơ thiếu người chấm: " + strings.Join(short, ", ") + ".", Buttons: []bot.Button{juryButton(b.Code)}},
	}, t.Now)
}

// scoreAnew begins a sheet again, until the results are out.
func (o Office) scoreAnew(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	s, err := ownSheet(ctx, tx, t, number)
	switch {
	case err != nil:
		return err
	case s.reading.State != storage.ReadingScored:
		return o.read(ctx, tx, t, number)
	}
	s.reading.State, s.reading.Scores, s.reading.Note, s.fromPaper = storage.ReadingClear, nil, "", false
	if err := storage.SaveReading(ctx, tx, s.reading, t.Now); err != nil {
		return err
	}
	s.ask(t, "")
	return storage.AddAudit(ctx, tx, t.In.From, "score-anew", s.Code, t.Now)
}

// hearScore takes what the juror types as the next score or, in the end, as the note.
func (o Office) hearScore(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	s, err := ownSheet(ctx, tx, t, t.Session.Memo[memoRead])
	if err != nil {
		t.Session.Drop()
		return err
	}
	if s.reading.State != storage.ReadingClear {
		return o.bench(ctx, tx, t, "")
	}
	if len(s.reading.Scores) < len(s.round.Criteria) {
		return s.takeScore(ctx, tx, t)
	}
	return o.takeNote(ctx, tx, t, s)
}

// takeScore keeps the next score, or says what is wrong with it.
func (s *sheet) takeScore(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	err := s.addScore(t.In.Text)
	var wrong problem
	switch {
	case errors.As(err, &wrong):
		s.ask(t, wrong.Error()+"\n")
		return nil
	case err != nil:
		return err
	}
	s.ask(t, "")
	return storage.SaveReading(ctx, tx, s.reading, t.Now)
}

// addScore reads the score of the next criterion. It fails with a viet.Problem.
func (s *sheet) addScore(text string) error {
	score, err := s.round.Criteria[len(s.reading.Scores)].ReadScore(text)
	if err == nil {
		s.reading.Scores = append(s.reading.Scores, int64(score))
	}
	return err
}

// setNote reads what is said to who entered, or that nothing is. It fails with a viet.Problem.
func (s *sheet) setNote(text string) (err error) {
	if viet.Fold(text) != "bo qua" { // folded
		s.reading.Note, err = viet.Text(text, mostNote)
	}
	return err
}

// takeNote ends the sheet, with a note or without.
func (o Office) takeNote(ctx context.Context, tx *storage.Tx, t *handlers.Turn, s sheet) error {
	err := s.setNote(t.In.Text)
	var wrong problem
	switch {
	case errors.As(err, &wrong):
		s.ask(t, viet.ToOfficer(wrong.Error())+"\n")
		return nil
	case err != nil:
		return err
	}
	s.reading.State = storage.ReadingScored
	if err := storage.SaveReading(ctx, tx, s.reading, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Title: "Đã ghi phiếu chấm " + s.Code, Text: s.given()})
	if err := storage.AddAudit(ctx, tx, t.In.From, "score-entry", s.Code, t.Now); err != nil {
		return err
	}
	return o.bench(ctx, tx, t, "")
}
