package contests

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

const enteringPaper = "thigiay"

// What the buttons of PaperEntry do beside those of Enter, with the code of a competition.
const (
	findStartup = "tim"
	takeStartup = "duan" // with the code of a startup, as below
	takeConsent = "giay"
	nameMember  = "ten" // with the id of an entry
)

// What the session has of what is asked: the startup whose paper came, beside memoContest, or the entry whose member is named.
const (
	memoStartup = "du_an"
	memoMember  = "thanh_vien"
)

// How many startups are found, and entries from paper offered, at most.
const (
	mostFound    = 8
	mostToResume = 8
)

// What staff declare before they enter for somebody, with a version as contestText has.
const (
	paperVersion      = "2026-11-thigiay-a"
	paperVotedVersion = "2026-11-thigiay-bc-a"
	paperWord         = "Ban tổ chức đang giữ hồ sơ dự thi có chữ ký của người dự thi, trong đó người dự thi và các thành viên đồng ý để ban tổ chức và ban giám khảo xem, chấm và lưu hồ sơ; " +
		"với người chưa đủ 16 tuổi, có thêm chữ ký của cha, mẹ hoặc người giám hộ."
	paperVotedWord = paperWord + " Cuộc thi có bình chọn: người dự thi cũng đồng ý công khai tên dự án, bảng dự thi và số phiếu."
)

// paperConsent is what staff declare for a competition.
func paperConsent(d competition.Definition) (version, text string) {
	if d.Vote != nil {
		return paperVotedVersion, paperVotedWord
	}
	return paperVersion, paperWord
}

// PaperEntry is where staff bring in entries that came on paper, for startups that are registered: item by item, as those who enter do; also for
// competitions of agencies, whose officers do not see who is registered. What counts is when the paper came: in time, it is taken until the entries are dealt to the jury.
func (o Office) PaperEntry() *handlers.Conversation {
	o.paper = true
	steps := map[string]step{
		findStartup: o.findStartup, takeStartup: o.takeStartup, takeConsent: o.takeConsent,
		showEntry: o.openEntry, chooseTrack: o.chooseTrack, askItem: o.askItem, pickChoice: o.pickChoice, emptyItem: o.emptyItem,
		submitEntry: o.submit, askWithdraw: o.askWithdraw, withdraw: o.withdraw,
		showTeam: o.showTeam, nameMember: o.askMember, remove: o.remove,
	}
	return &handlers.Conversation{
		Name: enteringPaper, Label: "Nhập hồ sơ dự thi giấy", Role: storage.Staff,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if !ok {
				do = o.manage
			}
			o.act(t, func(ctx context.Context, tx *storage.Tx) error { return do(ctx, tx, t, rest) })
			return nil
		},
		Asks:   true,
		Listen: o.hearAboutPaper,
	}
}

// paperProblem says why an entry from paper is not taken, in words for staff.
func paperProblem(err error) error {
	for why, words := range map[error]problem{
		storage.ErrLate:      "Hồ sơ giấy đến sau giờ đóng nhận, hoặc hồ sơ đã chia cho ban giám khảo, nên không nhập được.",
		storage.ErrNotOpened: "Lúc nhận ghi trên dấu trước lúc cuộc thi mở nhận hồ sơ. Anh/chị xem lại.",
		storage.ErrTooMany:   "Người này đã có đủ số hồ sơ mà cuộc thi cho mỗi người.",
		storage.ErrNoEntry:   "Mình không thấy hồ sơ dự thi giấy này.",
		storage.ErrEntered:   "Dự án này đã có hồ sơ dự thi do người dự thi tự lập, nên không nhập thêm từ giấy được. Trước giờ đóng nhận, người dự thi có thể tự nộp hoặc rút hồ sơ đó.",
	} {
		if errors.Is(err, why) {
			return words
		}
	}
	return err
}

