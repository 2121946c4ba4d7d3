package contests

import (
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
	"khoinghiep/storage/export"
)

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	// mostMistakes is how many are told in words.
	mostMistakes = 30
	noFiles      = "Ở đây mình không gửi và nhận được tệp. Anh/chị mở trợ lý trên trang web hoặc Telegram để làm việc này."
)

// explainedToHost tells who runs competitions what is wrong with what they did; any other error is ours.
func explainedToHost(t *handlers.Turn, err error) error {
	var wrong problem
	if errors.As(err, &wrong) {
		t.Say(bot.Outgoing{Text: viet.ToOfficer(wrong.Error()), Buttons: []bot.Button{manageButton()}})
		return nil
	}
	return err
}

// prepare explains how a competition is set up, and waits for the sheet.
func (o Office) prepare(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	if !t.Can.Files {
		return problem(noFiles)
	}
	list, err := latest(ctx, tx, t, 1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{
		Title: "Lập cuộc thi mới",
		Text: "1. Anh/chị tải mẫu Excel và điền; trang “Hướng dẫn” giải thích từng dòng.\n2. Anh/chị gửi tệp đã điền vào đây.\n" +
			"3. Mình kiểm tra và báo từng ô sai. Khi không còn lỗi, anh/chị xác nhận thì mình mới lập.",
		Buttons: []bot.Button{{Label: "Tải mẫu Excel", Data: managing + ":" + giveSheet, Row: true}},
	}
	if len(list) > 0 {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Tải mẫu điền sẵn như " + list[0].Code, Data: managing + ":" + giveSheet + ":" + list[0].Code, Row: true})
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = managing, map[string]string{memoContest: ""}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "prepare-contest", "", t.Now)
}

// prepareChange gives the sheet of a competition to be changed, and waits for it.
func (o Office) prepareChange(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	if !t.Can.Files {
		return problem(noFiles)
	}
	c, _, err := hosted(ctx, tx, t, code)
	switch {
	case err != nil:
		return err
	case c.Round > 0:
		return problem("Hồ sơ đã chia cho ban giám khảo, nên cuộc thi không sửa được nữa.")
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = managing, map[string]string{memoContest: code}
	return o.giveSheet(ctx, tx, t, code)
}

// giveSheet sends a sheet that is filled in.
func (o Office) giveSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	if !t.Can.Files {
		return problem(noFiles)
	}
	hosts, err := hostsFor(ctx, tx, t, code)
	if err != nil {
		return err
	}
	d := Example(t.Now, hosts.Default)
	if code != "" {
		if _, d, err = hosted(ctx, tx, t, code); err != nil {
			return err
		}
	}
	content, err := export.XLSX(workbook("Cuộc thi", competition.Headings(), d.In(t.Now.Location()).Lines(o.cells(hosts))),
		workbook("Hướng dẫn", competition.Headings(), competition.Guide()))
	if err != nil {
		return err
	}
	if t.Session.Name != managing && t.Session.Form == nil {
		t.Session.Name, t.Session.Memo = managing, map[string]string{memoContest: ""}
	}
	t.Say(bot.Outgoing{
		Text: "Anh/chị sửa các dòng trong trang “Cuộc thi”, thêm hay bớt dòng đều được, rồi gửi tệp vào đây.",
		File: &bot.File{Name: "cuoc-thi.xlsx", MIME: xlsxType, Data: content, Size: int64(len(content))},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "download-contest", code, t.Now)
}

func workbook(name string, headings []string, lines [][]string) export.Sheet {
	s := export.Sheet{Name: name}
	for _, h := range headings {
		s.Columns = append(s.Columns, export.Column{Heading: h, Width: 30})
	}
	for _, line := range lines {
		row := []any{}
		for _, cell := range line {
			row = append(row, cell)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// listen takes the sheet that is waited for, or the moment of an extension.
func (o Office) listen(ctx context.Context, t *handlers.Turn) error {
	code, extends := t.Session.Memo[memoMoment]
	switch {
	case t.Session.Memo[memoWithout] != "" && len(t.In.Files) == 0:
		code := t.Session.Memo[memoWithout]
		t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
			return explainedToHost(t, o.leaveOut(ctx, tx, t, code))
		})
		return nil
	case extends && len(t.In.Files) == 0:
		t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
			return explainedToHost(t, o.hearMoment(ctx, tx, t, code))
		})
		return nil
	case len(t.In.Files) == 0:
		done, err := t.Steer(ctx)
		if !done && err == nil {
			sayToHost(t, "Mình đang chờ tệp Excel đã điền. Anh/chị gửi tệp vào đây, hoặc gõ “menu” để làm việc khác.")
		}
		return err
	}
	file, err := t.Fetch(ctx, t.In.Files[0])
	if err != nil {
		return told(t, err)
	}
	rows, err := openSheet(ctx, t, file.ID)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
		return explainedToHost(t, o.check(ctx, tx, t, file.ID, rows))
	})
	return nil
}

