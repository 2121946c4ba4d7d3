package contests

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// entriesPage is how many entries are listed at once.
const entriesPage = 8

func entriesData(verb, code string, number int64) string {
	return fmt.Sprintf("%s:%s:%s:%d", managing, verb, code, number)
}

// listEntries shows who runs a competition a page of what was submitted to it: "CODE" or "CODE:PAGE".
func (o Office) listEntries(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	letGo(t)
	code, number, _ := strings.Cut(rest, ":")
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	list, err := storage.EntriesOf(ctx, tx, c.ID, storage.EntrySubmitted)
	if err != nil {
		return err
	}
	pages := slices.Collect(slices.Chunk(list, entriesPage))
	page, _ := strconv.Atoi(number) // not a number: the first page
	if page < 0 || page >= len(pages) {
		t.Say(bot.Outgoing{Text: "Ở đây không có hồ sơ nào đã nộp.", Buttons: []bot.Button{contestButton(code)}})
		return nil
	}
	m, lines := bot.Outgoing{Title: fmt.Sprintf("%d hồ sơ đã nộp · %s, trang %d/%d", len(list), c.Name, page+1, len(pages))}, []string{}
	for i, e := range pages[page] {
		lines = append(lines, e.Code+" · "+e.Name)
		m.Buttons = append(m.Buttons, bot.Button{Label: e.Code, Data: entriesData(readEntry, code, e.ID), Row: i%2 == 0})
	}
	if page+1 < len(pages) {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: entriesData(listEntries, code, int64(page+1)), Row: true})
	}
	m.Text, m.Buttons = strings.Join(lines, "\n"), append(m.Buttons, contestButton(code))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-entries", fmt.Sprintf("%s page %d", code, page+1), t.Now)
}

// readEntry shows who runs a competition an entry that was submitted to it, "CODE:ENTRY", and lets them change nothing. A
// draft is of those who fill it in alone.
func (o Office) readEntry(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	c, _, err := hosted(ctx, tx, t, code)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	e, _, ok, err := storage.FindEntry(ctx, tx, id)
	if err != nil || !ok || e.Competition != c.ID || e.State != storage.EntrySubmitted {
		return firstOf(err, problem("Mình không thấy hồ sơ này trong các hồ sơ đã nộp của cuộc thi."))
	}
	d := dossier{Entry: e, competition: c}
	if err := d.complete(ctx, tx); err != nil {
		return err
	}
	captain, err := storage.PersonOf(ctx, tx, d.Person)
	if err != nil {
		return err
	}
	lines := []string{
		"Cuộc thi: " + c.Name, "Tình trạng: đã nộp lúc " + clock(time.UnixMilli(d.SubmittedAt), t.Now.Location()) + ". Nguồn: " + sourceOf(e) + ".",
		"Bảng: " + d.Track, "Trưởng nhóm: " + captain.Name,
	}
	if names := d.memberNames(); len(names) > 0 {
		lines = append(lines, "Thành viên: "+strings.Join(names, ", "))
	}
	t.Say(bot.Outgoing{
		Title: d.Code + " · " + d.Name, Text: strings.Join(append(lines, d.answered(true)...), "\n"),
		Buttons: append(t.FileButtons(d.attached()...), bot.Button{Label: "Hồ sơ khác", Data: entriesData(listEntries, code, 0), Row: true}, contestButton(code)),
	})
	return storage.AddAudit(ctx, tx, t.In.From, "open-entry", code+" "+d.Code, t.Now)
}
