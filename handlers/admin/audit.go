package admin

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const linesOnPage = 10

// What the log may be narrowed to, in buttons: "viec:strike-file:1" is the second page of one action.
const (
	byPerson  = "nguoi"
	byAction  = "viec"
	bySubject = "ma"
	everybody = "het"
)

// What the other buttons of Audit do: choose what to narrow it to, and give it as a sheet.
const (
	narrow = "loc"
	sheet  = "xlsx"
)

// Audit has admins read the audit log, the newest first, and take it along as XLSX.
func Audit() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "nhatky", Label: "Nhật ký", Role: storage.Admin, Menu: true,
		Words: []string{"nhật ký hoạt động", "xem nhật ký", "lịch sử hoạt động"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			act(t, storage.Admin, func(ctx context.Context, tx *storage.Tx) error { return readAudit(ctx, tx, t, argument) })
			return nil
		},
		Asks: true,
		Listen: func(_ context.Context, t *handlers.Turn) error {
			code := strings.ToUpper(viet.Clean(t.In.Text))
			t.Session.Drop()
			act(t, storage.Admin, func(ctx context.Context, tx *storage.Tx) error { return typedCode(ctx, tx, t, code) })
			return nil
		},
	}
}

func readAudit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	verb, rest, _ := strings.Cut(argument, ":")
	switch verb {
	case narrow:
		return narrowAudit(ctx, tx, t, rest)
	case sheet:
		kind, value, _ := strings.Cut(rest, ":")
		return exportAudit(ctx, tx, t, view{kind: kind, value: value})
	}
	value, number, _ := strings.Cut(rest, ":")
	page, _ := strconv.Atoi(number) // not a number: the first page
	return showAudit(ctx, tx, t, view{kind: verb, value: value, page: max(page, 0)})
}

// view is the part of the log that somebody looks at.
type view struct {
	kind, value string
	page        int
}

func (v view) filter() storage.AuditFilter {
	switch v.kind {
	case byPerson:
		id, _ := strconv.ParseInt(v.value, 10, 64) // not a number: all
		return storage.AuditFilter{Person: id}
	case byAction:
		return storage.AuditFilter{Action: v.value}
	case bySubject:
		return storage.AuditFilter{Subject: v.value}
	}
	return storage.AuditFilter{}
}

// title says what the view is narrowed to.
func (v view) title() string {
	switch v.kind {
	case byPerson:
		return "Nhật ký của một người"
	case byAction:
		return "Nhật ký: " + actionName(v.value)
	case bySubject:
		return "Nhật ký: " + v.value
	}
	return "Nhật ký"
}

func (v view) button(label string, page int) bot.Button {
	return bot.Button{Label: label, Data: fmt.Sprintf("nhatky:%s:%s:%d", v.kind, v.value, page), Row: true}
}

func showAudit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, v view) error {
	found, err := storage.AuditLog(ctx, tx, v.filter(), v.page*linesOnPage, linesOnPage+1)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: fmt.Sprintf("%s, trang %d", v.title(), v.page+1)}, []string{}
	for _, l := range found[:min(len(found), linesOnPage)] {
		lines = append(lines, describeLine(l, t))
	}
	if len(found) == 0 {
		lines = append(lines, "Không có dòng nào ở đây.")
	}
	if len(found) > linesOnPage {
		m.Buttons = append(m.Buttons, v.button("Xem tiếp", v.page+1))
	}
	m.Buttons = append(m.Buttons,
		bot.Button{Label: "Theo người", Data: "nhatky:" + narrow + ":" + byPerson, Row: true},
		bot.Button{Label: "Theo việc", Data: "nhatky:" + narrow + ":" + byAction},
		bot.Button{Label: "Theo mã", Data: "nhatky:" + narrow + ":" + bySubject},
		bot.Button{Label: "Tải XLSX", Data: "nhatky:" + sheet + ":" + v.kind + ":" + v.value, Row: true})
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "read-audit", "page "+strconv.Itoa(v.page+1), t.Now)
}

func describeLine(l storage.AuditLine, t *handlers.Turn) string {
	text := time.UnixMilli(l.At).In(t.Now.Location()).Format("02/01/2006 15:04") + " · " + actor(l)
	if l.For != 0 {
		text += " (đang duyệt thay " + called(l.InPlace) + ")"
	}
	text += " · " + actionName(l.Action)
	if subject := subjectName(l); subject != "" {
		text += " · " + subject
	}
	return text
}