// told tells what is wrong with a file; any other error is ours.
func told(t *handlers.Turn, err error) error {
	var wrong problem
	if errors.As(err, &wrong) {
		sayToHost(t, viet.ToOfficer(wrong.Error()))
		return nil
	}
	return err
}

func openSheet(ctx context.Context, t *handlers.Turn, id string) ([][]string, error) {
	content, err := t.Files.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	return export.Read(content, mostLines)
}

// hostsFor are those whom a sheet of who writes may name. Where it changes a competition, that one's goes without saying.
func hostsFor(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (handlers.Hosts, error) {
	hosts, err := handlers.HostsOf(ctx, tx, t)
	if err != nil || code == "" {
		return hosts, err
	}
	c, _, err := hosted(ctx, tx, t, code)
	hosts.Default = c.Agency
	return hosts, err
}

// readRows reads a sheet for a new competition or, with a code, for a change of one.
func (o Office) readRows(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, rows [][]string) (competition.Definition, []competition.Mistake, error) {
	hosts, err := hostsFor(ctx, tx, t, code)
	if err != nil {
		return competition.Definition{}, nil, err
	}
	return competition.Read(rows, o.cells(hosts), t.Now.Location())
}

// check tells every mistake of a sheet with its cell, or what the sheet would set up.
func (o Office) check(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string, rows [][]string) error {
	code := t.Session.Memo[memoContest]
	t.Session.Memo = map[string]string{memoContest: code}
	d, wrong, err := o.readRows(ctx, tx, t, code, rows)
	if err != nil {
		return err
	}
	if err := storage.AddAudit(ctx, tx, t.In.From, "check-contest", strings.TrimSpace(fmt.Sprintf("%s %d mistakes", code, len(wrong))), t.Now); err != nil {
		return err
	}
	if len(wrong) > 0 {
		lines := []string{fmt.Sprintf("Tệp có %d lỗi nên mình chưa ghi gì. Anh/chị sửa trong tệp rồi gửi lại.", len(wrong))}
		for _, m := range wrong[:min(len(wrong), mostMistakes)] {
			lines = append(lines, m.Cell()+", "+m.About+": "+viet.ToOfficer(m.Problem))
		}
		t.Say(bot.Outgoing{Text: strings.Join(lines, "\n")})
		return t.Files.Release(ctx, tx, id)
	}
	t.Session.Memo[memoSheet] = id
	return o.offerToKeep(ctx, tx, t, code, d)
}

// offerToKeep shows what a sheet without mistakes would set up or change, and asks whether it is meant.
func (o Office) offerToKeep(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, d competition.Definition) error {
	hosts, err := hostsFor(ctx, tx, t, code)
	if err != nil {
		return err
	}
	label, revision := "Lập cuộc thi này", int64(0)
	lines := append([]string{"Ban tổ chức: " + hosts.Name(d.Host) + "."}, o.conditions(d)...)
	lines = append(lines, "Nhận hồ sơ từ "+clock(d.Opens, t.Now.Location())+" đến "+clock(d.Closes, t.Now.Location())+".", "Hồ sơ gồm: "+itemNames(d)+".")
	lines = append(lines, rounds(d)...)
	if d.Vote != nil {
		lines = append(lines, "Bình chọn từ lúc đóng nhận hồ sơ đến "+clock(*d.Vote, t.Now.Location())+"; tên dự án, bảng dự thi và số phiếu được công khai.")
	}
	if code != "" {
		c, old, err := hosted(ctx, tx, t, code)
		if err != nil {
			return err
		}
		if err := voteMayBecome(old, d, t.Now); err != nil {
			return explainedToHost(t, err)
		}
		revision, label = c.Revision, "Ghi thay đổi của "+code
		lines = append([]string{"Thay đổi:"}, o.changes(old.In(t.Now.Location()), d, hosts)...)
	}
	t.Say(bot.Outgoing{Title: "Tệp không có lỗi: " + d.Name, Text: strings.Join(lines, "\n"), Buttons: []bot.Button{
		{Label: label, Data: managing + ":" + keepSheet + ":" + sheetKey(t.Session.Memo[memoSheet]) + ":" + strconv.FormatInt(revision, 10), Row: true},
		{Label: "Không ghi", Data: managing + ":" + dropSheet, Row: true},
	}})
	return nil
}

// sheetKey is the beginning of a hash: a button has no room for all of it.
func sheetKey(id string) string { return id[:min(16, len(id))] }

// dropSheet lets go of the sheet that waits.
func (o Office) dropSheet(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	id := t.Session.Memo[memoSheet]
	t.Session.Drop()
	t.Say(bot.Outgoing{Text: "Mình chưa ghi gì và đã bỏ tệp.", Buttons: []bot.Button{manageButton()}})
	if err := storage.AddAudit(ctx, tx, t.In.From, "drop-contest", "", t.Now); err != nil || id == "" {
		return err
	}
	return t.Files.Release(ctx, tx, id)
}

// keepSheet sets the competition up that the sheet tells, or changes it, after checking the sheet once more.
func (o Office) keepSheet(ctx context.Context, t *handlers.Turn, rest string) error {
	id := t.Session.Memo[memoSheet]
	key, seen, _ := strings.Cut(rest, ":")
	revision, _ := strconv.ParseInt(seen, 10, 64) // not a number: as it was first
	if id == "" || sheetKey(id) != key {
		sayToHost(t, "Tệp này không còn chờ ghi. Anh/chị gửi lại tệp.")
		return nil
	}
	rows, err := openSheet(ctx, t, id)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Organiser, func(ctx context.Context, tx *storage.Tx) error {
		return explainedToHost(t, o.keepRows(ctx, tx, t, id, rows, revision))
	})
	return nil
}

func (o Office) keepRows(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string, rows [][]string, revision int64) error {
	code := t.Session.Memo[memoContest]
	d, wrong, err := o.readRows(ctx, tx, t, code, rows)
	switch {
	case err != nil:
		return err
	case len(wrong) > 0: // a place that is no more, an agency that they do not answer for any more
		return o.check(ctx, tx, t, id, rows)
	}
	t.Session.Drop()
	if err := t.Files.Release(ctx, tx, id); err != nil {
		return err
	}
	if code != "" {
		return o.keepChange(ctx, tx, t, code, revision, d)
	}
	c, err := Load(ctx, tx, d, d.Host, t.Now)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Title: "Đã lập " + c.Code, Text: c.Name + "\n" + stage(c, t), Buttons: []bot.Button{manageButton()}})
	return storage.AddAudit(ctx, tx, t.In.From, "add-contest", c.Code, t.Now)
}
