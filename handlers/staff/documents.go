package staff

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Documents do with a file, before its id: "strike:123". A number alone is a page.
const (
	askStrike = "hoi"
	strike    = "go"
)

// Documents lists the files that founders sent, from the newest on, with links that work for a short time, and lets staff
// strike one. As with Registrations, the role is checked at the moment of acting, and every action is in the audit log.
func Documents() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "tailieu", Label: "Xem tài liệu", Role: storage.Staff, Menu: true,
		Words: []string{"tài liệu", "tài liệu mới", "gỡ tài liệu"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return documents(ctx, tx, t, argument) })
			return nil
		},
	}
}

func documents(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	if !allowed {
		t.Refuse()
		return nil
	}
	action, number, ok := strings.Cut(argument, ":")
	if !ok {
		page, _ := strconv.Atoi(argument) // not a number: the first page
		return listDocuments(ctx, tx, t, max(page, 0))
	}
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	d, ok, err := storage.FindDocument(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(bot.Outgoing{Text: "Tài liệu này không còn nữa. Anh/chị gõ “tài liệu” để xem các tài liệu khác."})
		return nil
	case action == strike:
		return strikeDocument(ctx, tx, t, d)
	}
	t.Say(confirmStrike(d))
	return nil
}

func listDocuments(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	found, err := storage.RecentDocuments(ctx, tx, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		t.Say(bot.Outgoing{Text: "Không có tài liệu nào ở trang này. Anh/chị gõ “menu” để xem các việc khác."})
		return nil
	}
	m, lines := bot.Outgoing{Title: fmt.Sprintf("Tài liệu mới nhất, trang %d", page+1)}, []string{}
	for _, d := range found[:min(len(found), pageSize)] {
		lines = append(lines, describeDocument(d))
		m.Buttons = append(m.Buttons, t.FileButtons(bot.File{ID: d.Hash, Name: d.Name})...)
		m.Buttons = append(m.Buttons, bot.Button{Label: "Gỡ " + title(d), Data: documentButton(askStrike, d), Row: true})
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("tailieu:%d", page+1), Row: true})
	}
	m.Text = strings.Join(lines, "\n\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-documents", "page "+strconv.Itoa(page+1), t.Now)
}

func describeDocument(d storage.StartupDocument) string {
	return fmt.Sprintf("%s · %d KB\n%s · %s", title(d), (d.Size+1023)/1024, d.Code, d.Project)
}

// title is the name of a file; photos have none.
func title(d storage.StartupDocument) string { return cmp.Or(d.Name, "ảnh") }

func documentButton(action string, d storage.StartupDocument) string {
	return fmt.Sprintf("tailieu:%s:%d", action, d.ID)
}

func confirmStrike(d storage.StartupDocument) bot.Outgoing {
	return bot.Outgoing{
		Text: fmt.Sprintf("Gỡ tệp “%s” của hồ sơ %s? Tệp bị xóa hẳn, mọi người không mở được nữa, và gửi lại cũng không được nhận.", title(d), d.Code),
		Buttons: []bot.Button{
			{Label: "Gỡ hẳn", Data: documentButton(strike, d), Row: true},
			{Label: "Giữ lại", Data: "tailieu:", Row: true},
		},
	}
}

func strikeDocument(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d storage.StartupDocument) error {
	if _, err := t.Files.Strike(ctx, tx, d.Hash); err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text:    fmt.Sprintf("Đã gỡ tệp “%s” của hồ sơ %s.", title(d), d.Code),
		Buttons: []bot.Button{{Label: "Xem tài liệu", Data: "tailieu:", Row: true}},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "strike-file", d.Code+" "+d.Hash, t.Now)
}