func paperEntriesButton(code string) bot.Button {
	return bot.Button{Label: "Hồ sơ dự thi giấy", Data: enteringPaper + ":" + findStartup + ":" + code, Row: true}
}

func contestButton(code string) bot.Button {
	return bot.Button{Label: "Mở " + code, Data: managing + ":" + openContest + ":" + code, Row: true}
}

// findStartup asks for which startup to enter, and lists what was brought in already.
func (o Office) findStartup(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, _, err := hosted(ctx, tx, t, code)
	switch {
	case err != nil:
		return err
	case c.Round > 0:
		return problem("Hồ sơ đã chia cho ban giám khảo, nên không nhập thêm hồ sơ giấy được.")
	}
	m := bot.Outgoing{
		Title: "Hồ sơ dự thi giấy · " + c.Name,
		Text:  "Anh/chị gõ mã hồ sơ dự án, tên dự án hoặc tên người đăng ký. Dự án chưa đăng ký thì anh/chị nhập ở “Nhập một hồ sơ giấy” trước, rồi quay lại đây.",
	}
	for _, state := range []string{storage.EntryDraft, storage.EntrySubmitted} {
		list, err := storage.EntriesOf(ctx, tx, c.ID, state)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.Origin == storage.OriginPaper && len(m.Buttons) < mostToResume {
				d := dossier{Entry: e, staff: true}
				m.Buttons = append(m.Buttons, bot.Button{Label: e.Name + ": " + stateOf(e), Data: d.data(showEntry), Row: true})
			}
		}
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Nhập một hồ sơ giấy", Data: "hosogiay:", Row: true}, contestButton(code))
	t.PutAside()
	t.Session.Name, t.Session.Memo = enteringPaper, map[string]string{memoContest: code}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-paper-entries", code, t.Now)
}

// searchStartups lists the startups that a text means.
func (o Office) searchStartups(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	list := []storage.RegisteredStartup{}
	if viet.Fold(t.In.Text) != "" {
		var err error
		if list, err = storage.SearchStartups(ctx, tx, storage.Filter{Text: viet.Clean(t.In.Text)}, 0, mostFound); err != nil {
			return err
		}
	}
	m, lines, codes := bot.Outgoing{Title: "Chọn dự án"}, []string{}, []string{}
	for _, s := range list {
		lines, codes = append(lines, fmt.Sprintf("%s · %s · %s", s.Code, s.Name, s.Founder)), append(codes, s.Code)
		m.Buttons = append(m.Buttons, bot.Button{Label: s.Code, Data: paperEntryData(takeStartup, code, s.Code), Row: len(m.Buttons)%2 == 0})
	}
	if len(list) == 0 {
		m.Title, lines = "Không thấy dự án nào", append(lines, "Anh/chị gõ chữ khác, hoặc nhập dự án ở “Nhập một hồ sơ giấy” trước.")
		m.Buttons = append(m.Buttons, bot.Button{Label: "Nhập một hồ sơ giấy", Data: "hosogiay:", Row: true})
	}
	m.Text, m.Buttons = strings.Join(lines, "\n"), append(m.Buttons, contestButton(code))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "search-paper-entry", strings.Join(codes, " "), t.Now)
}

func paperEntryData(verb, code, startup string) string {
	return strings.Join([]string{enteringPaper, verb, code, startup}, ":")
}

// enterable finds a startup that may enter a competition.
func (o Office) enterable(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) (c storage.Competition, d competition.Definition, s storage.Startup, err error) {
	code, startup, _ := strings.Cut(rest, ":")
	if c, d, err = hosted(ctx, tx, t, code); err != nil {
		return c, d, s, err
	}
	registered, ok, err := storage.FindRegistered(ctx, tx, startup)
	switch s = registered.Startup; {
	case err != nil:
		return c, d, s, err
	case !ok || !mayEnter(s):
		return c, d, s, problem("Dự án này không còn hồ sơ để dự thi.")
	case o.outside(d, s):
		return c, d, s, problem("Cuộc thi này dành cho dự án thực hiện ở: " + o.placeNames(d) + ".")
	}
	return c, d, s, nil
}

