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

// explainedToStaff tells what is wrong with what staff did; any other error is ours.
func explainedToStaff(t *handlers.Turn, err error) error {
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
	list, err := storage.Competitions(ctx, tx, 1)
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
	c, _, err := find(ctx, tx, code)
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
	d := example(t.Now)
	if code != "" {
		var err error
		if _, d, err = find(ctx, tx, code); err != nil {
			return err
		}
	}
	content, err := export.XLSX(workbook("Cuộc thi", competition.Headings(), d.In(t.Now.Location()).Lines(o.cells())),
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
	case extends && len(t.In.Files) == 0:
		t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
			return explainedToStaff(t, o.hearMoment(ctx, tx, t, code))
		})
		return nil
	case len(t.In.Files) == 0:
		done, err := t.Steer(ctx)
		if !done && err == nil {
			sayToStaff(t, "Mình đang chờ tệp Excel đã điền. Anh/chị gửi tệp vào đây, hoặc gõ “menu” để làm việc khác.")
		}
		return err
	}
	file, err := t.Fetch(ctx, t.In.Files[0])
	if err != nil {
		return told(t, err)
	}
	d, wrong, err := o.openSheet(ctx, t, file.ID)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.check(ctx, tx, t, file.ID, d, wrong) })
	return nil
}

// told tells what is wrong with a file; any other error is ours.
func told(t *handlers.Turn, err error) error {
	var wrong problem
	if errors.As(err, &wrong) {
		sayToStaff(t, viet.ToOfficer(wrong.Error()))
		return nil
	}
	return err
}

func (o Office) openSheet(ctx context.Context, t *handlers.Turn, id string) (d competition.Definition, wrong []competition.Mistake, err error) {
	content, err := t.Files.Open(ctx, id)
	if err != nil {
		return d, nil, err
	}
	defer func() { _ = content.Close() }()
	return o.ReadSheet(content, t.Now.Location())
}

// check tells every mistake of a sheet with its cell, or what the sheet would set up.
func (o Office) check(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string, d competition.Definition, wrong []competition.Mistake) error {
	code := t.Session.Memo[memoContest]
	t.Session.Memo = map[string]string{memoContest: code}
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
	title, label, revision := "Tệp không có lỗi: "+d.Name, "Lập cuộc thi này", int64(0)
	lines := append(o.conditions(d), "Nhận hồ sơ từ "+clock(d.Opens, t.Now.Location())+" đến "+clock(d.Closes, t.Now.Location())+".", "Hồ sơ gồm: "+itemNames(d)+".")
	lines = append(lines, rounds(d)...)
	if code != "" {
		c, old, err := find(ctx, tx, code)
		if err != nil {
			return explainedToStaff(t, err)
		}
		revision, label = c.Revision, "Ghi thay đổi của "+code
		lines = append([]string{"Thay đổi:"}, o.changes(old.In(t.Now.Location()), d)...)
	}
	t.Say(bot.Outgoing{Title: title, Text: strings.Join(lines, "\n"), Buttons: []bot.Button{
		{Label: label, Data: managing + ":" + keepSheet + ":" + sheetKey(id) + ":" + strconv.FormatInt(revision, 10), Row: true},
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
	id, code := t.Session.Memo[memoSheet], t.Session.Memo[memoContest]
	key, seen, _ := strings.Cut(rest, ":")
	revision, _ := strconv.ParseInt(seen, 10, 64) // not a number: as it was first
	if id == "" || sheetKey(id) != key {
		sayToStaff(t, "Tệp này không còn chờ ghi. Anh/chị gửi lại tệp.")
		return nil
	}
	d, wrong, err := o.openSheet(ctx, t, id)
	if err != nil {
		return told(t, err)
	}
	t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
		if len(wrong) > 0 { // a place that is no more
			return o.check(ctx, tx, t, id, d, wrong)
		}
		t.Session.Drop()
		if err := t.Files.Release(ctx, tx, id); err != nil {
			return err
		}
		if code != "" {
			return explainedToStaff(t, o.keepChange(ctx, tx, t, code, revision, d))
		}
		c, err := Load(ctx, tx, d, storage.Department, t.Now)
		if err != nil {
			return err
		}
		t.Say(bot.Outgoing{Title: "Đã lập " + c.Code, Text: c.Name + "\n" + stage(c, t), Buttons: []bot.Button{manageButton()}})
		return storage.AddAudit(ctx, tx, t.In.From, "add-contest", c.Code, t.Now)
	})
	return nil
}
