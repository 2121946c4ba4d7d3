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

const changedMeanwhile = "Cuộc thi vừa được người khác sửa, hoặc hồ sơ đã chia cho ban giám khảo, nên mình chưa ghi. Anh/chị mở lại cuộc thi để xem."

// changes lists what differs between two definitions, line by line as their sheets have it.
func (o Office) changes(before, after competition.Definition, hosts handlers.Hosts) []string {
	old, fresh, list := flat(before.Lines(o.cells(hosts))), flat(after.Lines(o.cells(hosts))), []string{}
	for _, line := range old {
		if !slices.Contains(fresh, line) {
			list = append(list, "Trước: "+line)
		}
	}
	for _, line := range fresh {
		if !slices.Contains(old, line) {
			list = append(list, "Nay: "+line)
		}
	}
	if len(list) == 0 {
		list = append(list, "Không có gì khác trước.")
	}
	return list
}

func flat(lines [][]string) []string {
	list := []string{}
	for _, line := range lines {
		list = append(list, strings.Join(slices.DeleteFunc(slices.Clone(line), func(cell string) bool { return cell == "" }), " · "))
	}
	return list
}

// keepChange gives a competition another definition, if it is as it was seen with the revision. Once it is open,
// those who entered are told what changed.
func (o Office) keepChange(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, revision int64, d competition.Definition) error {
	c, old, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	if err := voteMayBecome(old, d, t.Now); err != nil {
		return err
	}
	opened := !t.Now.Before(old.Opens)
	c.Revision = revision
	if err := set(&c, d); err != nil {
		return err
	}
	ok, err := storage.ReviseCompetition(ctx, tx, &c, t.Now)
	switch {
	case err != nil:
		return err
	case !ok:
		return problem(changedMeanwhile)
	}
	hosts, err := handlers.HostsOf(ctx, tx, t)
	if err != nil {
		return err
	}
	list := o.changes(old.In(t.Now.Location()), d.In(t.Now.Location()), hosts)
	if opened {
		if err := tellEntrants(ctx, tx, t, c, list); err != nil {
			return err
		}
	}
	t.Say(bot.Outgoing{Title: "Đã ghi thay đổi của " + c.Code, Text: strings.Join(append(list, stage(c, t)), "\n"), Buttons: []bot.Button{manageButton()}})
	return storage.AddAudit(ctx, tx, t.In.From, "change-contest", fmt.Sprintf("%s/%d", c.Code, c.Revision), t.Now)
}

// tellEntrants tells all captains of entries, and their teams, what changed.
func tellEntrants(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c storage.Competition, list []string) error {
	for _, state := range []string{storage.EntryDraft, storage.EntrySubmitted} {
		entries, err := storage.EntriesOf(ctx, tx, c.ID, state)
		if err != nil {
			return err
		}
		for _, e := range entries {
			source, m := fmt.Sprintf("contest/%s/changed/%d", c.Code, c.Revision), bot.Outgoing{
				Title: "Ban tổ chức thay đổi: " + c.Name, Text: strings.Join(list, "\n"),
				Buttons: []bot.Button{{Label: "Mở hồ sơ", Data: entryData(showEntry, e), Row: true}},
			}
			err := storage.Notify(ctx, tx, storage.Notice{Source: source, Person: e.Person, Queue: storage.QueueNotices, Again: true, Message: m}, t.Now)
			if err == nil {
				err = tellTeam(ctx, tx, t, e, source, m)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// askExtension asks for another moment of closing.
func (o Office) askExtension(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, d, err := hosted(ctx, tx, t, code)
	switch {
	case err != nil:
		return err
	case c.Round > 0:
		return problem(changedMeanwhile)
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = managing, map[string]string{memoMoment: code}
	t.Say(bot.Outgoing{Title: "Gia hạn " + c.Name, Text: "Hiện đóng nhận lúc " + clock(d.Closes, t.Now.Location()) +
		".\nAnh/chị gõ ngày và giờ đóng mới, ví dụ: 30/11/2026 17:00."})
	return storage.AddAudit(ctx, tx, t.In.From, "begin-extension", code, t.Now)
}

// hearMoment reads the new moment, and asks whether it is meant.
func (o Office) hearMoment(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, d, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	closes, err := readMoment(t.In.Text, t.Now, viet.ComingDay)
	switch {
	case err != nil:
		return err
	case !closes.After(t.Now) || !closes.After(d.Closes):
		return problem("Lúc đóng mới phải sau lúc đóng hiện nay và sau bây giờ. Anh/chị gõ lại giúp, ví dụ: 30/11/2026 17:00.")
	case d.Vote != nil && !closes.Before(*d.Vote):
		return problem("Lúc đóng mới phải trước lúc kết thúc bình chọn. Muốn đổi cả hai, anh/chị sửa bằng tệp Excel.")
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf("Gia hạn %s đến %s? Mọi người có hồ sơ được báo, lời nhắc tính theo hạn mới.", c.Name, clock(closes, t.Now.Location())),
		Buttons: []bot.Button{
			{Label: "Gia hạn", Data: fmt.Sprintf("%s:%s:%s:%d:%d", managing, extend, code, c.Revision, closes.UnixMilli()), Row: true},
			{Label: "Không gia hạn", Data: managing + ":" + openContest + ":" + code, Row: true},
		},
	})
	return nil
}

// readMoment reads "30/11/2026 17:00": the last word is the hour, and before it is a day, which inFull may know for short.
func readMoment(text string, now time.Time, inFull func(day string, today time.Time) string) (time.Time, error) {
	text = viet.Clean(text)
	i := strings.LastIndex(text, " ")
	if i < 0 {
		return time.Time{}, problem("Anh/chị gõ cả ngày và giờ, ví dụ: 30/11/2026 17:00.")
	}
	day, err := viet.Date(inFull(text[:i], now))
	if err != nil {
		return time.Time{}, err
	}
	hour, err := viet.Clock(text[i+1:])
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, now.Location())
	if err != nil {
		return time.Time{}, fmt.Errorf("read a moment: %w", err)
	}
	return at, nil
}

// extend moves the closing, if the competition is as it was seen.
func (o Office) extend(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, rest, _ := strings.Cut(rest, ":")
	seen, moment, _ := strings.Cut(rest, ":")
	revision, err := strconv.ParseInt(seen, 10, 64)
	millis, err2 := strconv.ParseInt(moment, 10, 64)
	closes := time.UnixMilli(millis).In(t.Now.Location())
	if err != nil || err2 != nil || !closes.After(t.Now) {
		return problem(changedMeanwhile)
	}
	_, d, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	t.Session.Drop()
	d.Closes = closes
	return o.keepChange(ctx, tx, t, code, revision, d)
}
