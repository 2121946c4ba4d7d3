package contests

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// What the buttons of Manage do about the jury, with the code of a competition.
const (
	showJury     = "bgk"
	inviteJuror  = "moibgk"
	removeJuror  = "bobgk" // with the id of a juror
	dealEntries  = "chia"
	remindJury   = "nhac"
	showResults  = "ketqua"
	publish      = "congbo" // with the key of the results that were seen, and what becomes of ties on the border, when there are any
	giveScores   = "bangdiem"
	tiedGoOn     = "qua"
	tiedDoNot    = "dung"
	jurorCodeFor = 7 * 24 * time.Hour
)

func (o Office) jurySteps() map[string]step {
	return map[string]step{
		showJury: o.showJury, inviteJuror: o.inviteJuror, removeJuror: o.removeJuror, dealEntries: o.deal, remindJury: o.remindJury,
		showResults: o.showResults, publish: o.publish, giveScores: o.giveScores,
	}
}

func juryData(verb, code string, more ...string) string {
	return strings.Join(append([]string{managing, verb, code}, more...), ":")
}

func juryButton(code string) bot.Button {
	return bot.Button{Label: "Ban giám khảo", Data: juryData(showJury, code), Row: true}
}

// bench is a competition with its jury, and what they read in the round that they are at, or come to next.
type bench struct {
	storage.Competition
	definition competition.Definition
	number     int // of the round, from 1
	jurors     []storage.Juror
	readings   []storage.Reading // of all rounds
	all        []storage.Entry   // that were submitted
	entries    []storage.Entry   // of these, what reached the round
}

