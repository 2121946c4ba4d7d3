package contests

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

const judging = "chamthi"

// What the buttons of Judge do, with the id of a reading.
const (
	read       = "doc"
	noConflict = "khong"
	hasOne     = "co"
	scoreAnew  = "lai"
	memoRead   = "phieu"
	mostNote   = 500
	mostShown  = 8
)

// notYourReading answers for a reading of somebody else, one of a round that is over, and one that does not exist.
const notYourReading = problem("Mình không thấy hồ sơ này trong các hồ sơ anh/chị đang chấm.")

// Judge is where jurors score entries: whom a code made a juror, sees what was dealt to them and nothing else. Each score is
// kept at once, so that they can go on at any time.
func (o Office) Judge() *handlers.Conversation {
	steps := map[string]step{read: o.read, noConflict: o.noConflict, hasOne: o.hasConflict, scoreAnew: o.scoreAnew}
	return &handlers.Conversation{
		Name: judging, Always: []string{"chấm thi"}, Words: []string{"chấm điểm", "giám khảo"}, Code: storage.JurorCode, Follow: o.becomeJuror,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if !ok {
				do = o.bench
			}
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToJuror(t, do(ctx, tx, t, rest)) })
			return nil
		},
		Asks: true,
		Listen: func(_ context.Context, t *handlers.Turn) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToJuror(t, o.hearScore(ctx, tx, t)) })
			return nil
		},
	}
}

func explainedToJuror(t *handlers.Turn, err error) error {
	var wrong problem
	if errors.As(err, &wrong) {
		t.Say(bot.Outgoing{Text: viet.ToOfficer(wrong.Error()), Buttons: []bot.Button{benchButton()}})
		return nil
	}
	return err
}

func benchButton() bot.Button { return bot.Button{Label: "Chấm thi", Data: judging + ":", Row: true} }

// becomeJuror uses the code up.
func (o Office) becomeJuror(_ context.Context, t *handlers.Turn, code storage.Code) error {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		used, ok, err := storage.UseCode(ctx, tx, storage.JurorCode, code.Key, t.Now)
		if err != nil {
			return err
		}
		c, there, err := storage.FindCompetition(ctx, tx, used.Data)
		if err != nil {
			return err
		}
		if !ok || !there {
			t.Say(handlers.WrongCode())
			return nil
		}
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		if err := addJuror(ctx, tx, t, c, me); err != nil {
			return err
		}
		t.Say(bot.Outgoing{Title: "Ban giám khảo " + c.Name, Text: "Kính gửi anh/chị. Anh/chị đã vào ban giám khảo. Khi có hồ sơ để chấm, mình báo anh/chị. Bất cứ lúc nào, anh/chị gõ “chấm thi” để xem.", Buttons: []bot.Button{benchButton()}})
		return storage.AddAudit(ctx, tx, t.In.From, "become-juror", c.Code, t.Now)
	})
	return nil
}

// addJuror makes a person a juror by the name that is known, or else by a number.
func addJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c storage.Competition, person int64) error {
	known, err := storage.NameOf(ctx, tx, person)
	if err != nil {
		return err
	}
	jurors, err := storage.Jurors(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	return storage.AddJuror(ctx, tx, c.ID, person, cmp.Or(known, t.In.Name, fmt.Sprintf("Giám khảo %d", len(jurors)+1)), t.Now)
}

// bench shows a juror what is theirs to score.
func (o Office) bench(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	if t.Session.Name == judging {
		t.Session.Drop()
	}
	juries, err := storage.JuriesAt(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: "Chấm thi"}, []string{}
	for _, j := range juries {
		c, ok, err := storage.CompetitionByID(ctx, tx, j.Competition)
		if err != nil {
			return err
		}
		if !ok || c.Round == 0 || c.Published >= c.Round {
			continue
		}
		list, err := storage.ReadingsOf(ctx, tx, j.ID, c.Round)
		if err != nil {
			return err
		}
		scored, all, buttons, err := pile(ctx, tx, list, func(r storage.Reading) string { return readingData(read, r) })
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s: anh/chị đã chấm %d/%d hồ sơ.", c.Name, scored, all))
		m.Buttons = append(m.Buttons, buttons...)
	}
	if len(lines) == 0 {
		lines = append(lines, "Hiện không có hồ sơ nào chờ anh/chị chấm.")
	}
	m.Text = strings.Join(lines, "\n\n")
	t.Say(m)
	return nil
}

// pile counts what is scored of what a juror reads, of the entries that still take part, and has buttons for the next.
func pile(ctx context.Context, tx *storage.Tx, list []storage.Reading, data func(storage.Reading) string) (scored, all int, buttons []bot.Button, err error) {
	for _, r := range list {
		e, _, ok, err := storage.FindEntry(ctx, tx, r.Entry)
		if err != nil {
			return 0, 0, nil, err
		}
		if !ok {
			continue
		}
		mark := ""
		if all++; r.State == storage.ReadingScored {
			scored++
			mark = "✓ "
		}
		if len(buttons) < mostShown {
			buttons = append(buttons, bot.Button{Label: mark + e.Code, Data: data(r), Row: len(buttons)%2 == 0})
		}
	}
	return scored, all, buttons, nil
}

func readingData(verb string, r storage.Reading) string {
	return judging + ":" + verb + ":" + strconv.FormatInt(r.ID, 10)
}

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
	lines, filled := []string{"Bảng: " + s.Track}, s.filled()
	if !s.round.Blind {
		captain, err := storage.PersonOf(ctx, tx, s.Person)
		if err != nil {
			return bot.Outgoing{}, err
		}
		lines = append(lines, "Dự án: "+s.Name, "Trưởng nhóm: "+captain.Name)
	}
	for _, item := range s.definition.Dossier() {
		if filled[item.Key] != "" && (item.Kind != competition.Files || !s.round.Blind) {
			lines = append(lines, item.Label+": "+item.Show(filled[item.Key]))
		}
	}
	files := []bot.File{}
	for i, f := range s.files {
		if s.round.Blind {
			f.Name = fmt.Sprintf("tệp %d", i+1) // names may tell who entered
		}
		files = append(files, f.File)
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
