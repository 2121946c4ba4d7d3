package contests

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

const managing = "qlcuocthi"

// What the buttons of Manage do. What follows is the code of a competition, but for the first two.
const (
	prepare      = "moi"
	giveSheet    = "mau" // filled in like a competition, or like an example without one
	openContest  = "mo"
	change       = "sua"
	keepSheet    = "ghi" // with the beginning of the file's hash and the revision that was seen; the session has the competition
	dropSheet    = "thoi"
	askExtension = "han"
	extend       = "giahan" // with the revision that was seen, and the new moment
	giveEntries  = "ds"
	listEntries  = "hoso" // with a page, from 0
	readEntry    = "xem"  // with the id of an entry
)

// What the session remembers: the competition that a sheet is for ("": a new one), the sheet, and that a moment is asked for.
const (
	memoContest = "cuoc_thi"
	memoSheet   = "tep"
	memoMoment  = "gia_han"
)

// mostContests is how many of the latest competitions are listed.
const mostContests = 10

// Manage has who runs competitions set them up, change them, extend them, and see who entered: staff those of all agencies, an
// officer those of theirs. Each transaction checks the role and, by hosted, whose competition it is; each action leaves its
// line in the audit log.
func (o Office) Manage() *handlers.Conversation {
	steps := map[string]step{
		prepare: o.prepare, giveSheet: o.giveSheet, openContest: o.openContest, change: o.prepareChange,
		askExtension: o.askExtension, extend: o.extend, giveEntries: o.giveEntries, dropSheet: o.dropSheet,
		listEntries: o.listEntries, readEntry: o.readEntry,
	}
	maps.Copy(steps, o.jurySteps())
	maps.Copy(steps, o.voteSteps())
	return &handlers.Conversation{
		Name: managing, Label: "Quản lý cuộc thi", Role: storage.Organiser, Menu: true,
		Words: []string{"lập cuộc thi", "gia hạn cuộc thi", "danh sách cuộc thi"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			if verb == keepSheet {
				return o.keepSheet(ctx, t, rest)
			}
			do, ok := steps[verb]
			if !ok {
				do = o.manage
			}
			t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error { return explainedToHost(t, do(ctx, tx, t, rest)) })
			return nil
		},
		Asks:   true,
		Listen: o.listen,
	}
}

// letGo ends what is waited for in the conversations of those who run competitions.
func letGo(t *handlers.Turn) {
	if slices.Contains([]string{managing, scoringPaper, enteringPaper}, t.Session.Name) {
		t.Session.Drop()
	}
}

// manage lists the latest competitions.
func (o Office) manage(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	letGo(t)
	list, err := latest(ctx, tx, t, mostContests)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: "Quản lý cuộc thi"}, []string{}
	for _, c := range list {
		lines = append(lines, c.Code+" · "+c.Name+"\n"+hostLine(c)+"\n"+stage(c, t))
		m.Buttons = append(m.Buttons, bot.Button{Label: "Mở " + c.Code, Data: managing + ":" + openContest + ":" + c.Code, Row: true})
	}
	if len(list) == 0 {
		lines = append(lines, "Chưa có cuộc thi nào.")
	}
	m.Text = strings.Join(lines, "\n\n")
	m.Buttons = append(m.Buttons, bot.Button{Label: "Lập cuộc thi mới", Data: managing + ":" + prepare, Row: true})
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-contests", "", t.Now)
}

// latest lists the latest competitions that who writes runs.
func latest(ctx context.Context, tx *storage.Tx, t *handlers.Turn, most int) ([]storage.Competition, error) {
	runs, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return nil, err
	}
	return storage.OrganisedCompetitions(ctx, tx, runs, most)
}

// stage tells where a competition stands.
func stage(c storage.Competition, t *handlers.Turn) string {
	opens, closes, zone := time.UnixMilli(c.OpensAt), time.UnixMilli(c.ClosesAt), t.Now.Location()
	switch {
	case t.Now.Before(opens):
		return "Mở nhận lúc " + clock(opens, zone) + "."
	case t.Now.Before(closes):
		return "Đang nhận hồ sơ đến " + clock(closes, zone) + ", " + viet.TimeLeft(closes, t.Now) + "."
	case !c.Closed(t.Now):
		return "Đã đến giờ đóng, đang nhận nốt những gì gửi trước giờ đóng."
	}
	return "Đã đóng nhận hồ sơ lúc " + clock(closes, zone) + "."
}

// openContest shows one competition, and what may be done about it.
func (o Office) openContest(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	letGo(t)
	c, d, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	lines := append([]string{hostLine(c), stage(c, t)}, o.conditions(d)...)
	for _, s := range []struct{ state, label string }{{storage.EntrySubmitted, "Đã nộp"}, {storage.EntryDraft, "Đang điền"}, {storage.EntryWithdrawn, "Đã rút"}} {
		list, err := storage.EntriesOf(ctx, tx, c.ID, s.state)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s: %d hồ sơ.", s.label, len(list)))
	}
	lines = append(lines, rounds(d)...)
	m := bot.Outgoing{Title: c.Code + " · " + c.Name, Buttons: []bot.Button{
		{Label: "Gia hạn", Data: managing + ":" + askExtension + ":" + code, Row: true},
		{Label: "Sửa bằng tệp Excel", Data: managing + ":" + change + ":" + code},
		{Label: "Xem hồ sơ dự thi", Data: managing + ":" + listEntries + ":" + code, Row: true},
		{Label: "Tải danh sách hồ sơ", Data: managing + ":" + giveEntries + ":" + code},
	}}
	if staff, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now); err != nil {
		return err
	} else if staff {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Hồ sơ dự thi giấy", Data: enteringPaper + ":" + findStartup + ":" + code, Row: true})
	}
	m.Buttons = append(m.Buttons, juryButton(code))
	if d.Vote != nil {
		lines = append(lines, voteUntil(c, t))
		m.Buttons = append(m.Buttons, voteManageButton(code))
	}
	m.Text, m.Buttons = strings.Join(lines, "\n"), append(m.Buttons, manageButton())
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-contest", code, t.Now)
}

// rounds tells what each round of the jury looks at.
func rounds(d competition.Definition) []string {
	lines := []string{}
	for _, r := range d.Rounds {
		criteria := []string{}
		for _, c := range r.Criteria {
			criteria = append(criteria, fmt.Sprintf("%s %d%%", viet.LowerFirst(c.Name), c.Weight))
		}
		due := ""
		if r.Due != "" {
			due = "; hạn chấm " + viet.ShowDate(r.Due)
		}
		lines = append(lines, fmt.Sprintf("Vòng %s: chọn %d hồ sơ mỗi bảng, %d người chấm mỗi hồ sơ; %s%s.", viet.LowerFirst(r.Name), r.Keep, r.Readers, strings.Join(criteria, ", "), due))
	}
	return lines
}