// takeStartup asks whether a signed consent is held.
func (o Office) takeStartup(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	c, d, s, err := o.enterable(ctx, tx, t, rest)
	if err != nil {
		return err
	}
	_, word := paperConsent(d)
	t.Say(bot.Outgoing{
		Title: c.Name + " · " + s.Name, Text: "Chỉ nhập khi đúng như sau: " + word + " Hồ sơ này có chữ ký đó không?",
		Buttons: []bot.Button{
			{Label: "Có đủ chữ ký", Data: paperEntryData(takeConsent, c.Code, s.Code), Row: true},
			{Label: "Chưa có", Data: enteringPaper + ":" + findStartup + ":" + c.Code, Row: true},
		},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "begin-paper-entry", c.Code+" "+s.Code, t.Now)
}

// takeConsent asks when the paper came.
func (o Office) takeConsent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	c, _, s, err := o.enterable(ctx, tx, t, rest)
	if err != nil {
		return err
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = enteringPaper, map[string]string{memoContest: c.Code, memoStartup: s.Code}
	t.Say(bot.Outgoing{
		Title: c.Name + " · " + s.Name,
		Text: "Hồ sơ giấy đến lúc nào, theo dấu công văn đến? Anh/chị gõ ngày và giờ, ví dụ: 24/11/2026 15:30. Cuộc thi đóng nhận lúc " +
			clock(time.UnixMilli(c.ClosesAt), t.Now.Location()) + ".",
		Buttons: []bot.Button{paperEntriesButton(c.Code)},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "begin-paper-entry", c.Code+" "+s.Code, t.Now)
}

// hearAboutPaper takes what is typed for what was asked last.
func (o Office) hearAboutPaper(ctx context.Context, t *handlers.Turn) error {
	memo := t.Session.Memo
	do := func(ctx context.Context, tx *storage.Tx) error {
		return o.searchStartups(ctx, tx, t, memo[memoContest])
	}
	switch {
	case memo[memoMember] != "":
		do = func(ctx context.Context, tx *storage.Tx) error { return o.addMember(ctx, tx, t, memo[memoMember]) }
	case memo[memoEntry] != "":
		return o.hear(ctx, t)
	case memo[memoStartup] != "":
		do = func(ctx context.Context, tx *storage.Tx) error {
			return o.beginFromPaper(ctx, tx, t, memo[memoContest]+":"+memo[memoStartup])
		}
	}
	o.act(t, do)
	return nil
}

// beginFromPaper keeps what staff declared, and begins the entry with the answers that are known of the startup.
func (o Office) beginFromPaper(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	c, d, s, err := o.enterable(ctx, tx, t, rest)
	if err != nil {
		return err
	}
	received, err := readMoment(t.In.Text, t.Now, viet.PastDay)
	switch {
	case err != nil:
		return err
	case received.After(t.Now):
		return problem("Lúc này chưa tới. Anh/chị gõ lại ngày và giờ trên dấu, ví dụ: 24/11/2026 15:30.")
	}
	e, err := storage.BeginPaperEntry(ctx, tx, c, s, o.known(d, s), d.Cap, received, t.Now)
	if err != nil {
		return err
	}
	version, word := paperConsent(d)
	if err := storage.AddConsent(ctx, tx, storage.Consent{
		Person: s.Person, Purpose: storage.Dossier, Given: true, Version: version, Text: word,
		From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	}); err != nil {
		return err
	}
	if err := copyDocuments(ctx, tx, d, e, s, t.Now); err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "add-paper-entry", fmt.Sprintf("%s %s %s", c.Code, s.Code, received.Format("2006-01-02 15:04")), t.Now); err != nil {
		return err
	}
	return o.showDossier(ctx, tx, t, e, c, "Mình đã mở hồ sơ dự thi và chép sang những gì có trong hồ sơ dự án.\n")
}