// hostedBench is seat for who runs the competition.
func hostedBench(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (bench, error) {
	c, d, err := hosted(ctx, tx, t, code)
	if err != nil {
		return bench{}, err
	}
	return seat(ctx, tx, c, d)
}

// seat reads the bench of a competition.
func seat(ctx context.Context, tx *storage.Tx, c storage.Competition, d competition.Definition) (b bench, err error) {
	b.Competition, b.definition, b.number = c, d, max(1, c.Round)
	if b.Published == b.Round && b.Round > 0 && b.Round < len(b.definition.Rounds) {
		b.number = b.Round + 1
	}
	if b.jurors, err = storage.Jurors(ctx, tx, b.ID); err != nil {
		return b, err
	}
	if b.readings, err = storage.Readings(ctx, tx, b.ID); err != nil {
		return b, err
	}
	b.all, err = storage.EntriesOf(ctx, tx, b.ID, storage.EntrySubmitted)
	return b.at(b.number), err
}

// at is the bench as it is in another round.
func (b bench) at(number int) bench {
	b.number = number
	b.entries = slices.DeleteFunc(slices.Clone(b.all), func(e storage.Entry) bool { return e.Round < number })
	return b
}

// judging reports whether the jury is at a round: what was dealt is scored until the results are out.
func (b *bench) judging() bool { return b.Round > 0 && b.Published < b.Round }

func (b *bench) round() competition.Round { return b.definition.Rounds[b.number-1] }

// progress counts what a juror has scored, and has to, of the entries that still take part.
func (b *bench) progress(juror int64) (scored, all int) {
	for _, r := range b.readings {
		if r.Juror != juror || r.Round != b.number || r.State == storage.ReadingConflict || b.entry(r.Entry).ID == 0 {
			continue
		}
		all++
		if r.State == storage.ReadingScored {
			scored++
		}
	}
	return scored, all
}

// short counts the entries that fewer read than should, of those that the jury is at: a juror was removed, or is no more.
func (b *bench) short() (n int) {
	if !b.judging() {
		return 0
	}
	for _, e := range b.entries {
		readers := 0
		for _, r := range b.readings {
			sits := slices.ContainsFunc(b.jurors, func(j storage.Juror) bool { return j.ID == r.Juror })
			if r.Entry == e.ID && r.Round == b.number && (r.State == storage.ReadingScored || sits && r.State != storage.ReadingConflict) {
				readers++
			}
		}
		if readers < b.round().Readers {
			n++
		}
	}
	return n
}

// showJury lists the jurors, and how far they are.
func (o Office) showJury(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	letGo(t)
	b, err := hostedBench(ctx, tx, t, code)
	if err != nil {
		return err
	}
	lines := []string{fmt.Sprintf("Vòng %s: %d hồ sơ, mỗi hồ sơ ít nhất %d người chấm.", viet.LowerFirst(b.round().Name), len(b.entries), b.round().Readers)}
	m := bot.Outgoing{Title: "Ban giám khảo · " + b.Name}
	for _, j := range b.jurors {
		scored, all := b.progress(j.ID)
		lines = append(lines, fmt.Sprintf("%s: đã chấm %d/%d.", jurorName(j), scored, all))
		m.Buttons = append(m.Buttons, bot.Button{Label: "Bỏ " + j.Name, Data: juryData(removeJuror, code, strconv.FormatInt(j.ID, 10)), Row: true})
	}
	if len(b.jurors) == 0 {
		lines = append(lines, "Chưa có giám khảo nào.")
	}
	if n := b.short(); n > 0 {
		lines = append(lines, fmt.Sprintf("%d hồ sơ đang thiếu người chấm: anh/chị mời thêm giám khảo nếu cần, rồi bấm “Chia hồ sơ”.", n))
	}
	m.Text = strings.Join(lines, "\n")
	m.Buttons = append(m.Buttons,
		bot.Button{Label: "Mời giám khảo", Data: juryData(inviteJuror, code), Row: true},
		bot.Button{Label: "Chia hồ sơ", Data: juryData(dealEntries, code)},
		bot.Button{Label: "Nhắc người chưa chấm", Data: juryData(remindJury, code), Row: true},
		bot.Button{Label: "Kết quả", Data: juryData(showResults, code)})
	if b.judging() {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Nhập điểm từ giấy", Data: paperScoreData(chooseJuror, code), Row: true})
	}
	m.Buttons = append(m.Buttons, manageButton())
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-jury", code, t.Now)
}

// jurorName is what staff see of a juror.
func jurorName(j storage.Juror) string {
	if j.Paper {
		return j.Name + " (chấm giấy)"
	}
	return j.Name
}

// inviteJuror makes a code for one juror.
func (o Office) inviteJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	secret, err := storage.NewCode(ctx, tx, storage.JurorCode, code, t.Now, t.Now.Add(jurorCodeFor))
	if err != nil {
		return err
	}
	t.Say(t.CodeCard("Kính mời anh/chị tham gia ban giám khảo "+c.Name+". Anh/chị mở trợ lý này rồi gõ mã trên. Mã dùng một lần, trong 7 ngày.", secret))
	t.Say(bot.Outgoing{Text: "Anh/chị chuyển tin trên cho một giám khảo. Giám khảo không dùng trợ lý thì chấm trên giấy, anh/chị nhập điểm thay.", Buttons: []bot.Button{
		{Label: "Thêm giám khảo chấm giấy", Data: paperScoreData(nameJuror, code), Row: true}, juryButton(code),
	}})
	return storage.AddAudit(ctx, tx, t.In.From, "invite-juror", code, t.Now)
}

// removeJuror takes a juror out; what they scored still counts.
func (o Office) removeJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: nobody
	if _, ok, err := storage.RemoveJuror(ctx, tx, c.ID, id); err != nil || !ok {
		return firstOf(err, problem("Người này không còn trong ban giám khảo."))
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "remove-juror", code, t.Now); err != nil {
		return err
	}
	return o.showJury(ctx, tx, t, code)
}

