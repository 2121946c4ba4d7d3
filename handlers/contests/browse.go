package contests

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

const noContest = "Mình không thấy cuộc thi này."

// list shows what is open, and the entries of who writes.
func (o Office) list(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	open, err := storage.OpenCompetitions(ctx, tx, t.Now)
	if err != nil {
		return err
	}
	own, err := storage.EntriesAt(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: "Cuộc thi"}, []string{}
	for _, c := range open {
		closes := time.UnixMilli(c.ClosesAt)
		lines = append(lines, fmt.Sprintf("%s\n%s\nNhận hồ sơ đến %s, %s.", c.Name, hostLine(c), clock(closes, t.Now.Location()), viet.TimeLeft(closes, t.Now)))
		m.Buttons = append(m.Buttons, bot.Button{Label: c.Name, Data: entering + ":" + showContest + ":" + c.Code, Row: true})
	}
	if len(open) == 0 {
		lines = append(lines, "Hiện chưa có cuộc thi nào đang nhận hồ sơ. Muốn biết khi có, bạn gõ “nhận thông báo”.")
	}
	voted, err := votedContests(ctx, tx, t)
	if err != nil {
		return err
	}
	for _, c := range voted {
		lines = append(lines, c.Name+"\n"+voteUntil(c, t))
		m.Buttons = append(m.Buttons, bot.Button{Label: c.Name, Data: entering + ":" + showContest + ":" + c.Code, Row: true})
	}
	others, err := storage.EntriesAsMember(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	for i, e := range slices.Concat(own, others) {
		switch {
		case i == len(own):
			lines = append(lines, "Hồ sơ dự thi mà bạn là thành viên:")
		case i == 0:
			lines = append(lines, "Hồ sơ dự thi của bạn:")
		}
		lines[len(lines)-1] += "\n" + e.Name + ": " + stateOf(e)
		m.Buttons = append(m.Buttons, entryButton(e))
	}
	m.Text = strings.Join(lines, "\n\n")
	t.Say(m)
	return nil
}

func stateOf(e storage.Entry) string {
	if e.State == storage.EntrySubmitted {
		return "đã nộp, mã " + e.Code
	}
	return "chưa nộp"
}

func entryButton(e storage.Entry) bot.Button {
	return bot.Button{Label: "Hồ sơ: " + e.Name, Data: entryData(showEntry, e), Row: true}
}

// entryData is the data of a button that does something with an entry.
func entryData(verb string, e storage.Entry, more ...string) string {
	return strings.Join(append([]string{entering, verb, fmt.Sprint(e.ID)}, more...), ":")
}

// find reads a competition with what is set about it. It fails with a viet.Problem when there is none.
func find(ctx context.Context, tx *storage.Tx, code string) (c storage.Competition, d competition.Definition, err error) {
	c, ok, err := storage.FindCompetition(ctx, tx, code)
	switch {
	case err != nil:
		return c, d, err
	case !ok:
		return c, d, problem(noContest)
	}
	d, err = competition.Decode(c.Definition)
	d.Host = c.Agency
	return c, d, err
}

// hosted is find for who runs the competition; one that somebody else runs does not exist for them.
func hosted(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (c storage.Competition, d competition.Definition, err error) {
	if c, d, err = find(ctx, tx, code); err != nil {
		return c, d, err
	}
	if ok, err := storage.MayOrganise(ctx, tx, t.In.From, c.Agency, t.Now); err != nil || !ok {
		return storage.Competition{}, competition.Definition{}, firstOf(err, problem(noContest))
	}
	return c, d, nil
}

// hostLine tells who runs a competition.
func hostLine(c storage.Competition) string {
	return "Ban tổ chức: " + handlers.HostName(c.Host) + "."
}

// showContest tells about a competition, and how to enter.
func (o Office) showContest(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, d, err := find(ctx, tx, code)
	if err != nil {
		return err
	}
	zone := t.Now.Location()
	lines := []string{}
	if d.About != "" {
		lines = append(lines, d.About)
	}
	lines = append(append(lines, hostLine(c)), o.conditions(d)...)
	m := bot.Outgoing{Title: c.Name, Buttons: []bot.Button{allButton()}}
	switch {
	case t.Now.Before(d.Opens):
		lines = append(lines, "Mở nhận hồ sơ lúc "+clock(d.Opens, zone)+".")
	case t.Now.Before(d.Closes):
		lines = append(lines, "Nhận hồ sơ đến "+clock(d.Closes, zone)+", "+viet.TimeLeft(d.Closes, t.Now)+".", "Hồ sơ gồm: "+itemNames(d)+".")
		m.Buttons = append([]bot.Button{{Label: "Dự thi", Data: entering + ":" + chooseOwn + ":" + code, Row: true}}, m.Buttons...)
	default:
		lines = append(lines, "Đã đóng nhận hồ sơ lúc "+clock(d.Closes, zone)+".")
	}
	if d.Vote != nil {
		lines = append(lines, voteUntil(c, t))
		m.Buttons = append(voteButtons(c, t), m.Buttons...)
	}
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return nil
}

func itemNames(d competition.Definition) string {
	names := []string{}
	for _, item := range d.Dossier() {
		name := viet.LowerFirst(item.Label)
		if item.Optional {
			name += " (nếu có)"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