// firstOf is err, or what else is wrong.
func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// deal has jurors read the entries of the round, besides what is dealt already. Who takes part in an entry does not read it.
func (o Office) deal(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	b, err := hostedBench(ctx, tx, t, code)
	switch {
	case err != nil:
		return err
	case !b.Closed(t.Now):
		return problem("Cuộc thi chưa đóng nhận hồ sơ, nên chưa chia được.")
	case len(b.entries) == 0:
		return problem("Vòng này chưa có hồ sơ nào.")
	case b.Published == len(b.definition.Rounds):
		return problem("Kết quả vòng cuối đã công bố.")
	}
	if ok, err := storage.BeginRound(ctx, tx, &b.Competition, b.number); err != nil || !ok {
		return firstOf(err, problem(changedMeanwhile))
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
	text := fmt.Sprintf("Đã chia thêm %d lượt chấm.", len(fresh))
	if len(short) > 0 {
		text += fmt.Sprintf(" Còn %d hồ sơ thiếu người chấm (%s): anh/chị mời thêm giám khảo rồi bấm “Chia hồ sơ” lần nữa.", len(short), strings.Join(short, ", "))
	}
	t.Say(bot.Outgoing{Title: "Chia hồ sơ · " + b.Name, Text: text, Buttons: []bot.Button{juryButton(code)}})
	return storage.AddAudit(ctx, tx, t.In.From, "deal-entries", fmt.Sprintf("%s/%d, %d", code, b.number, len(fresh)), t.Now)
}

// deal gives what is to be read besides what is, and the codes of entries for which there are too few jurors.
func (b *bench) deal(ctx context.Context, tx *storage.Tx) (fresh []storage.Reading, short []string, err error) {
	conflicts, standing := map[competition.Pair]bool{}, []competition.Pair{}
	part, err := storage.TakePartAs(ctx, tx, b.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range append(part, b.readings...) {
		pair := competition.Pair{Juror: r.Juror, Entry: r.Entry}
		switch {
		case r.State == "" || r.State == storage.ReadingConflict:
			conflicts[pair] = true
		case r.Round == b.number:
			standing = append(standing, pair)
		}
	}
	entries, jurors, codes := []int64{}, []int64{}, map[int64]string{}
	for _, e := range b.entries {
		entries, codes[e.ID] = append(entries, e.ID), e.Code
	}
	for _, j := range b.jurors {
		jurors = append(jurors, j.ID)
	}
	dealt, lacking := competition.Deal(entries, jurors, b.round().Readers, standing, conflicts)
	for _, p := range dealt {
		fresh = append(fresh, storage.Reading{Competition: b.ID, Juror: p.Juror, Entry: p.Entry, Round: b.number})
	}
	for _, id := range lacking {
		short = append(short, codes[id])
	}
	return fresh, short, nil
}

// tellJurors tells each juror that there is something to read.
func tellJurors(ctx context.Context, tx *storage.Tx, t *handlers.Turn, b bench, fresh []storage.Reading) error {
	for _, j := range b.jurors {
		n := 0
		for _, r := range fresh {
			if r.Juror == j.ID {
				n++
			}
		}
		if n == 0 {
			continue
		}
		text := fmt.Sprintf("Kính gửi anh/chị. Có %d hồ sơ vòng %s của %s chờ anh/chị chấm.", n, viet.LowerFirst(b.round().Name), b.Name)
		if err := notifyJuror(ctx, tx, t, j, "dealt", text); err != nil {
			return err
		}
	}
	return nil
}

// notifyJuror tells a juror who has a chat.
func notifyJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, j storage.Juror, why, text string) error {
	if j.Paper {
		return nil
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("juror/%d/%s/%d", j.ID, why, t.Now.UnixMilli()), Person: j.Person, Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{Title: "Chấm thi", Text: text, Buttons: []bot.Button{{Label: "Mở phần chấm thi", Data: judging + ":", Row: true}}},
	}, t.Now)
}

// remindJury reminds the jurors who have not scored everything.
func (o Office) remindJury(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	b, err := hostedBench(ctx, tx, t, code)
	if err != nil {
		return err
	}
	n := 0
	for _, j := range b.jurors {
		scored, all := b.progress(j.ID)
		if scored == all || j.Paper {
			continue
		}
		n++
		text := fmt.Sprintf("Kính gửi anh/chị. Vòng %s của %s còn %d hồ sơ chờ anh/chị chấm.", viet.LowerFirst(b.round().Name), b.Name, all-scored)
		if err := notifyJuror(ctx, tx, t, j, "reminded", text); err != nil {
			return err
		}
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã nhắc %d giám khảo.", n), Buttons: []bot.Button{juryButton(code)}})
	return storage.AddAudit(ctx, tx, t.In.From, "remind-jury", code, t.Now)
}
